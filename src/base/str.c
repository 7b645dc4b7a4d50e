// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/base.h"

bool str_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bool str_eq(str a, str b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, (size_t)a.n) == 0);
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

bool str_eq_nocase(str a, str b)
{
    if (a.n != b.n)
        return false;
    for (isize i = 0; i < a.n; i++)
        if (lower(a.p[i]) != lower(b.p[i]))
            return false;
    return true;
}

bool str_starts(str s, str prefix)
{
    return s.n >= prefix.n && str_eq((str){s.p, prefix.n}, prefix);
}

bool str_ends(str s, str suffix)
{
    return s.n >= suffix.n && str_eq((str){s.p + s.n - suffix.n, suffix.n}, suffix);
}

str str_from_z(const char *z)
{
    return z == NULL ? (str){0} : (str){z, (isize)strlen(z)};
}

str str_cut(str s, isize from)
{
    return from >= s.n ? (str){0} : (str){s.p + from, s.n - from};
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

str str_trim(str s)
{
    while (s.n > 0 && is_space(s.p[0]))
        s = (str){s.p + 1, s.n - 1};
    while (s.n > 0 && is_space(s.p[s.n - 1]))
        s.n--;
    return s;
}

isize str_find(str hay, str needle)
{
    if (needle.n == 0)
        return 0;
    if (hay.n < needle.n)
        return -1;
    // Most hays do not even have its first byte, and memchr() says so soonest.
    const char *at = memchr(hay.p, needle.p[0], (size_t)hay.n);
    if (at != NULL)
        at = memmem(at, (size_t)(hay.p + hay.n - at), needle.p, (size_t)needle.n);
    return at == NULL ? -1 : at - hay.p;
}

isize str_find_nocase(str hay, str needle)
{
    char first = needle.n > 0 ? lower(needle.p[0]) : 0;
    for (isize i = 0; i + needle.n <= hay.n; i++)
        if ((needle.n == 0 || lower(hay.p[i]) == first)
            && str_eq_nocase((str){hay.p + i, needle.n}, needle))
            return i;
    return -1;
}

str str_token(str *s, char sep)
{
    const char *at = s->n > 0 ? memchr(s->p, sep, (size_t)s->n) : NULL;
    str head = {s->p, at != NULL ? at - s->p : s->n};
    *s = str_cut(*s, head.n + 1);
    return head;
}

bool str_to_int(str s, int64_t *out)
{
    bool minus = s.n > 0 && s.p[0] == '-';
    if (minus)
        s = str_cut(s, 1);
    if (s.n == 0 || s.n > 19)
        return false;
    int64_t n = 0;
    for (isize i = 0; i < s.n; i++) {
        int digit = s.p[i] - '0';
        if (digit < 0 || digit > 9 || __builtin_mul_overflow(n, 10, &n)
            || __builtin_add_overflow(n, digit, &n))
            return false;
    }
    *out = minus ? -n : n;
    return true;
}

isize str_char(str s)
{
    const unsigned char *p = (const unsigned char *)s.p;
    if (s.n == 0 || p[0] < 0x80)
        return s.n > 0 && p[0] != 0;
    isize len = p[0] >= 0xf0 ? 4 : p[0] >= 0xe0 ? 3 : 2;
    if (p[0] < 0xc2 || p[0] > 0xf4 || len > s.n)
        return 0;
    for (isize i = 1; i < len; i++)
        if ((p[i] & 0xc0) != 0x80)
            return 0;
    bool overlong = (p[0] == 0xe0 && p[1] < 0xa0) || (p[0] == 0xf0 && p[1] < 0x90);
    bool surrogate = p[0] == 0xed && p[1] > 0x9f;
    bool beyond = p[0] == 0xf4 && p[1] > 0x8f;
    return overlong || surrogate || beyond ? 0 : len;
}

isize str_characters(str s)
{
    isize n = 0;
    for (isize i = 0; i < s.n; i++)
        n += ((unsigned char)s.p[i] & 0xc0) != 0x80;
    return n;
}

// Eight bytes of ASCII without a NUL: nearly always.  A mail of 20 KB is looked at three times;
// byte by byte that was 3 % of its work.
static bool are_plain(const char *p)
{
    uint64_t w, ones = 0x0101010101010101u;
    memcpy(&w, p, sizeof w);
    return (((w - ones) | w) & (ones << 7)) == 0;
}

bool str_is_utf8(str s)
{
    isize len = 1;
    for (isize i = 0; i < s.n && len > 0; i += len)
        len = s.n - i >= 8 && are_plain(s.p + i) ? 8 : str_char((str){s.p + i, s.n - i});
    return len > 0;
}

str str_head(str s, isize n)
{
    if (s.n <= n)
        return s;
    while (n > 0 && ((unsigned char)s.p[n] & 0xc0) == 0x80)
        n--;
    return (str){s.p, n};
}

str words_in(struct words w, enum lang lang)
{
    return lang == LANG_EN ? w.en : w.de;
}

int64_t int_min(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

int64_t int_max(int64_t a, int64_t b)
{
    return a > b ? a : b;
}
