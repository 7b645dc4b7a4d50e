// SPDX-License-Identifier: GPL-3.0-or-later
#include "dkim/dkim_relaxed.h"

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

// Blanks are written when something follows them.
static void put_tight(struct buf *b, str s, bool in_front)
{
    bool blank = false, any = in_front;
    for (isize i = 0; i < s.n; i++) {
        if (is_blank(s.p[i]) || s.p[i] == '\r' || s.p[i] == '\n') {
            blank = true;
            continue;
        }
        if (blank && any)
            buf_char(b, ' ');
        buf_char(b, s.p[i]);
        blank = false;
        any = true;
    }
}

void dkim_relaxed_field(struct buf *b, str field)    // R1
{
    str value = field, name = str_token(&value, ':');
    bool whole = field.n >= 2 && field.p[field.n - 1] == '\n';
    while (name.n > 0 && is_blank(name.p[name.n - 1]))
        name.n--;
    for (isize i = 0; i < name.n; i++)
        buf_char(b, lower(name.p[i]));
    buf_char(b, ':');
    put_tight(b, value, false);
    if (whole)
        buf_put(b, S("\r\n"));
}

static bool is_empty(str line)
{
    for (isize i = 0; i < line.n; i++)
        if (!is_blank(line.p[i]))
            return false;
    return true;
}

void dkim_relaxed_body(struct buf *b, str body)    // R2
{
    int64_t empty = 0;
    while (body.n > 0) {
        isize end = str_find(body, S("\r\n"));
        str line = end < 0 ? body : str_head(body, end);
        body = end < 0 ? S("") : str_cut(body, end + 2);
        if (is_empty(line)) {
            empty++;    // written when something follows
            continue;
        }
        for (; empty > 0; empty--)
            buf_put(b, S("\r\n"));
        put_tight(b, line, true);    // blanks in front of a line stay one blank
        buf_put(b, S("\r\n"));
    }
}
