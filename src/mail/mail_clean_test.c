// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/test.h"

#include "base/limits.h"
#include "mail/clean.h"
#include "mail/flowed.h"

static void L1_a_line_is_one_line(struct world *w)
{
    check_text(clean_line(&w->arena, S("  a\r\n\t b\x01\x7f  c \n")), S("a b c"));
    check_text(clean_line(&w->arena, S("a\xc2\x85"
                                       "b")),
               S("ab"));    // NEL, a C1 control
    check_text(clean_line(&w->arena, S("\n\r ")), S(""));
}

static void L2_a_text_keeps_its_lines(struct world *w)
{
    check_text(clean_text(&w->arena, S("a\r\nb\rc\n\td\x1b[0me")), S("a\nb\nc\n\td[0me"));
    str same = S("schön\n\tund gut\n");
    check_text(clean_text(&w->arena, same), same);
}

// Wherever it stands: eight bytes are looked at together.
static void L2_a_control_is_found_at_every_place(struct world *w)
{
    for (int c = 1; c < 0x80; c++)
        for (isize at = 0; at < 20; at++) {
            char in[] = "abcdefghijklmnopqrst";
            in[at] = (char)c;
            bool goes = (c < 0x20 && c != '\n' && c != '\t' && c != '\r') || c == 0x7f;
            str out = clean_text(&w->arena, str_from_z(in));
            check(out.n == 20 - goes);
            check(goes || out.p[at] == (c == '\r' ? '\n' : (char)c));
            check(at == 19 || out.p[19 - goes] == 't');
        }
}

static void L2_so_is_one_of_two_bytes(struct world *w)
{
    for (int c = 0x80; c < 0xc0; c++)
        for (isize at = 0; at < 19; at++) {
            char in[] = "abcdefghijklmnopqrst";
            in[at] = (char)0xc2;
            in[at + 1] = (char)c;
            check(clean_text(&w->arena, str_from_z(in)).n == (c < 0xa0 ? 18 : 20));
        }
}

static void L3_a_file_name_is_only_a_name(struct world *w)
{
    static const struct {
        const char *in, *out;
    } table[] = {
        {"Rechnung 4711.pdf", "Rechnung 4711.pdf"},
        {"../../etc/passwd", "passwd"},
        {"C:\\Users\\Max\\Bild.png", "Bild.png"},
        {"..hidden", "hidden"},
        {"a\nb\x01.txt", "a b.txt"},
        {"annex\xe2\x80\xae"
         "fdp.exe",
         "annexfdp.exe"},
        {"a<b>:\"c\"|?*.txt", "a_b___c____.txt"},
        {"name. . ", "name"},
        {"///", ""},
        {"Übersicht – März.xlsx", "Übersicht – März.xlsx"},
    };
    for (isize i = 0; i < countof(table); i++)
        check_text(clean_file_name(&w->arena, str_from_z(table[i].in)),
                   str_from_z(table[i].out));
}

static void L3_a_long_name_keeps_its_ending(struct world *w)
{
    char *p = make(&w->arena, char, 1000);
    memset(p, 'x', 1000);
    memcpy(p + 996, ".pdf", 4);
    str s = clean_file_name(&w->arena, (str){p, 1000});
    check(s.n == LIMIT_MAIL_NAME && str_ends(s, S("x.pdf")));
    memset(p, '.', 1000);
    p[0] = 'a', p[999] = 'b';
    check(clean_file_name(&w->arena, (str){p, 1000}).n <= LIMIT_MAIL_NAME);
}

static void L4_a_name_cannot_turn_around(struct world *w)
{
    check_text(clean_name(&w->arena, S("Max\xe2\x80\xae retsuM\xe2\x81\xa6\xef\xbb\xbf")),
               S("Max retsuM"));
}

static void flowed_paragraphs_become_lines(struct world *w)
{
    str in =
        S("Das ist ein langer \nAbsatz. \n\nUnd\n> ein \n> Zitat\n>> tiefer\n-- \nMax \nx\n");
    check_text(flowed_unfold(&w->arena, in, false),
               S("Das ist ein langer Absatz. \n\nUnd\n> ein Zitat\n>> tiefer\n-- \nMax x\n"));
    check_text(flowed_unfold(&w->arena, S("Donau \ndampf\n From\n"), true),
               S("Donaudampf\nFrom\n"));
    check_text(flowed_unfold(&w->arena, S("offen "), false), S("offen "));
}

const struct test mail_clean_tests[] = {
    T(L1_a_line_is_one_line),
    T(L2_a_text_keeps_its_lines),
    T(L2_a_control_is_found_at_every_place),
    T(L2_so_is_one_of_two_bytes),
    T(L3_a_file_name_is_only_a_name),
    T(L3_a_long_name_keeps_its_ending),
    T(L4_a_name_cannot_turn_around),
    T(flowed_paragraphs_become_lines),
    {0},
};
