// SPDX-License-Identifier: GPL-3.0-or-later
#include "outside/picture.h"

#include "base/limits.h"

static unsigned byte_at(str s, isize i)
{
    return i >= 0 && i < s.n ? (unsigned char)s.p[i] : 0;
}

static int64_t big(str s, isize at, int bytes)
{
    int64_t n = 0;
    for (int i = 0; i < bytes; i++)
        n = n << 8 | byte_at(s, at + i);
    return n;
}

static int64_t little(str s, isize at, int bytes)
{
    int64_t n = 0;
    for (int i = bytes - 1; i >= 0; i--)
        n = n << 8 | byte_at(s, at + i);
    return n;
}

static bool has_at(str s, isize at, str word)
{
    return s.n >= at + word.n && memcmp(s.p + at, word.p, (size_t)word.n) == 0;
}

static bool read_png(str s, struct picture *out)
{
    if (!has_at(s, 0, S("\x89PNG\r\n\x1a\n")) || !has_at(s, 12, S("IHDR")))
        return false;
    *out = (struct picture){"image/png", big(s, 16, 4), big(s, 20, 4)};
    return s.n >= 24;
}

static bool read_gif(str s, struct picture *out)
{
    if (!has_at(s, 0, S("GIF87a")) && !has_at(s, 0, S("GIF89a")))
        return false;
    *out = (struct picture){"image/gif", little(s, 6, 2), little(s, 8, 2)};
    return s.n >= 13;
}

// ISO 10918-1, B.2.2: the first frame header says the size; C4, C8 and CC are no frames.
static bool is_frame(unsigned marker)
{
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8
           && marker != 0xcc;
}

static bool read_jpeg(str s, struct picture *out)
{
    if (!has_at(s, 0, S("\xff\xd8\xff")))
        return false;
    for (isize at = 2; at + 9 < s.n && byte_at(s, at) == 0xff;) {
        unsigned marker = byte_at(s, at + 1);
        if (is_frame(marker)) {
            *out = (struct picture){"image/jpeg", big(s, at + 7, 2), big(s, at + 5, 2)};
            return true;
        }
        at += marker == 0xff ? 1 : 2 + (isize)int_max(big(s, at + 2, 2), 2);
    }
    return false;
}

static bool read_webp(str s, struct picture *out)
{
    if (!has_at(s, 0, S("RIFF")) || !has_at(s, 8, S("WEBP")) || s.n < 30)
        return false;
    out->type = "image/webp";
    if (has_at(s, 12, S("VP8 "))) {
        out->width = little(s, 26, 2) & 0x3fff;
        out->height = little(s, 28, 2) & 0x3fff;
        return has_at(s, 23, S("\x9d\x01\x2a"));
    }
    if (has_at(s, 12, S("VP8L"))) {
        int64_t bits = little(s, 21, 4);
        out->width = (bits & 0x3fff) + 1;
        out->height = (bits >> 14 & 0x3fff) + 1;
        return byte_at(s, 20) == 0x2f;
    }
    out->width = little(s, 24, 3) + 1;
    out->height = little(s, 27, 3) + 1;
    return has_at(s, 12, S("VP8X"));
}

bool picture_read(str bytes, struct picture *out)
{
    struct picture p = {0};
    bool known = read_png(bytes, &p) || read_gif(bytes, &p) || read_jpeg(bytes, &p)
                 || read_webp(bytes, &p);
    if (!known || p.width < 1 || p.height < 1 || p.width > LIMIT_PICTURE_PIXELS / p.height)
        return false;    // P2
    *out = p;
    return true;
}
