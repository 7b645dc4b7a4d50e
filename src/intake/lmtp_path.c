// SPDX-License-Identifier: GPL-3.0-or-later
#include "intake/lmtp_path.h"

#include "base/limits.h"

static bool is_atext(unsigned char c)
{
    return c > 127 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
           || (c != 0 && strchr("!#$%&'*+-/=?^_`{|}~", c) != NULL);
}

static bool is_host(unsigned char c)
{
    return c > 127 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
           || c == '-' || c == '_';
}

static bool take(str *s, char c)
{
    if (s->n == 0 || s->p[0] != c)
        return false;
    *s = str_cut(*s, 1);
    return true;
}

// One or more characters of a kind, in groups that a dot divides.
static bool take_dotted(str *s, bool (*is)(unsigned char))
{
    do {
        isize n = 0;
        while (n < s->n && is((unsigned char)s->p[n]))
            n++;
        if (n == 0)
            return false;
        *s = str_cut(*s, n);
    } while (take(s, '.'));
    return true;
}

static bool take_quoted(str *s)
{
    while (s->n > 0 && s->p[0] != '"') {
        if (s->p[0] == '\\')
            *s = str_cut(*s, 1);
        if (s->n == 0 || (unsigned char)s->p[0] < ' ' || s->p[0] == 127)
            return false;
        *s = str_cut(*s, 1);
    }
    return take(s, '"');
}

static bool is_literal(unsigned char c)
{
    return c > ' ' && c < 127 && c != '[' && c != ']' && c != '\\' && c != '<' && c != '>';
}

static bool take_domain(str *s)
{
    if (!take(s, '['))
        return take_dotted(s, is_host);
    return take_dotted(s, is_literal) && take(s, ']');
}

// "@one.example,@two.example:"
static bool take_route(str *s)
{
    do {
        if (!take(s, '@') || !take_domain(s))
            return false;
    } while (take(s, ','));
    return take(s, ':');
}

static bool take_mailbox(str *s)
{
    str from = *s;
    bool local = take(s, '"') ? take_quoted(s) : take_dotted(s, is_atext);
    if (!local)
        return false;
    str word = {from.p, s->n > 0 ? s->p - from.p : from.n};
    if (take(s, '@'))
        return take_domain(s);
    return str_eq_nocase(word, S("postmaster"));    // H2
}

static bool beyond_ascii(str s)
{
    for (isize i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] > 127)
            return true;
    return false;
}

bool lmtp_path_read(str argument, struct lmtp_path *out)
{
    str s = str_trim(argument);
    if (!take(&s, '<'))
        return false;
    if (s.n > 0 && s.p[0] == '@' && !take_route(&s))
        return false;
    str from = s;
    if (s.n == 0 || (s.p[0] != '>' && !take_mailbox(&s)))
        return false;
    isize n = from.n - s.n;
    if (!take(&s, '>') || n > LIMIT_MAIL_ADDRESS || (s.n > 0 && s.p[0] != ' '))
        return false;
    str address = {from.p, n};
    if (!str_is_utf8(address))
        return false;
    *out = (struct lmtp_path){address, beyond_ascii(address), s};
    return true;
}

static bool is_value(unsigned char c)
{
    return c > ' ' && c != '=' && c != 127;
}

bool lmtp_path_parameter(str *rest, str *name, str *value)
{
    str s = str_trim(*rest);
    isize n = 0;
    while (n < s.n && is_value((unsigned char)s.p[n]))
        n++;
    if (n == 0)
        return false;
    *name = (str){s.p, n};
    *value = S("");
    s = str_cut(s, n);
    if (take(&s, '=')) {
        for (n = 0; n < s.n && is_value((unsigned char)s.p[n]);)
            n++;
        *value = (str){s.p, n};
        s = str_cut(s, n);
    }
    *rest = s;
    return s.n == 0 || s.p[0] == ' ';
}
