// SPDX-License-Identifier: GPL-3.0-or-later
#include "flow/csv.h"

static str without_doubles(struct arena *a, str s)
{
    if (str_find(s, S("\"\"")) < 0)
        return s;
    char *p = make(a, char, s.n);
    isize n = 0;
    for (isize i = 0; i < s.n; i++) {
        p[n++] = s.p[i];
        i += s.p[i] == '"';
    }
    return (str){p, n};
}

// The text within quotes; *rest begins behind the closing one.
static str quoted(struct arena *a, str *rest)
{
    str s = str_cut(*rest, 1);
    isize i = 0;
    while (i < s.n && (s.p[i] != '"' || (i + 1 < s.n && s.p[i + 1] == '"')))
        i += s.p[i] == '"' ? 2 : 1;
    i = (isize)int_min(i, s.n);
    *rest = str_cut(s, i + 1);
    return without_doubles(a, (str){s.p, i});
}

static str plain(str *rest)
{
    isize i = 0;
    while (i < rest->n && rest->p[i] != ',' && rest->p[i] != '\n')
        i++;
    str s = {rest->p, i};
    *rest = str_cut(*rest, i);
    if (s.n > 0 && s.p[s.n - 1] == '\r')
        s.n--;
    return s;
}

isize csv_record(struct arena *a, str *rest, str *field, isize most)
{
    for (isize n = 1;; n++) {
        bool in_quotes = rest->n > 0 && rest->p[0] == '"';
        str s = in_quotes ? quoted(a, rest) : plain(rest);
        if (in_quotes)
            plain(rest);    // what follows a closing quote belongs to nobody
        if (n <= most)
            field[n - 1] = s;
        bool goes_on = rest->n > 0 && rest->p[0] == ',';
        *rest = str_cut(*rest, 1);
        if (!goes_on)
            return n;
    }
}
