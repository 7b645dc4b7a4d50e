// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/test.h"

#include "mail/charset.h"

static str to_utf8(struct world *w, str bytes, const char *name)
{
    return charset_to_utf8(&w->arena, bytes, str_from_z(name));
}

static void C1_always_utf8_without_nul(struct world *w)
{
    static const char *const names[] = {"",          "utf-8",       "us-ascii", "iso-8859-1",
                                        "shift_jis", "iso-2022-jp", "utf-16",   "utf-7",
                                        "gb18030",   "nonsense",    "big5",     "iso-8859-15"};
    char bytes[512];
    for (isize i = 0; i < countof(bytes); i++)
        bytes[i] = (char)(i * 7 + i / 256);
    for (isize i = 0; i < countof(names); i++)
        for (isize n = 0; n < countof(bytes); n++)
            check(str_is_utf8(to_utf8(w, (str){bytes, n}, names[i])));
}

static void C2_a_wrong_declaration_is_not_believed(struct world *w)
{
    str umlaut = S("Grüße aus Köln");
    check_text(to_utf8(w, umlaut, "iso-8859-1"), umlaut);
    check_text(to_utf8(w, umlaut, "us-ascii"), umlaut);
    check_text(to_utf8(w, umlaut, "koi8-r"), umlaut);
    check_text(to_utf8(w, umlaut, ""), umlaut);
    check_text(to_utf8(w,
                       S("Gr\xfc\xdf"
                         "e"),
                       ""),
               S("Grüße"));
    check_text(to_utf8(w, S("\xef\xbb\xbfHallo"), "utf-8"), S("Hallo"));
}

static void C2_a_right_declaration_is(struct world *w)
{
    check_text(to_utf8(w,
                       S("Gr\xfc\xdf"
                         "e \x80 100 \x84x\x93"),
                       "ISO-8859-1"),
               S("Grüße € 100 „x“"));
    check_text(to_utf8(w, S("100 \xa4 \xb4\xb8"), "iso_8859-15"), S("100 € Žž"));
    check_text(to_utf8(w, S("\x93\xfa\x96{"), "Shift_JIS"), S("日本"));
    check_text(to_utf8(w, S("\033$BF|K\\\033(B"), "iso-2022-jp"), S("日本"));
    check_text(to_utf8(w, S("\033$BF|K\\\033(B"), ""), S("日本"));
    check_text(to_utf8(w, S("\xf0\xd2\xc9\xd7\xc5\xd4"), "koi8-r"), S("Привет"));
    check_text(to_utf8(w, S("H\0i\0"), "utf-16le"), S("Hi"));
}

static void C3_the_other_charset_inside_stays_readable(struct world *w)
{
    check_text(to_utf8(w, S("schön und sch\xf6n"), "utf-8"), S("schön und schön"));
    check_text(to_utf8(w, S("abgeschnitten: \xc3"), "utf-8"), S("abgeschnitten: Ã"));
}

static void C4_only_our_table_reaches_iconv(struct world *w)
{
    check(charset_known(S("UTF-8")) && charset_known(S("ISO_8859-1")));
    check(charset_known(S("windows-1252")) && charset_known(S("x-sjis")));
    check(!charset_known(S("ISO-2022-CN-EXT")) && !charset_known(S("IBM1364")));
    check(!charset_known(S("UTF-8//TRANSLIT/IBM1364")));
    check_text(to_utf8(w, S("abc\xe9"), "ISO-2022-CN-EXT"), S("abcé"));
}

static void a_converter_that_stumbles_on_every_byte_is_linear(struct world *w)
{
    isize n = 1 << 20;
    char *p = make(&w->arena, char, n);
    memset(p, 0xff, (size_t)n);
    check(to_utf8(w, (str){p, n}, "euc-jp").n == 3 * n);
}

const struct test mail_charset_tests[] = {
    T(C1_always_utf8_without_nul),
    T(C2_a_wrong_declaration_is_not_believed),
    T(C2_a_right_declaration_is),
    T(C3_the_other_charset_inside_stays_readable),
    T(C4_only_our_table_reaches_iconv),
    T(a_converter_that_stumbles_on_every_byte_is_linear),
    {0},
};
