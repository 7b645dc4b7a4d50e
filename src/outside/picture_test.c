// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/buf.h"
#include "base/limits.h"
#include "outside/picture.h"
#include "testing/test.h"

#define PNG(w, h) S("\x89PNG\r\n\x1a\n\0\0\0\rIHDR" w h "\x08\x06\0\0\0....")
#define JPEG                                                                               \
    S("\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0\xff\xc4\0\4..\xff\xff\xc2\0\x0b\x08" \
      "\0\x20\1\0\1\1\x11\0....")

static bool is(str bytes, const char *type, int64_t width, int64_t height)
{
    struct picture p = {0};
    return picture_read(bytes, &p) && strcmp(p.type, type) == 0 && p.width == width
           && p.height == height;
}

static void P1_pictures_by_their_own_bytes(struct world *w)
{
    (void)w;
    check(is(PNG("\0\0\2\0", "\0\0\0\x20"), "image/png", 512, 32));
    check(is(S("GIF89a\1\0\2\1\0\0\0;"), "image/gif", 1, 258));
    check(is(S("GIF87a\1\0\1\0\0\0\0;"), "image/gif", 1, 1));
    check(is(JPEG, "image/jpeg", 256, 32));
    check(is(S("RIFF\x1a\0\0\0WEBPVP8 \x0e\0\0\0...\x9d\x01\x2a\x40\1\x20\0....."),
             "image/webp", 320, 32));
    check(is(S("RIFF\x1a\0\0\0WEBPVP8L\x0e\0\0\0\x2f\x3f\xc1\x07\0........"), "image/webp", 320,
             32));
    check(is(S("RIFF\x1a\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x3f\1\0\x1f\0\0...."), "image/webp",
             320, 32));
}

static void P1_everything_else_is_none(struct world *w)
{
    const str none[] = {
        S(""),
        S("<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"f()\"/>"),
        S("<?xml version=\"1.0\"?><svg/>"),
        S("<html>"),
        S("%PDF-1.7"),
        S("BM......"),
        S("II*\0...."),
        S("GIF88a\1\0\1\0\0\0\0;"),
        S("RIFF\x1a\0\0\0AVI VP8X.............."),
        S("\0\0\0 ftypavif"),
        S("\xff\xd8\xff\xda\0\4......."),
        S("\x89PNG\r\n\x1a\n\0\0\0\rIDAT\0\0\0\1\0\0\0\1"),
    };
    struct picture p;
    (void)w;
    for (isize i = 0; i < countof(none); i++)
        check(!picture_read(none[i], &p));
    check(!picture_read(PNG("\0\0\0\0", "\0\0\0\1"), &p));
}

static void P2_none_that_grows_beyond_measure(struct world *w)
{
    for (int over = 0; over < 2; over++) {
        uint32_t side = (uint32_t)(LIMIT_PICTURE_PIXELS / 1000 + over);
        struct buf b = buf_new(&w->arena, 64);
        buf_put(&b, S("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\3\xe8"));    // 1000 wide
        for (int shift = 24; shift >= 0; shift -= 8)
            buf_char(&b, (char)(side >> shift & 0xff));
        struct picture p;
        check(picture_read(buf_str(&b), &p) == (over == 0));
    }
    struct picture p;
    check(!picture_read(PNG("\xff\xff\xff\xff", "\xff\xff\xff\xff"), &p));
}

static void P3_cut_anywhere_it_is_read_within_its_bytes(struct world *w)
{
    const str whole[] = {PNG("\0\0\2\0", "\0\0\0\x20"), S("GIF89a\1\0\2\1\0\0\0;"), JPEG};
    for (isize i = 0; i < countof(whole); i++)
        for (isize n = 0; n < whole[i].n; n++) {
            struct picture p;
            arena_reset(&w->arena);
            char *copy = make(&w->arena, char, n + 1);
            memcpy(copy, whole[i].p, (size_t)n);
            copy[n] = (char)0xff;
            check(!picture_read((str){copy, n}, &p) || n > 9);
        }
}

const struct test picture_tests[] = {
    T(P1_pictures_by_their_own_bytes),
    T(P1_everything_else_is_none),
    T(P2_none_that_grows_beyond_measure),
    T(P3_cut_anywhere_it_is_read_within_its_bytes),
    {0},
};
