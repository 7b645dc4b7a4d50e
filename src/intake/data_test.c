// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/test.h"

#include "base/buf.h"
#include "intake/data.h"

static void put(void *to, str bytes)
{
    buf_put(to, bytes);
}

// clang-format off
static const struct {
    const char *in, *out;
    bool end, odd;
    const char *rest;    // what is not part of the mail
} table[] = {
    {"a\r\n.\r\n",               "a\r\n",                 true,  false, ""},
    {".\r\n",                    "",                      true,  false, ""},
    {"\r\n.\r\nQUIT\r\n",        "\r\n",                  true,  false, "QUIT\r\n"},
    {"..\r\n.\r\n",              ".\r\n",                 true,  false, ""},
    {"...a\r\n.\r\n",            "..a\r\n",               true,  false, ""},
    {".a\r\n.\r\n",              "a\r\n",                 true,  false, ""},
    {"a.\r\n.\r\n",              "a.\r\n",                true,  false, ""},
    {"a\r\n.",                   "a\r\n",                 false, false, ""},
    {"a\r\n.\r",                 "a\r\n",                 false, false, ""},
    {"a\nb\r\n.\r\n",            "a\r\nb\r\n",            true,  false, ""},    // D3
    {"a\rb\r\n.\r\n",            "a\r\nb\r\n",            true,  false, ""},
    {"a\r\r\nb\r\n.\r\n",        "a\r\nb\r\n",            true,  false, ""},
    {"a\n.b\r\n.\r\n",           "a\r\n.b\r\n",           true,  false, ""},    // D4
    {"a\n..b\r\n.\r\n",          "a\r\n..b\r\n",          true,  false, ""},
    {"a\n.\nb\r\n.\r\n",         "a\r\n.\r\nb\r\n",       true,  true,  ""},    // D2
    {"a\n.\r\nb\r\n.\r\n",       "a\r\n.\r\nb\r\n",       true,  true,  ""},
    {"a\r\n.\nb\r\n.\r\n",       "a\r\n.\r\nb\r\n",       true,  true,  ""},
    {"a\r\n.\rb\r\n.\r\n",       "a\r\n.\r\nb\r\n",       true,  true,  ""},
    {"a\r.\rb\r\n.\r\n",         "a\r\n.\r\nb\r\n",       true,  true,  ""},
    {"a\r.\r\nb\r\n.\r\n",       "a\r\n.\r\nb\r\n",       true,  true,  ""},
    {"a\r\n.\r\r\nb\r\n.\r\n",   "a\r\n.\r\nb\r\n",       true,  true,  ""},
};
// clang-format on

static void feed_in_pieces(struct world *w, isize i, isize piece)
{
    struct buf b = buf_new(&w->arena, 64);
    struct data d = data_new(true, put, &b);
    str in = str_from_z(table[i].in);
    isize used = 0;
    while (used < in.n && !d.end)
        used += data_feed(&d, str_head(str_cut(in, used), piece));
    check_text(buf_str(&b), str_from_z(table[i].out));
    check(d.end == table[i].end && d.odd == table[i].odd);
    check_text(str_cut(in, used), str_from_z(table[i].rest));
}

static void D1_D2_D3_D4_in_any_pieces(struct world *w)
{
    for (isize i = 0; i < countof(table); i++)
        for (isize piece = 1; piece <= 20; piece++)
            feed_in_pieces(w, i, piece);
}

// Fed byte by byte, no line is ever seen whole.
static void D1_D2_D3_D4_of_any_bytes(struct world *w)
{
    uint64_t seed = 1;
    for (int i = 0; i < 20000; i++) {
        struct buf in = buf_new(&w->arena, 32), one = buf_new(&w->arena, 64),
                   all = buf_new(&w->arena, 64);
        struct data bytes = data_new(true, put, &one), whole = data_new(true, put, &all);
        for (isize n = 0; n < 24; n++) {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            buf_put(&in, (const str[]){S("\r\n"), S("a"), S("."), S("\r"), S("\n"),
                                       S("\r\n.")}[(seed >> 33) % 6]);
        }
        isize used = 0;
        while (used < in.n && !bytes.end)
            used += data_feed(&bytes, (str){in.p + used, 1});
        check(data_feed(&whole, buf_str(&in)) == used && whole.odd == bytes.odd
              && whole.end == bytes.end);
        check_text(buf_str(&all), buf_str(&one));
        arena_reset(&w->arena);
    }
}

static void D5_a_pipe_knows_no_dots(struct world *w)
{
    struct buf b = buf_new(&w->arena, 64);
    struct data d = data_new(false, put, &b);
    str in = S("a\n.\n..b\r\nno end");
    check(data_feed(&d, in) == in.n && !d.end && !d.odd);
    data_finish(&d);
    check_text(buf_str(&b), S("a\r\n.\r\n..b\r\nno end\r\n"));
}

const struct test data_tests[] = {
    T(D1_D2_D3_D4_in_any_pieces),
    T(D1_D2_D3_D4_of_any_bytes),
    T(D5_a_pipe_knows_no_dots),
    {0},
};
