// SPDX-License-Identifier: GPL-3.0-or-later
#include "dkim/dkim_relaxed.h"
#include "testing/test.h"

static void R1_a_field_is_one_tight_line(struct world *w)
{
    static const struct {
        const char *in, *out;
    } table[] = {
        {"A: X\r\n", "a:X\r\n"},    // RFC 6376, 3.4.5
        {"B : Y\t\r\n\tZ  \r\n", "b:Y Z\r\n"},
        {"SubJect:a  b\t c\r\n", "subject:a b c\r\n"},
        {"X:\r\n \r\n y\r\n", "x:y\r\n"},
        {"X:\r\n", "x:\r\n"},
        {"DKIM-Signature: b=", "dkim-signature:b="},
    };
    for (isize i = 0; i < countof(table); i++) {
        struct buf b = buf_new(&w->kept, 100);
        dkim_relaxed_field(&b, str_from_z(table[i].in));
        check_text(buf_str(&b), str_from_z(table[i].out));
    }
}

static void R2_a_body_without_what_does_not_show(struct world *w)
{
    static const struct {
        const char *in, *out;
    } table[] = {
        {" C \r\nD \t E\r\n\r\n\r\n", " C\r\nD E\r\n"},    // RFC 6376, 3.4.5
        {"", ""},
        {"\r\n\r\n", ""},
        {" \t\r\n", ""},
        {"a\r\n\r\n \r\nb\r\n", "a\r\n\r\n\r\nb\r\n"},
        {"no end", "no end\r\n"},
        {"\f\r\n\r\n\f\r\n", "\f\r\n\r\n\f\r\n"},    // no white space of this standard
    };
    for (isize i = 0; i < countof(table); i++) {
        struct buf b = buf_new(&w->kept, 100);
        dkim_relaxed_body(&b, str_from_z(table[i].in));
        check_text(buf_str(&b), str_from_z(table[i].out));
    }
}

const struct test dkim_relaxed_tests[] = {
    T(R1_a_field_is_one_tight_line),
    T(R2_a_body_without_what_does_not_show),
    {0},
};
