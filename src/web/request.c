// SPDX-License-Identifier: GPL-3.0-or-later
#include "web/request.h"

#include "web/site.h"

#include <stdarg.h>

static const struct field *find(const struct field *f, str name)
{
    for (; f != NULL; f = f->next)
        if (str_eq(f->name, name))
            return f;
    return NULL;
}

static const struct field *form_field(const struct request *rq, const char *name)
{
    const struct field *f = find(rq->x->form, str_from_z(name));
    return f != NULL ? f : find(rq->x->query, str_from_z(name));
}

str form_text(const struct request *rq, const char *name)
{
    const struct field *f = form_field(rq, name);
    return f == NULL ? (str){0} : str_trim(f->value);
}

int64_t form_int(const struct request *rq, const char *name, int64_t otherwise)
{
    int64_t n = otherwise;
    return str_to_int(form_text(rq, name), &n) ? n : otherwise;
}

bool form_has(const struct request *rq, const char *name)
{
    return form_field(rq, name) != NULL;
}

str path_text(const struct request *rq, int nth)
{
    return rq->param[nth];
}

int64_t path_int(const struct request *rq, int nth)
{
    int64_t n = 0;
    return str_to_int(rq->param[nth], &n) ? n : 0;
}

str form_or(const struct request *rq, const char *name, str stored)
{
    return rq->again || rq->x->form != NULL ? form_text(rq, name) : stored;
}

struct page *page_begin(struct ctx *cx, struct request *rq, struct reply *rp, int status)
{
    rp->status = status;
    rp->type = "text/html; charset=utf-8";
    rp->body = make(cx->arena, struct buf, 1);
    *rp->body = buf_new(cx->arena, 32 << 10);
    rp->page = (struct page){.cx = cx, .buf = rp->body, .rq = rq};
    return &rp->page;
}

enum err see_other(struct ctx *cx, struct reply *rp, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    str where = arena_vfmt(cx->arena, fmt, ap);
    va_end(ap);
    rp->status = 303;
    http_set_header(rp->x, "Location", where);
    return OK;
}

// RFC 6266: an ASCII name for old clients, the real one percent-encoded.
static str disposition(struct arena *a, str name)
{
    struct buf plain = buf_new(a, name.n + 8), full = buf_new(a, name.n * 3 + 8);
    struct page p = {.buf = &full};
    for (isize i = 0; i < name.n; i++) {
        char c = name.p[i];
        bool fine = c >= ' ' && c < 127 && c != '"' && c != '\\' && c != '/';
        buf_char(&plain, fine ? c : '_');
    }
    page_part_str(&p, name);
    return arena_fmt(a, "attachment; filename=\"" STR_FMT "\"; filename*=UTF-8''" STR_FMT,
                     STR_ARG(buf_str(&plain)), STR_ARG(buf_str(&full)));
}

enum err reply_download(struct ctx *cx, struct reply *rp, str name, str type, str bytes)
{
    rp->status = 200;
    rp->type = arena_z(cx->arena, type);
    rp->body = make(cx->arena, struct buf, 1);
    *rp->body = (struct buf){
        .arena = cx->arena, .p = (char *)(uintptr_t)bytes.p, .n = bytes.n, .cap = bytes.n};
    http_set_header(rp->x, "Content-Disposition", disposition(cx->arena, name));
    return OK;
}

// __Host- binds a cookie to this host and to https; a desk on plain http (the demo on this
// machine) cannot have it.
void reply_cookie(struct request *rq, const char *name, str value, int64_t max_age_s)
{
    str v = arena_fmt(&rq->x->arena,
                      "%s%s=" STR_FMT "; Path=/; HttpOnly; SameSite=Strict; Max-Age=%lld%s",
                      rq->secure ? "__Host-" : "", name, STR_ARG(value), (long long)max_age_s,
                      rq->secure ? "; Secure" : "");
    http_set_header(rq->x, "Set-Cookie", v);
}
