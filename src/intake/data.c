// SPDX-License-Identifier: GPL-3.0-or-later
#include "intake/data.h"

struct data data_new(bool dots, void (*put)(void *, str), void *to)
{
    return (struct data){.dots = dots, .start = DATA_STRICT, .put = put, .to = to};
}

static void end_line(struct data *d, enum data_start how)
{
    if (d->dot == DATA_STRICT && how == DATA_STRICT) {
        d->end = true;    // D1
        return;
    }
    if (d->dot != DATA_INSIDE) {
        d->odd = true;    // D2
        d->put(d->to, S("."));
    }
    d->put(d->to, S("\r\n"));
    d->dot = DATA_INSIDE;
    d->start = how;
}

// The CRs held back were bare ones: each ends a line.
static void end_bare(struct data *d)
{
    for (; d->cr > 0; d->cr--)
        end_line(d, DATA_LOOSE);
}

static void line_feed(struct data *d)
{
    enum data_start how = d->cr == 1 ? DATA_STRICT : DATA_LOOSE;
    d->cr = 0;
    end_line(d, how);
}

// Characters without CR and LF.
static void text(struct data *d, str s)
{
    end_bare(d);
    if (d->start != DATA_INSIDE && d->dots && s.p[0] == '.') {
        d->dot = d->start;
        d->start = DATA_INSIDE;
        s = str_cut(s, 1);
        if (s.n == 0)
            return;
    }
    if (d->dot == DATA_LOOSE)
        d->put(d->to, S("."));    // D4: nobody put this one there for us to take off
    d->dot = DATA_INSIDE;
    d->start = DATA_INSIDE;
    d->put(d->to, s);
}

// How many bytes are whole lines that end with CR LF and begin with no dot: nearly all of a mail,
// and they pass as they are.
static isize plain_lines(const struct data *d, str s)
{
    isize n = 0;
    while (d->start == DATA_STRICT && d->cr == 0 && n < s.n && s.p[n] != '.') {
        const char *from = s.p + n, *lf = memchr(from, '\n', (size_t)(s.n - n));
        if (lf == NULL || lf == from || lf[-1] != '\r'
            || memchr(from, '\r', (size_t)(lf - from - 1)) != NULL)
            return n;
        n = lf + 1 - s.p;
    }
    return n;
}

isize data_feed(struct data *d, str bytes)
{
    isize i = 0;
    while (i < bytes.n && !d->end) {
        isize plain = plain_lines(d, str_cut(bytes, i));
        if (plain > 0) {
            d->put(d->to, (str){bytes.p + i, plain});
            i += plain;
            continue;
        }
        char c = bytes.p[i];
        isize from = i++;
        if (c == '\r') {
            d->cr++;
            continue;
        }
        if (c == '\n') {
            line_feed(d);
            continue;
        }
        while (i < bytes.n && bytes.p[i] != '\r' && bytes.p[i] != '\n')
            i++;
        text(d, (str){bytes.p + from, i - from});
    }
    return i;
}

void data_finish(struct data *d)
{
    end_bare(d);
    if (d->start == DATA_INSIDE)
        end_line(d, DATA_LOOSE);
}
