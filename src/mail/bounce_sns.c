// SPDX-License-Identifier: GPL-3.0-or-later
#include "mail/bounce_sns.h"

#include "base/buf.h"

enum { LOOK_AT = 600 };

str bounce_sns_kind(str text)
{
    str head = str_head(text, LOOK_AT), key = S("notificationType");
    isize i = str_starts(str_trim(head), S("{")) ? str_find(head, key) : -1;
    str rest = i < 0 ? S("") : str_cut(head, i + key.n);
    while (rest.n > 0 && memchr("\\\": ", rest.p[0], 4) != NULL)
        rest = str_cut(rest, 1);
    isize n = 0;
    while (n < rest.n && rest.p[n] != '"' && rest.p[n] != '\\')
        n++;
    return (str){rest.p, n};
}

static void put_without_backslashes(struct buf *b, str line)
{
    for (isize i = 0; i < line.n; i++)
        if (line.p[i] != '\\')
            buf_char(b, line.p[i]);
}

str bounce_sns_plain(struct arena *a, str text)
{
    struct buf b = buf_new(a, text.n + 1);
    if (bounce_sns_kind(text).n == 0)
        return S("");
    while (text.n > 0) {
        str line = str_token(&text, '\n');
        bool cut = str_ends(line, S("!"));
        put_without_backslashes(&b, cut ? (str){line.p, line.n - 1} : line);
        if (cut && text.n > 0 && text.p[0] == ' ')
            text = str_cut(text, 1);
    }
    return buf_str(&b);
}

// The string behind "name": in s; empty if there is none.
static str value_of(struct arena *a, str s, const char *name)
{
    str key = arena_fmt(a, "\"%s\":\"", name);
    isize i = str_find(s, key);
    if (i < 0)
        return S("");
    str rest = str_cut(s, i + key.n);
    isize end = str_find(rest, S("\""));
    return end < 0 ? S("") : (str){rest.p, end};
}

static str without_type(str s)    // "smtp; 550 ..."
{
    str rest = s;
    str_token(&rest, ';');
    return rest.n > 0 ? str_trim(rest) : s;
}

// S2
static bool delivered(struct arena *a, str *s, struct bounce_sns *out)
{
    isize i = str_find(*s, S("\"delivery\":{"));
    str rest = i < 0 ? S("") : str_cut(*s, i), said = value_of(a, rest, "smtpResponse");
    isize list = str_find(rest, S("\"recipients\":[\""));
    if (list < 0)
        return false;
    rest = str_cut(rest, list + 15);
    *out = (struct bounce_sns){str_token(&rest, '"'), S("delivered"), S(""), said};
    *s = S("");
    return true;
}

bool bounce_sns_next(struct arena *a, str *s, struct bounce_sns *out)    // S1
{
    isize i = str_find(*s, S("{\"emailAddress\":"));
    if (i < 0)
        return delivered(a, s, out);
    str rest = str_cut(*s, i);
    isize end = str_find(rest, S("}"));
    str object = {rest.p, end < 0 ? rest.n : end};
    *s = str_cut(rest, object.n);
    *out = (struct bounce_sns){value_of(a, object, "emailAddress"),
                               value_of(a, object, "action"), value_of(a, object, "status"),
                               without_type(value_of(a, object, "diagnosticCode"))};
    return true;
}
