// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/test.h"

#include "mail/address.h"
#include "mail/header.h"

static void H1_words_are_decoded(struct world *w)
{
    static const struct {
        const char *in, *out;
    } table[] = {
        {"Hallo Welt", "Hallo Welt"},
        {"=?utf-8?Q?Gr=C3=BC=C3=9Fe?=", "Grüße"},
        {"=?UTF-8?B?R3LDvMOfZQ==?=", "Grüße"},
        {"=?iso-8859-1?q?Gr=FC=DFe_aus_K=F6ln?=", "Grüße aus Köln"},
        {"=?iso-8859-1*de?q?K=F6ln?= ist =?utf-8?q?sch=C3=B6n?=", "Köln ist schön"},
        {"=?utf-8?q?eins?=\r\n =?utf-8?q?zwei?=", "einszwei"},
        {"=?utf-8?q?eins_?= =?iso-8859-1?q?=FC?= drei", "eins ü drei"},
        {"Re:=?utf-8?q?nah?=dran", "Re:nahdran"},
        {"=?utf-8?Q?mit Leer zeichen?=", "mit Leer zeichen"},
        {"=?utf-8?B?nie zu Ende", "=?utf-8?B?nie zu Ende"},
        {"=?x?y?z?=", "=?x?y?z?="},
        {"=?utf-8?q?a=0D=0ABcc:_b?=", "a Bcc: b"},
        {"\xc4nderung roh", "Änderung roh"},
        {"ein\r\n\tumbruch\r\n hier", "ein umbruch hier"},
        {"", ""},
    };
    for (isize i = 0; i < countof(table); i++)
        check_text(header_text(&w->arena, str_from_z(table[i].in)), str_from_z(table[i].out));
}

static void H1_a_character_cut_in_two_is_whole_again(struct world *w)
{
    check_text(header_text(&w->arena, S("=?utf-8?q?K=C3?= =?utf-8?q?=B6ln?=")), S("Köln"));
    check_text(header_text(&w->arena, S("=?UTF-8?B?S8M=?=\r\n\t=?utf-8?b?tmxu?=")), S("Köln"));
}

static str shown(struct world *w, str raw)
{
    struct mail_addresses list = address_list(&w->arena, raw);
    str all = S("");
    for (isize i = 0; i < list.n; i++)
        all = arena_fmt(&w->arena, STR_FMT "[" STR_FMT "|" STR_FMT "]", STR_ARG(all),
                        STR_ARG(list.p[i].name), STR_ARG(list.p[i].address));
    return all;
}

static void addresses_are_read(struct world *w)
{
    static const struct {
        const char *in, *out;
    } table[] = {
        {"max@example.org", "[|max@example.org]"},
        {"Max Muster <max@example.org>, b@example.org",
         "[Max Muster|max@example.org][|b@example.org]"},
        {"\"Muster, Max\" <max@example.org>", "[Muster, Max|max@example.org]"},
        {"=?utf-8?q?M=C3=BCller=2C_J=C3=B6rg?= <j@example.org>",
         "[Müller, Jörg|j@example.org]"},
        {"\"=?iso-8859-1?q?J=F6rg?= \\\"x\\\"\" <j@example.org>", "[Jörg \"x\"|j@example.org]"},
        {"J\xf6rg <j@example.org>", "[Jörg|j@example.org]"},
        {"max@example.org (Max Muster)", "[Max Muster|max@example.org]"},
        {"Max <<max@example.org>>", "[Max|max@example.org]"},
        {"Muster, Max <max@example.org>", "[Muster, Max|max@example.org]"},
        {"nobody, max@example.org", "[|max@example.org]"},
        {"Max max@example.org", "[|max@example.org]"},
        {"\"max muster\"@example.org", "[|\"max muster\"@example.org]"},
        {"<\"a, b>\"@example.org>, c@example.org", "[|\"a, b>\"@example.org][|c@example.org]"},
        {"A <a@x.de> B <b@x.de>", "[A|a@x.de][B|b@x.de]"},
        {"a@x.de <b@x.de>", "[a@x.de|b@x.de]"},
        {"\"a@x.de\" <b@x.de>", "[a@x.de|b@x.de]"},
        {"<@relay.de:a@x.de>", "[|a@x.de]"},
        {"Max <max@x.de, b@x.de", "[Max|max@x.de][|b@x.de]"},
        {"a@[IPv6:::1], b@x.de", "[|a@[IPv6:::1]][|b@x.de]"},
        {"a@x.de; b@x.de", "[|a@x.de][|b@x.de]"},
        {"(x (y) z) a@x.de", "[x (y) z|a@x.de]"},
        {"Max\r\n <max@\r\n x.de>", "[Max|max@x.de]"},
    };
    for (isize i = 0; i < countof(table); i++)
        check_text(shown(w, str_from_z(table[i].in)), str_from_z(table[i].out));
}

static void H2_an_encoded_word_is_never_structure(struct world *w)
{
    check_text(shown(w, S("=?utf-8?q?chef=40bank.example=2C?= <max@example.org>")),
               S("[chef@bank.example,|max@example.org]"));
    check_text(shown(w, S("=?utf-8?q?x=3E=2C_=3Cboese=40bank.example=3E?= <max@example.org>")),
               S("[x>, <boese@bank.example>|max@example.org]"));
    check_text(shown(w, S("=?utf-8?q?=22=5C=28?= <max@example.org>")),
               S("[\"\\(|max@example.org]"));
}

static void H3_groups_are_flat_and_noise_is_no_address(struct world *w)
{
    check_text(shown(w, S("Team: a@example.org, B <b@example.org>;, c@example.org")),
               S("[|a@example.org][B|b@example.org][|c@example.org]"));
    check_text(shown(w, S("Team: Max <a@x.de>, B <b@x.de>; C <c@x.de>")),
               S("[Max|a@x.de][B|b@x.de][C|c@x.de]"));
    check_text(shown(w, S("undisclosed-recipients:;")), S(""));
    check_text(shown(w, S("nobody, @example.org, x@, <>")), S(""));
}

static void H3_nested_groups_cost_nothing(struct world *w)
{
    isize n = 60000;
    char *p = make(&w->arena, char, n);
    for (isize i = 0; i < n; i++)
        p[i] = i % 2 ? ':' : 'a';
    check_text(shown(w, (str){p, n}), S(""));
}

static void H4_ids_are_whole(struct world *w)
{
    struct mail_ids ids = header_ids(&w->arena, S(" <a@x>\r\n <b\r\n @x> (c) <<d@x> <torn"));
    check(ids.n == 3);
    check_text(ids.p[0], S("a@x"));
    check_text(ids.p[1], S("b@x"));
    check_text(ids.p[2], S("d@x"));
    ids = header_ids(&w->arena, S("a@x no b@x"));
    check(ids.n == 2);
    check_text(ids.p[1], S("b@x"));
    char *p = make(&w->arena, char, 1200);
    memset(p, 'a', 1200);
    p[0] = '<', p[1199] = '>';
    check(header_ids(&w->arena, (str){p, 1200}).n == 0);
    check(header_ids(&w->arena, S("< >")).n == 0);
}

static void H5_a_date_is_believable_or_none(struct world *w)
{
    static const struct {
        const char *in;
        int64_t ms;
    } table[] = {
        {"Fri, 20 Nov 2026 11:00:00 +0100", 1795168800000},
        {"20 Nov 2026 10:00:00 GMT", 1795168800000},
        {"Fri, 20 Nov 2026 11:00 +0100 (CET)", 1795168800000},
        {"Fri Nov 20 10:00:00 2026", 1795168800000},
        {"Thu, 1 Jan 1970 00:00:00 +0000", 0},
        {"Fri, 20 Nov 9999 11:00:00 +0100", 0},
        {"gestern", 0},
        {"99 Foo 2026 99:99:99 +9999", 0},
        {"", 0},
    };
    for (isize i = 0; i < countof(table); i++)
        check(header_date(&w->arena, str_from_z(table[i].in)).ms == table[i].ms);
}

static void a_field_is_found_in_a_header(struct world *w)
{
    str h = S("A: 1\r\nSubject : eins\r\n zwei\r\nB: 2\r\n\r\nC: 3\r\n");
    check_text(header_text(&w->arena, header_find(h, S("subject"))), S("eins zwei"));
    check_text(str_trim(header_find(h, S("b"))), S("2"));
    check(header_find(h, S("C")).n == 0);
}

const struct test mail_header_tests[] = {
    T(H1_words_are_decoded),
    T(H1_a_character_cut_in_two_is_whole_again),
    T(addresses_are_read),
    T(H2_an_encoded_word_is_never_structure),
    T(H3_groups_are_flat_and_noise_is_no_address),
    T(H3_nested_groups_cost_nothing),
    T(H4_ids_are_whole),
    T(H5_a_date_is_believable_or_none),
    T(a_field_is_found_in_a_header),
    {0},
};
