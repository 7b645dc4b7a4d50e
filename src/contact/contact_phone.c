// SPDX-License-Identifier: GPL-3.0-or-later
// Phone numbers as people write them, in one form (K3).
#include "base/buf.h"
#include "contact/contact.h"

enum { DIGITS_LEAST = 3, DIGITS_MOST = 15, WITH_COUNTRY = 11 };

// What may stand between digits, besides "(0)".
// clang-format off
static const char *const between[] = {
    " ", "/", "-", ".", "(", ")", "\t", "\u00a0", "\u2007", "\u2009", "\u202f",
    "\u2010", "\u2011", "\u2012", "\u2013", "\u2014", "\u2212", "\u2044", "\u2215",
};
// clang-format on

static isize skip(str s)
{
    for (isize i = 0; i < countof(between); i++)
        if (str_starts(s, str_from_z(between[i])))
            return (isize)strlen(between[i]);
    return 0;
}

static bool is_international(str digits)
{
    return str_starts(digits, S("+")) || str_starts(digits, S("00"));
}

// Digits and a leading plus; false at anything else.
static bool bare(struct buf *b, str s)
{
    while (s.n > 0) {
        isize n = skip(s);
        if (str_starts(s, S("(0)")) && is_international(buf_str(b)))
            n = 3;    // the zero is for those who dial within the country
        if (n == 0 && !(s.p[0] >= '0' && s.p[0] <= '9') && !(s.p[0] == '+' && b->n == 0))
            return false;
        if (n == 0)
            buf_char(b, s.p[0]);
        s = str_cut(s, n > 0 ? n : 1);
    }
    return true;
}

static str with_country(struct arena *a, str n)
{
    if (str_starts(n, S("00")))
        return arena_join(a, S("+"), str_cut(n, 2));
    if (str_starts(n, S("0")))
        return arena_join(a, S("+49"), str_cut(n, 1));
    // Exchanges send the country without anything before it.  Shorter ones are extensions.
    if (str_starts(n, S("49")) && n.n >= WITH_COUNTRY)
        return arena_join(a, S("+"), n);
    return n;
}

bool contact_phone_normal(struct arena *a, str given, str *out)
{
    given = str_trim(given);
    if (str_starts(given, S("tel:")))
        given = str_cut(given, 4);
    struct buf b = buf_new(a, given.n + 1);
    if (given.n > 64 || !bare(&b, given))
        return false;
    str n = with_country(a, buf_str(&b));
    // "+49 040": no German area code begins with a zero, so it was dialled by habit.
    while (str_starts(n, S("+490")))
        n = arena_join(a, S("+49"), str_cut(n, 4));
    isize digits = n.n - str_starts(n, S("+"));
    if (digits < DIGITS_LEAST || digits > DIGITS_MOST || str_starts(n, S("+0")))
        return false;
    *out = n;
    return true;
}
