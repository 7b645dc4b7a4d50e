// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/arena.h"

#include <limits.h>
#include <stdarg.h>
#include <sys/mman.h>

enum { KEEP = 1 << 20 };    // pages up to here stay with the arena when it is reset

struct arena arena_new(isize reserve)
{
    void *p = mmap(NULL, (size_t)reserve, PROT_READ | PROT_WRITE,
                   MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (p == MAP_FAILED)
        abort();
    return (struct arena){p, p, (char *)p + reserve, p};
}

void arena_free(struct arena *a)
{
    munmap(a->base, (size_t)(a->end - a->base));
    *a = (struct arena){0};
}

// Giving every page back would cost a fault per page of the next request; giving none back
// would let one big request fatten the worker for ever.
void arena_reset(struct arena *a)
{
    char *high = a->at > a->dirty ? a->at : a->dirty;
    if (high > a->base + KEEP) {
        madvise(a->base + KEEP, (size_t)(high - a->base - KEEP), MADV_DONTNEED);
        high = a->base + KEEP;
    }
    a->dirty = high;
    a->at = a->base;
}

char *arena_mark(const struct arena *a)
{
    return a->at;
}

void arena_back(struct arena *a, char *mark)
{
    a->dirty = a->at > a->dirty ? a->at : a->dirty;
    a->at = mark;
}

void *arena_alloc(struct arena *a, isize size, isize align, isize n)
{
    isize pad = (isize)(-(uintptr_t)a->at & (uintptr_t)(align - 1));
    if (n < 0 || n > (a->end - a->at - pad) / size)
        abort();
    char *p = a->at + pad;
    a->at = p + size * n;
    if (p < a->dirty)
        memset(p, 0, (size_t)((a->at < a->dirty ? a->at : a->dirty) - p));
    return p;
}

char *arena_room(struct arena *a, isize n)
{
    if (n < 0 || n > a->end - a->at)
        abort();
    char *p = a->at;
    a->at += n;
    return p;
}

str arena_str(struct arena *a, str s)
{
    if (s.n == 0)
        return (str){0};
    char *p = arena_room(a, s.n);
    memcpy(p, s.p, (size_t)s.n);
    return (str){p, s.n};
}

const char *arena_z(struct arena *a, str s)
{
    char *p = make(a, char, s.n + 1);
    if (s.n > 0)
        memcpy(p, s.p, (size_t)s.n);
    return p;
}

str arena_join(struct arena *a, str x, str y)
{
    char *p = make(a, char, x.n + y.n + 1);
    if (x.n > 0)
        memcpy(p, x.p, (size_t)x.n);
    if (y.n > 0)
        memcpy(p + x.n, y.p, (size_t)y.n);
    return (str){p, x.n + y.n};
}

str arena_lower(struct arena *a, str s)
{
    char *p = make(a, char, s.n + 1);
    for (isize i = 0; i < s.n; i++)
        p[i] = s.p[i] >= 'A' && s.p[i] <= 'Z' ? (char)(s.p[i] + 32) : s.p[i];
    return (str){p, s.n};
}

str arena_vfmt(struct arena *a, const char *fmt, va_list ap)
{
    isize room = a->end - a->at < INT_MAX ? a->end - a->at : INT_MAX;
    int n = vsnprintf(a->at, (size_t)room, fmt, ap);
    if (n < 0 || n >= room)
        abort();
    return (str){arena_room(a, n + 1), n};
}

str arena_fmt(struct arena *a, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    str s = arena_vfmt(a, fmt, ap);
    va_end(ap);
    return s;
}
