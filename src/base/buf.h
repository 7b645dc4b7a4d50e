// SPDX-License-Identifier: GPL-3.0-or-later
// Bytes being written: pages, JSON, mails.  Grows inside an arena.
#pragma once

#include "base/arena.h"

struct buf {
    struct arena *arena;
    char *p;
    isize n, cap;
};

struct buf buf_new(struct arena *a, isize expected);
void buf_grow(struct buf *b, isize more);    // makes room; buf_put calls it when needed
void buf_int(struct buf *b, int64_t n);
void buf_fmt(struct buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

static inline void buf_put(struct buf *b, str s)
{
    if (s.n > b->cap - b->n)
        buf_grow(b, s.n);
    if (s.n > 0)
        memcpy(b->p + b->n, s.p, (size_t)s.n);
    b->n += s.n;
}

static inline void buf_char(struct buf *b, char c)
{
    buf_put(b, (str){&c, 1});
}

static inline str buf_str(const struct buf *b)
{
    return (str){b->p, b->n};
}
