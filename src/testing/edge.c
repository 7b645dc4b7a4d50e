// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/edge.h"

#include "app/features.h"
#include "base/io.h"
#include "base/now.h"
#include "base/secret.h"
#include "testing/dial.h"

void edge_open(struct world *w, struct edge *e)
{
    *e = (struct edge){.w = w};
    w->now = now_utc();
}

str edge_session(struct edge *e, int person)
{
    str token = {0};
    struct ctx *cx = begin(e->w);
    check(access_start(cx, (person_id){person}, &token) == OK);
    token = keep(e->w, token);
    check(end(e->w, OK) == OK);
    return token;
}

// The writer takes the world's connection; edge_close() gives the world another one.
void edge_serve(struct edge *e)
{
    struct world *w = e->w;
    struct ctx cx = {.arena = &w->arena};
    struct writer_config wc = {.place = &w->place, .threads = 1};
    check(writer_start_on(&cx, &wc, w->db, &e->writer) == OK);
    w->db = NULL;
    check(pool_open(&cx, &w->place, 4, &e->pool) == OK);
    struct site_config config = {.routes = feature_routes,
                                 .assets = web_assets,
                                 .pool = e->pool,
                                 .writer = e->writer,
                                 .place = w->place,
                                 .upload_dir = w->place.dir,
                                 .listen = S("127.0.0.1:0"),
                                 .threads = 2,
                                 .quiet = true,
                                 .keeps_mail = true};
    check(site_start(&cx, &config, &e->site) == OK);
}

void edge_close(struct edge *e)
{
    struct ctx cx = {.arena = &e->w->arena};
    site_stop(e->site);
    pool_close(e->pool);
    writer_stop(e->writer);
    check(db_open(&cx, &e->w->place, DB_WRITER, &e->w->db) == OK);
}

void edge_forget(struct edge *e)
{
    arena_reset(&e->w->arena);
}

str edge_csrf(struct edge *e, str session)
{
    struct arena *a = &e->w->arena;
    return keep(e->w, secret_base32(a, secret_mac(a, session, "form", S(""))));
}

static void put_cookies(struct buf *b, const struct edge_ask *q)
{
    if (q->session.n > 0 || q->visitor.n > 0)
        buf_fmt(b, "Cookie: %s=" STR_FMT "\r\n", q->session.n > 0 ? "staffel" : "visitor",
                STR_ARG(q->session.n > 0 ? q->session : q->visitor));
    if (q->bearer.n > 0)
        buf_fmt(b, "Authorization: Bearer " STR_FMT "\r\n", STR_ARG(q->bearer));
}

// `more`: what else the head of the part says.
static void put_part(struct buf *b, str name, const char *more, str value)
{
    buf_fmt(b,
            "--grenze\r\nContent-Disposition: form-data; name=\"" STR_FMT "\"%s\r\n\r\n" STR_FMT
            "\r\n",
            STR_ARG(name), more, STR_ARG(value));
}

// As a browser sends a form with a file.
static str parts_of(struct arena *a, const struct edge_ask *q)
{
    struct buf b = buf_new(a, 1000);
    put_part(&b, S("csrf"), "", q->csrf);
    for (str rest = str_from_z(q->form); rest.n > 0;) {
        str value = str_token(&rest, '&'), name = str_token(&value, '=');
        put_part(&b, name, "", value);
    }
    put_part(&b, S("datei"), "; filename=\"a.txt\"\r\nContent-Type: text/plain",
             str_from_z(q->file));
    buf_put(&b, S("--grenze--\r\n"));
    return buf_str(&b);
}

static const char *type_of(const struct edge_ask *q)
{
    return q->json != NULL   ? "application/json"
           : q->file != NULL ? "multipart/form-data; boundary=grenze"
                             : "application/x-www-form-urlencoded";
}

static str body_of(struct arena *a, const struct edge_ask *q)
{
    if (q->file != NULL)
        return parts_of(a, q);
    if (q->json != NULL)
        return str_from_z(q->json);
    if (q->form == NULL)
        return (str){0};
    return q->csrf.n > 0 ? arena_fmt(a, "csrf=" STR_FMT "&%s", STR_ARG(q->csrf), q->form)
                         : str_from_z(q->form);
}

static str request_of(struct edge *e, const struct edge_ask *q)
{
    struct arena *a = &e->w->arena;
    struct buf b = buf_new(a, 1000);
    str body = body_of(a, q);
    int n = ++e->asked;
    buf_fmt(&b, "%s %s HTTP/1.1\r\nHost: localhost:8080\r\nConnection: close\r\n",
            q->method == NULL ? "GET" : q->method, q->path);
    if (q->from != NULL)
        buf_fmt(&b, "X-Forwarded-For: %s\r\n", q->from);
    else
        buf_fmt(&b, "X-Forwarded-For: 10.%d.%d.1\r\n", n >> 8 & 255, n & 255);
    put_cookies(&b, q);
    if (q->csrf.n > 0 && q->json != NULL)
        buf_fmt(&b, "X-Csrf-Token: " STR_FMT "\r\n", STR_ARG(q->csrf));
    if (q->json != NULL || q->form != NULL)
        buf_fmt(&b, "Content-Type: %s\r\nContent-Length: %td\r\n", type_of(q), body.n);
    buf_put(&b, str_from_z(q->headers == NULL ? "" : q->headers));
    buf_put(&b, S("\r\n"));
    buf_put(&b, body);
    return buf_str(&b);
}

static str header_in(str head, str name)
{
    while (head.n > 0) {
        str line = str_token(&head, '\n');
        str field = str_token(&line, ':');
        if (str_eq_nocase(field, name))
            return str_trim(line);
    }
    return (str){0};
}

struct edge_answer edge_ask(struct edge *e, const struct edge_ask *q)
{
    struct dial d;
    struct edge_answer answer = {0};
    check(dial_open(&d, site_port(e->site)));
    dial_say(&d, request_of(e, q));
    str all = dial_rest(&d, &e->w->arena);
    dial_close(&d);
    isize end = str_find(all, S("\r\n\r\n"));
    int64_t status = 0;
    if (end < 0 || !str_to_int(str_head(str_cut(all, 9), 3), &status))
        return answer;
    return (struct edge_answer){.status = (int)status,
                                .head = {all.p, end},
                                .body = str_cut(all, end + 4),
                                .to = header_in((str){all.p, end}, S("Location"))};
}

bool edge_has(const struct edge_answer *a, const char *text)
{
    return str_find(a->head, str_from_z(text)) >= 0 || str_find(a->body, str_from_z(text)) >= 0;
}
