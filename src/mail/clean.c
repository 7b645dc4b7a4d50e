// SPDX-License-Identifier: GPL-3.0-or-later
#include "mail/clean.h"

#include "base/buf.h"
#include "base/limits.h"

static bool is_control(str ch)
{
    unsigned char c = (unsigned char)ch.p[0];
    return (ch.n == 1 && (c < 0x20 || c == 0x7f))
           || (ch.n == 2 && c == 0xc2 && (unsigned char)ch.p[1] < 0xa0);    // C1
}

// U+200E, U+200F, U+202A to U+202E and U+2066 to U+2069, and the invisible U+FEFF.
static bool turns(str ch)
{
    if (ch.n != 3)
        return false;
    unsigned char a = (unsigned char)ch.p[0], b = (unsigned char)ch.p[1],
                  c = (unsigned char)ch.p[2];
    if (a == 0xef && b == 0xbb && c == 0xbf)
        return true;
    return a == 0xe2
           && ((b == 0x80 && (c == 0x8e || c == 0x8f || (c >= 0xaa && c <= 0xae)))
               || (b == 0x81 && c >= 0xa6 && c <= 0xa9));
}

static str next_char(str *s)
{
    if (s->p[0] >= ' ' && s->p[0] < 127) {    // nearly always
        str ch = {s->p, 1};
        *s = (str){s->p + 1, s->n - 1};
        return ch;
    }
    isize n = str_char(*s);
    str ch = {s->p, n > 0 ? n : 1};
    *s = str_cut(*s, ch.n);
    return n > 0 ? ch : S("\xef\xbf\xbd");
}

static bool is_blank(str ch)
{
    return ch.n == 1 && (ch.p[0] == ' ' || (ch.p[0] >= '\t' && ch.p[0] <= '\r'));
}

static str line(struct arena *a, str s, bool keep_turns)
{
    struct buf b = buf_new(a, s.n + 8);
    bool gap = false;
    while (s.n > 0) {
        str ch = next_char(&s);
        if (is_blank(ch))
            gap = b.n > 0;
        if (is_control(ch) || is_blank(ch) || (!keep_turns && turns(ch)))
            continue;
        if (gap)
            buf_char(&b, ' ');
        gap = false;
        buf_put(&b, ch);
    }
    return buf_str(&b);
}

str clean_line(struct arena *a, str s)
{
    return line(a, s, true);
}

str clean_name(struct arena *a, str s)
{
    return line(a, s, false);
}

// Eight bytes from the blank to the tilde: nearly always.
static bool are_plain(const char *p)
{
    uint64_t w, ones = 0x0101010101010101u;
    memcpy(&w, p, sizeof w);
    return (((w - 0x20 * ones) | (w + ones)) & (ones << 7)) == 0;
}

static bool needs_a_look(unsigned char c)
{
    return (c < 0x20 && c != '\n' && c != '\t') || c == 0x7f || c == 0xc2;
}

// How much of it, from its beginning, stays as it is.
static isize clean_bytes(str s)
{
    for (isize i = 0; i < s.n; i += 8) {
        isize n = int_min(8, s.n - i);
        if (n == 8 && are_plain(s.p + i))
            continue;
        for (isize k = i; k < i + n; k++)
            if (needs_a_look((unsigned char)s.p[k]))
                return k;
    }
    return s.n;
}

static str take_clean(str *s)
{
    str clean = {s->p, clean_bytes(*s)};
    *s = str_cut(*s, clean.n);
    return clean;
}

str clean_text(struct arena *a, str s)
{
    str clean = take_clean(&s);
    if (s.n == 0)
        return clean;
    struct buf b = buf_new(a, clean.n + s.n + 8);
    for (buf_put(&b, clean); s.n > 0; buf_put(&b, take_clean(&s))) {
        str ch = next_char(&s);
        if (ch.p[0] == '\r' && (s.n == 0 || s.p[0] != '\n'))
            buf_char(&b, '\n');
        else if (!is_control(ch) || ch.p[0] == '\n' || ch.p[0] == '\t')
            buf_put(&b, ch);
    }
    return buf_str(&b);
}

static str base_name(str s)
{
    for (isize i = s.n; i > 0; i--)
        if (s.p[i - 1] == '/' || s.p[i - 1] == '\\')
            return str_cut(s, i);
    return s;
}

// "a very long name.pdf" keeps ".pdf".
static str shorten(struct arena *a, str s)
{
    if (s.n <= LIMIT_MAIL_NAME)
        return s;
    isize dot = s.n;
    while (dot > 0 && s.p[dot - 1] != '.')
        dot--;
    str ending = dot > 1 && s.n - dot < 12 ? str_cut(s, dot - 1) : (str){0};
    return arena_join(a, str_head(s, LIMIT_MAIL_NAME - ending.n), ending);
}

str clean_file_name(struct arena *a, str s)
{
    s = base_name(line(a, s, false));
    char *p = make(a, char, s.n + 1);
    for (isize i = 0; i < s.n; i++)
        p[i] = memchr("<>:\"|?*", s.p[i], 7) != NULL ? '_' : s.p[i];
    s = (str){p, s.n};
    while (s.n > 0 && (s.p[0] == '.' || s.p[0] == ' '))
        s = str_cut(s, 1);
    while (s.n > 0 && (s.p[s.n - 1] == '.' || s.p[s.n - 1] == ' '))
        s.n--;
    return shorten(a, s);
}
