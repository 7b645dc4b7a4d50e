// SPDX-License-Identifier: GPL-3.0-or-later
#include "mail/flowed.h"

#include "base/buf.h"

static isize quote_depth(str line)
{
    isize n = 0;
    while (n < line.n && line.p[n] == '>')
        n++;
    return n;
}

static str without_stuffing(str s)
{
    return s.n > 0 && s.p[0] == ' ' ? str_cut(s, 1) : s;
}

static void put_quotes(struct buf *b, isize depth)
{
    for (isize i = 0; i < depth; i++)
        buf_char(b, '>');
    if (depth > 0)
        buf_char(b, ' ');
}

str flowed_unfold(struct arena *a, str text, bool delete_space)
{
    struct buf b = buf_new(a, text.n + text.n / 8 + 16);
    isize open = -1;    // depth of the paragraph that is not at its end, or -1
    while (text.n > 0) {
        str line = str_token(&text, '\n');
        isize depth = quote_depth(line);
        str s = without_stuffing(str_cut(line, depth));
        bool is_signature = str_eq(s, S("-- "));
        if (open >= 0 && (depth != open || is_signature || s.n == 0)) {
            buf_char(&b, '\n');    // the other side forgot to end its paragraph
            open = -1;
        }
        if (open < 0)
            put_quotes(&b, depth);
        bool goes_on = s.n > 0 && s.p[s.n - 1] == ' ' && !is_signature;
        buf_put(&b, goes_on && delete_space ? (str){s.p, s.n - 1} : s);
        open = goes_on ? depth : -1;
        if (!goes_on)
            buf_char(&b, '\n');
    }
    return buf_str(&b);
}
