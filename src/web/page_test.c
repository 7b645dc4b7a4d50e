// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/test.h"

#include "web/page.h"

static struct page page_of(struct world *w, struct buf *b)
{
    *b = buf_new(&w->arena, 64);
    w->cx = (struct ctx){.arena = &w->arena, .lang = LANG_DE, .now = w->now};
    return (struct page){.cx = &w->cx, .buf = b};
}

// Every place of every special character in words of every length up to 20, because eight
// bytes are looked at at a time.
static void K1_no_special_character_gets_through(struct world *w)
{
    struct buf b;
    struct page p = page_of(w, &b);
    static const char specials[] = "<>&\"'";
    for (int n = 1; n <= 20; n++)
        for (int at = 0; at < n; at++)
            for (int k = 0; k < 5; k++) {
                char text[20];
                memset(text, k % 2 ? ':' : (char)0xbc,
                       sizeof text);    // next to '<' but for a bit
                text[at] = specials[k];
                b.n = 0;
                page_put(&p, ((str){text, n}));
                check(b.n > n && memchr(b.p, '<', (size_t)b.n) == NULL
                      && memchr(b.p, '>', (size_t)b.n) == NULL
                      && memchr(b.p, '"', (size_t)b.n) == NULL
                      && memchr(b.p, '\'', (size_t)b.n) == NULL);
            }
    b.n = 0;
    page_put(&p, S("<b>\"A&B\"</b>'s"));
    check_text(buf_str(&b), S("&lt;b&gt;&quot;A&amp;B&quot;&lt;/b&gt;&#39;s"));
}

static void K1_text_becomes_paragraphs(struct world *w)
{
    // clang-format off
    static const struct { const char *in, *out; } rows[] = {
        {"", ""},
        {" \r\n \n", ""},
        {"one", "<p>one</p>\n"},
        {"one\ntwo\r\nthree", "<p>one<br>two<br>three</p>\n"},
        {"one\n\ntwo", "<p>one</p>\n<p>two</p>\n"},
        {"one\r\n\r\n \r\ntwo\r\n", "<p>one</p>\n<p>two</p>\n"},
        {"a < b\n<script>", "<p>a &lt; b<br>&lt;script&gt;</p>\n"},
    };
    // clang-format on
    for (isize i = 0; i < countof(rows); i++) {
        struct buf b;
        struct page p = page_of(w, &b);
        page_put(&p, prose(str_from_z(rows[i].in)));
        check_text(buf_str(&b), str_from_z(rows[i].out));
    }
}

static void K3_values_in_addresses_are_encoded(struct world *w)
{
    struct buf b;
    struct page p = page_of(w, &b);
    page_url_part(&p, S("a/b?c=\"ä"));
    check_text(buf_str(&b), S("a%2Fb%3Fc%3D%22%C3%A4"));
}

const struct test page_tests[] = {
    T(K1_no_special_character_gets_through),
    T(K1_text_becomes_paragraphs),
    T(K3_values_in_addresses_are_encoded),
    {0},
};
