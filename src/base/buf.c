// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/buf.h"

#include <stdarg.h>

struct buf buf_new(struct arena *a, isize expected)
{
    return (struct buf){a, arena_room(a, expected), 0, expected};
}

void buf_grow(struct buf *b, isize more)
{
    if (more <= b->cap - b->n)
        return;
    isize cap = b->cap * 2 > b->n + more ? b->cap * 2 : b->n + more + 64;
    char *p = arena_room(b->arena, cap);
    if (b->n > 0)
        memcpy(p, b->p, (size_t)b->n);
    b->p = p;
    b->cap = cap;
}

void buf_int(struct buf *b, int64_t n)
{
    char digits[20];
    isize i = countof(digits);
    uint64_t u = n < 0 ? -(uint64_t)n : (uint64_t)n;
    do {
        digits[--i] = (char)('0' + u % 10);
        u /= 10;
    } while (u > 0);
    if (n < 0)
        buf_char(b, '-');
    buf_put(b, (str){digits + i, countof(digits) - i});
}

void buf_fmt(struct buf *b, const char *fmt, ...)
{
    va_list ap, again;
    va_start(ap, fmt);
    va_copy(again, ap);
    isize room = b->cap - b->n;
    int n = vsnprintf(b->p + b->n, (size_t)room, fmt, ap);
    if (n < 0)
        abort();
    if (n >= room) {
        buf_grow(b, n + 1);
        vsnprintf(b->p + b->n, (size_t)n + 1, fmt, again);
    }
    va_end(again);
    va_end(ap);
    b->n += n;
}
