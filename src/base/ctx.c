// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/ctx.h"

#include "base/limits.h"

#include <stdarg.h>

enum { DETAIL_MAX = 600 };

static str format(struct arena *a, const char *fmt, va_list ap) __attribute__((format(printf, 2, 0)));
static str format(struct arena *a, const char *fmt, va_list ap)
{
    char *p = make(a, char, DETAIL_MAX);
    int n = vsnprintf(p, DETAIL_MAX, fmt, ap);
    return str_head((str){p, n < 0 ? 0 : n}, DETAIL_MAX - 1);
}

enum err fail(struct ctx *cx, enum err err, const char *en, const char *de, ...)
{
    va_list ap;
    va_start(ap, de);
    cx->detail.en = format(cx->arena, en, ap);
    va_end(ap);
    va_start(ap, de);
    cx->detail.de = format(cx->arena, de, ap);
    va_end(ap);
    return err;
}

// Where the next problem goes; NULL when enough is said: a body of 60,000 wrong fields needs no
// 60,000 sentences.
static struct problem **place(struct ctx *cx)
{
    struct problem **end = &cx->problems;
    int n = 0;
    for (; *end != NULL; end = &(*end)->next)
        if (++n == LIMIT_PROBLEMS)
            return NULL;
    return end;
}

enum err invalid(struct ctx *cx, const char *field, const char *en, const char *de, ...)
{
    struct problem **end = place(cx);
    if (end == NULL)
        return ERR_INVALID;
    struct problem *p = *end = make(cx->arena, struct problem, 1);
    p->field = field;
    va_list ap;
    va_start(ap, de);
    p->text.en = format(cx->arena, en, ap);
    va_end(ap);
    va_start(ap, de);
    p->text.de = format(cx->arena, de, ap);
    va_end(ap);
    if (p == cx->problems)
        cx->detail = p->text;
    return ERR_INVALID;
}

enum err broken(struct ctx *cx, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    cx->detail.en = cx->detail.de = format(cx->arena, fmt, ap);
    va_end(ap);
    return ERR_BROKEN;
}

enum err busy(struct ctx *cx, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    cx->detail.en = cx->detail.de = format(cx->arena, fmt, ap);
    va_end(ap);
    return ERR_BUSY;
}

void ctx_keep_detail(struct ctx *cx, const struct ctx *from)
{
    cx->detail.en = arena_str(cx->arena, from->detail.en);
    cx->detail.de = arena_str(cx->arena, from->detail.de);
}

void ctx_forgive(struct ctx *cx)
{
    cx->detail = (struct words){0};
    cx->problems = NULL;
}

struct ctx ctx_quiet(const struct ctx *cx)
{
    struct ctx quiet = *cx;
    ctx_forgive(&quiet);
    return quiet;
}
