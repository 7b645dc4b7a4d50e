// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/web.h"

#include "app/features.h"
#include "base/io.h"
#include "base/secret.h"
#include "web/error.h"
#include "web/guard.h"

struct visit {
    struct world *w;
    const struct route *const *tables;
    struct ctx *cx;
    struct exchange x;
    struct request rq;
    struct reply rp;
};

static struct field *fields(struct arena *a, str s)
{
    struct field *first = NULL, **last = &first;
    while (s.n > 0) {
        str value = str_token(&s, '&');
        str name = str_token(&value, '=');
        *last = make(a, struct field, 1);
        (*last)->name = http_decode(a, name, true);
        (*last)->value = http_decode(a, value, true);
        last = &(*last)->next;
    }
    return first;
}

// The exchange's arena and the ctx's are one, as in a server: w->arena lies in v->x until
// visit_end().
static void visit_start(struct visit *v, struct world *w, int person, enum method method,
                        const char *url)
{
    *v = (struct visit){
        .w = w, .tables = feature_routes, .cx = person > 0 ? begin_as(w, person) : begin(w)};
    struct arena *a = &v->x.arena;
    *a = w->arena;
    v->cx->arena = a;
    v->cx->lang = w->lang;
    if (person == 0)
        v->cx->who = (struct who){.tenant = v->cx->who.tenant, .see = SEE_OWN};
    str query = str_from_z(url);
    v->x.method = method;
    v->x.path = str_token(&query, '?');
    v->x.query = fields(a, query);
    v->rq = (struct request){.x = &v->x, .csrf = S("token")};
    v->rq.viewer = person > 0 ? S("Somebody") : S("");
    v->rp = (struct reply){.x = &v->x};
}

static struct seen visit_end(struct visit *v)
{
    struct seen s = {.status = v->rp.status};
    if (v->rp.body != NULL)
        s.page = keep(v->w, buf_str(v->rp.body));
    if (v->rp.type != NULL)
        s.type = keep(v->w, str_from_z(v->rp.type));
    for (const struct field *f = v->x.headers; f != NULL; f = f->next) {
        if (str_eq(f->name, S("Location")))
            s.to = keep(v->w, f->value);
        if (str_eq(f->name, S("Content-Disposition")))
            s.saved_as = keep(v->w, f->value);
    }
    v->w->arena = v->x.arena;
    v->cx->arena = &v->w->arena;
    return s;
}

static void only_read(struct visit *v, bool on)
{
    if (!db_is_postgres(v->w->db))
        check(db_script(v->cx, on ? "pragma query_only = on" : "pragma query_only = off")
              == OK);
    else if (on)
        check(db_script(v->cx, "set transaction read only") == OK);
}

static enum err read_by(struct visit *v, handler *run)    // O2
{
    only_read(v, true);
    enum err err = guard_permit(v->cx, &v->rq);
    if (err == OK)
        err = run(v->cx, &v->rq, &v->rp);
    db_rollback(v->cx);
    only_read(v, false);
    return err;
}

static enum err write_inside(struct visit *v)
{
    enum err err = guard_permit(v->cx, &v->rq);
    return err == OK ? v->rq.route->run(v->cx, &v->rq, &v->rp) : err;
}

// O4: as if the first commit had met a lock.
static enum err write_again(struct visit *v)
{
    db_rollback(v->cx);
    ctx_forgive(v->cx);
    v->cx->events = NULL;
    TRY(db_begin(v->cx));
    return write_inside(v);
}

static enum err write_by(struct visit *v)
{
    const struct route *r = v->rq.route;
    enum err err = guard_permit(v->cx, &v->rq);
    if (err == OK && r->prepare != NULL)
        err = r->prepare(v->cx, &v->rq, &v->rp);
    if (err == OK)
        err = write_inside(v);
    bool again = err == OK || err == ERR_BUSY || err == ERR_STALE;
    if (again && !db_is_postgres(v->w->db))
        err = write_again(v);
    if (err == OK)
        return db_commit(v->cx);
    db_rollback(v->cx);
    if ((err != ERR_INVALID && err != ERR_STALE) || r->form == NULL)
        return err;
    int status = err == ERR_STALE ? 409 : 422;
    v->rq.again = true;
    TRY(db_begin(v->cx));
    TRY(read_by(v, r->form));
    v->rp.status = status;
    return OK;
}

static struct seen run(struct visit *v)
{
    bool allowed;
    v->rq.route =
        route_find(v->tables, v->x.method, v->x.path, &v->x.arena, v->rq.param, &allowed);
    if (v->rq.route == NULL) {
        db_rollback(v->cx);
        error_status(v->cx, &v->rq, &v->rp, allowed ? 405 : 404);
        return visit_end(v);
    }
    enum err err = v->x.method == GET ? read_by(v, v->rq.route->run) : write_by(v);
    if (err == ERR_BROKEN || err == ERR_BUSY)
        fprintf(stderr, STR_FMT ": " STR_FMT "\n", STR_ARG(v->x.path),
                STR_ARG(v->cx->detail.en));
    if (err != OK)
        error_reply(v->cx, &v->rq, &v->rp, err);
    return visit_end(v);
}

struct seen web_get(struct world *w, int person, const char *url)
{
    struct visit v;
    visit_start(&v, w, person, GET, url);
    return run(&v);
}

struct seen web_post(struct world *w, int person, const char *url, const char *form)
{
    struct visit v;
    visit_start(&v, w, person, POST, url);
    v.x.form = fields(&v.x.arena, str_from_z(form));
    return run(&v);
}

// A file as it lies in the upload folder when a handler begins.
static struct upload *upload(struct ctx *cx, const char *field, const char *name, str bytes)
{
    struct upload *u = make(cx->arena, struct upload, 1);
    int fd = -1;
    *u = (struct upload){.field = str_from_z(field),
                         .name = str_from_z(name),
                         .type = S("text/plain"),
                         .path = arena_fmt(cx->arena, STR_FMT "/" STR_FMT, STR_ARG(cx->data_dir),
                                           STR_ARG(secret_token(cx->arena))),
                         .size = bytes.n,
                         .sha256 = secret_hash(cx->arena, bytes)};
    check(io_create(cx, u->path, &fd) == OK && io_write(cx, fd, bytes) == OK);
    check(io_close_synced(cx, fd) == OK);
    return u;
}

struct seen web_upload(struct world *w, int person, const char *url, const char *form,
                       const char *field, const char *name, str bytes)
{
    struct visit v;
    visit_start(&v, w, person, POST, url);
    v.x.type = S("multipart/form-data");
    v.x.form = fields(&v.x.arena, str_from_z(form));
    v.x.uploads = upload(v.cx, field, name, bytes);
    return run(&v);
}

struct seen web_json(struct world *w, int person, enum method method, const char *url, str body)
{
    return web_json_if(w, person, method, url, body, "");
}

struct seen web_json_if(struct world *w, int person, enum method method, const char *url,
                        str body, const char *if_match)
{
    struct visit v;
    struct field header = {.name = S("If-Match"), .value = str_from_z(if_match)};
    visit_start(&v, w, person, method, url);
    v.x.given = header.value.n > 0 ? &header : NULL;
    v.x.type = S("application/json");
    v.x.body = body;
    v.rq.by_token = true;
    return run(&v);
}

struct seen web_route(struct world *w, int person, const struct route *route, const char *url,
                      const char *form)
{
    struct visit v;
    const struct route table[] = {*route, {0}};
    const struct route *const tables[] = {table, NULL};
    visit_start(&v, w, person, route->method, url);
    v.tables = tables;
    v.x.form = form == NULL ? NULL : fields(&v.x.arena, str_from_z(form));
    return run(&v);
}

bool web_shows(const struct seen *s, const char *text)
{
    if (str_find(s->page, str_from_z(text)) >= 0)
        return true;
    fprintf(stderr, "status %d, and not on the page: %s\n", s->status, text);
    return false;
}
