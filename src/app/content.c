// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/content.h"

#include "base/buf.h"
#include "base/log.h"
#include "base/now.h"
#include "http/http.h"
#include "original/original.h"

enum { THREADS = 2 };

struct content {
    struct pool *pool;
    struct db_place place;
    struct http *http;
};

// The frame has no scripts, so nobody can measure it: it scrolls inside.  Colours of paper,
// because mails are written for it.
static const char head[] =
    "<!doctype html><html><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
    "content=\"width=device-width\"><title>Mail</title><style>html{background:#fff;color:#000;"
    "color-scheme:light}body{margin:12px;font:15px/1.45 system-ui,sans-serif;overflow-wrap:"
    "anywhere}img{max-width:100%;height:auto}table{max-width:100%}pre{white-space:pre-wrap}"
    "</style></head><body>";

// C2.  Links open windows of their own; those are no longer bound to this sandbox.
static void set_headers(struct exchange *x)
{
    str host = http_header(x, "Host");
    for (isize i = 0; i < host.n; i++)
        if (memchr(" ;,'\"\\", host.p[i], 6) != NULL)
            host.n = 0;
    http_set_header(
        x, "Content-Security-Policy",
        arena_fmt(&x->arena,
                  "sandbox allow-popups allow-popups-to-escape-sandbox; default-src "
                  "'none'; img-src 'self' " STR_FMT "; style-src 'unsafe-inline'; "
                  "base-uri 'none'; form-action 'none'",
                  STR_ARG(host)));
    http_set_header(x, "X-Content-Type-Options", S("nosniff"));
    http_set_header(x, "Referrer-Policy", S("no-referrer"));
    http_set_header(x, "Cross-Origin-Resource-Policy",
                    S("cross-origin"));    // the frame has none
    http_set_header(x, "Permissions-Policy", S("camera=(), microphone=(), geolocation=()"));
    http_set_header(x, "Cache-Control", S("no-store"));
}

static enum err answer(struct ctx *cx, struct exchange *x)
{
    struct original_key key;
    struct html_result html;
    str type = S("text/html; charset=utf-8");
    TRY(original_open(cx, str_cut(x->path, 1), &key));
    if (key.kind == ORIGINAL_PICTURE) {
        TRY(original_picture(cx, &key, &type, &x->reply));
    } else {
        TRY(original_html(cx, key.message, S("/"), &html));
        x->reply = arena_join(cx->arena, str_from_z(head), html.html);
    }
    x->reply_type = arena_z(cx->arena, type);
    x->status = 200;
    return OK;
}

static void refuse(struct exchange *x, int status)
{
    x->status = status;
    x->reply_type = "text/plain; charset=utf-8";
    x->reply = S("Not there. / Nicht da.\n");
}

static void handle(void *arg, struct exchange *x)
{
    struct content *c = arg;
    struct reader *r = x->refused == 0 && x->method == GET ? pool_take(c->pool) : NULL;
    if (r == NULL) {
        refuse(x, x->refused != 0 ? x->refused : x->method != GET ? 405 : 503);
    } else {
        struct ctx cx = {.arena = &x->arena,
                         .now = now_utc(),
                         .lang = LANG_DE,
                         .data_dir = c->place.dir,
                         .db = r->db};
        enum err err = db_begin(&cx);
        if (err == OK)
            err = answer(&cx, x);
        db_rollback(&cx);
        pool_give(c->pool, r);
        if (err != OK)
            refuse(x, err == ERR_BUSY ? 503 : 404);    // C3
    }
    set_headers(x);
    http_answer(x);
}

static void over(void *arg, struct exchange *x)
{
    (void)arg;
    log_line(LOG_INFO, "content status=%d bytes=%lld", x->status, (long long)x->reply.n);
}

enum err content_start(struct ctx *cx, str listen, struct pool *pool, struct db_place place,
                       str upload_dir, struct content **out)
{
    struct content *c = calloc(1, sizeof *c);
    if (c == NULL)
        abort();
    *c = (struct content){.pool = pool, .place = place};
    struct http_config config = {.listen = listen,
                                 .threads = THREADS,
                                 .upload_dir = upload_dir,
                                 .handle = handle,
                                 .over = over,
                                 .arg = c};
    enum err err = http_start(cx, &config, &c->http);
    if (err != OK) {
        free(c);
        return err;
    }
    *out = c;
    return OK;
}

int content_port(const struct content *c)
{
    return http_port(c->http);
}

void content_stop(struct content *c)
{
    http_stop(c->http);
    free(c);
}
