// SPDX-License-Identifier: GPL-3.0-or-later
// Memory that dies all at once.  One arena per request, per job run, per mail.
//
// An arena reserves its whole address range at birth, so a pointer into it never moves and
// "free" is one assignment.  There is no NULL to check: an exhausted arena is a missing
// input limit, i.e. a bug, and stops the process.
#pragma once

#include "base/base.h"

struct arena {
    char *base, *at, *end;
    char *dirty;    // everything from here on is still zero
};

struct arena arena_new(isize reserve);
void arena_reset(struct arena *a);
void arena_free(struct arena *a);

// What was taken since the mark may be taken again by the next piece of the same work; it stays
// readable until then.  A copy of the struct, put back, would do worse: it forgets how far the
// arena was written, and make() would give what is not zero.
char *arena_mark(const struct arena *a);
void arena_back(struct arena *a, char *mark);

// Zeroed memory for n things of size bytes each.  Use make() instead.
void *arena_alloc(struct arena *a, isize size, isize align, isize n)
    __attribute__((malloc, returns_nonnull, alloc_size(2, 4), alloc_align(3)));

// n bytes that hold anything: for what is written at once.
char *arena_room(struct arena *a, isize n)
    __attribute__((malloc, returns_nonnull, alloc_size(2)));

#define make(a, type, n) ((type *)arena_alloc(a, sizeof(type), _Alignof(type), n))

str arena_str(struct arena *a, str s);
const char *arena_z(struct arena *a, str s);    // NUL-terminated, for libc and libraries
str arena_join(struct arena *a, str x, str y);
str arena_lower(struct arena *a, str s);    // ASCII letters only
str arena_fmt(struct arena *a, const char *fmt, ...)
    __attribute__((nonnull(1, 2), format(printf, 2, 3)));
str arena_vfmt(struct arena *a, const char *fmt, va_list ap)
    __attribute__((nonnull(1, 2), format(printf, 2, 0)));
