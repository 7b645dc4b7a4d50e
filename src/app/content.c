// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/content.h"

#include "base/buf.h"
#include "base/limits.h"
#include "base/log.h"
#include "base/now.h"
#include "http/http.h"
#include "original/original.h"
#include "outside/fetch.h"
#include "outside/picture.h"
#include "web/slow.h"

enum { THREADS = 2, FETCHERS = 4 };

struct content {
    struct content_config config;
    struct http *http;
    struct slow *slow;    // C4
};

// A picture on its way from elsewhere.
struct errand {
    const struct content *content;
    struct exchange *exchange;
    str url;
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

static void refuse(struct exchange *x, int status)
{
    x->status = status;
    x->reply_type = "text/plain; charset=utf-8";
    x->reply = S("Not there. / Nicht da.\n");
}

static void finish(struct exchange *x)
{
    set_headers(x);
    http_answer(x);
}

// --- C4 --------------------------------------------------------------------------------

static void fetch(void *arg)
{
    struct errand *e = arg;
    struct exchange *x = e->exchange;
    struct fetch_wish wish = {.url = e->url,
                              .accept = "image/png, image/jpeg, image/gif, image/webp",
                              .most = LIMIT_PICTURE_BYTES,
                              .seconds = LIMIT_PICTURE_S,
                              .seam = e->content->config.seam};
    struct picture p;
    str bytes;
    enum fetch_end end = fetch_get(&x->arena, &wish, &bytes);
    if (end == FETCH_DONE && picture_read(bytes, &p)) {
        x->reply = bytes;
        x->reply_type = p.type;
        x->status = 200;
    } else {
        refuse(x, 404);
    }
    finish(x);
}

static enum err fetch_later(struct ctx *cx, const struct content *c, struct exchange *x,
                            const struct original_key *key)
{
    struct errand *e = make(&x->arena, struct errand, 1);
    *e = (struct errand){c, x, {0}};
    TRY(original_far(cx, key, &e->url));
    x->work = e;
    return OK;
}

// --- the rest --------------------------------------------------------------------------

static enum err answer(struct ctx *cx, const struct content *c, struct exchange *x)
{
    struct original_key key;
    struct html_result html;
    str type = S("text/html; charset=utf-8");
    TRY(original_open(cx, str_cut(x->path, 1), &key));
    if (key.kind == ORIGINAL_FAR_PICTURE)
        return fetch_later(cx, c, x, &key);
    if (key.kind == ORIGINAL_PICTURE) {
        TRY(original_picture(cx, &key, &type, &x->reply));
    } else {
        TRY(original_html(cx, &key, S("/"), &html));
        x->reply = arena_join(cx->arena, str_from_z(head), html.html);
    }
    x->reply_type = arena_z(cx->arena, type);
    x->status = 200;
    return OK;
}

static enum err look(const struct content *c, struct reader *r, struct exchange *x)
{
    struct ctx cx = {.arena = &x->arena,
                     .now = now_utc(),
                     .lang = LANG_DE,
                     .data_dir = c->config.place.dir,
                     .db = r->db};
    enum err err = db_begin(&cx);
    if (err == OK)
        err = answer(&cx, c, x);
    db_rollback(&cx);
    return err;
}

static void handle(void *arg, struct exchange *x)
{
    struct content *c = arg;
    struct reader *r = x->refused == 0 && x->method == GET ? pool_take(c->config.pool) : NULL;
    if (r == NULL) {
        refuse(x, x->refused != 0 ? x->refused : x->method != GET ? 405 : 503);
    } else {
        enum err err = look(c, r, x);
        pool_give(c->config.pool, r);
        if (err != OK)
            refuse(x, err == ERR_BUSY ? 503 : 404);    // C3
        else if (x->work != NULL && slow_add(c->slow, fetch, x->work))
            return;
        else if (x->work != NULL)
            refuse(x, 503);
    }
    finish(x);
}

static void over(void *arg, struct exchange *x)
{
    (void)arg;
    log_line(LOG_INFO, "content status=%d bytes=%lld", x->status, (long long)x->reply.n);
}

enum err content_start(struct ctx *cx, const struct content_config *config,
                       struct content **out)
{
    struct content *c = calloc(1, sizeof *c);
    if (c == NULL)
        abort();
    *c = (struct content){.config = *config, .slow = slow_new(FETCHERS)};
    struct http_config http = {.listen = config->listen,
                               .threads = THREADS,
                               .upload_dir = config->upload_dir,
                               .handle = handle,
                               .over = over,
                               .arg = c};
    enum err err = http_start(cx, &http, &c->http);
    if (err != OK) {
        slow_free(c->slow);
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
    http_stop(c->http);    // waits for what is still being fetched
    slow_free(c->slow);
    free(c);
}
