// SPDX-License-Identifier: GPL-3.0-or-later
#include "web/site.h"

#include "base/limits.h"
#include "base/log.h"
#include "base/now.h"
#include "http/head.h"
#include "web/api.h"
#include "web/error.h"
#include "web/guard.h"
#include "web/live.h"
#include "web/rate.h"
#include "web/slow.h"

#include <stdatomic.h>

struct site {
    struct site_config config;
    struct http *http;
    struct live *live;
    struct rates *rates;
    struct slow *slow;
    _Atomic int64_t requests[6];
};

// One writing request on its way through prepare, the writer and the answer.
struct errand {
    struct work work;
    struct ctx cx;
    struct request rq;
    struct reply rp;
    struct exchange *x;
    struct field *headers;    // what prepare left; the work may run twice (db/writer.h, W5)
    struct request asked;
    struct reply prepared;
    struct rated rated[RATES];
    enum err why;    // the form comes back
};

static void begin(struct site *s, struct exchange *x, struct ctx *cx, struct request *rq,
                  struct reply *rp)
{
    *rq = (struct request){.x = x, .site = s, .secure = guard_is_https(x)};
    *cx = (struct ctx){.arena = &x->arena,
                       .now = now_utc(),
                       .lang = guard_wished(rq),
                       .data_dir = s->config.place.dir};
    *rp = (struct reply){.x = x};
}

static void answer(struct request *rq, struct reply *rp)
{
    struct exchange *x = rq->x;
    x->status = rp->status;
    x->reply_type = rp->type;
    x->reply = rp->body != NULL ? buf_str(rp->body) : (str){0};
    guard_headers(x, rp->type == NULL || str_starts(str_from_z(rp->type), S("text/html")),
                  rp->frame);
    http_answer(x);
}

static void answer_error(struct ctx *cx, struct request *rq, struct reply *rp, enum err err)
{
    error_reply(cx, rq, rp, err);
    answer(rq, rp);
}

// --- rates -------------------------------------------------------------------------------

static int64_t take_rate(const struct request *rq, enum rate rate)
{
    const struct site *s = rq->site;
    if (s == NULL)
        return 0;    // a test without a server
    int64_t now = now_monotonic_ms();
    str address = rq->x->address, net = head_net(&rq->x->arena, address);
    switch (rate) {
    case RATE_LOGIN: {
        str account = arena_lower(&rq->x->arena, form_text(rq, "login"));
        int64_t wait = rate_take(s->rates, "login", account, LIMIT_LOGIN_PER_ACCOUNT, 600, now);
        return int_max(wait,
                       rate_take(s->rates, "login-net", net, LIMIT_LOGIN_PER_NET, 600, now));
    }
    case RATE_PASSWORD: {
        // Who holds a session or a token and guesses the password; known only after
        // guard_identify().
        str key = rq->session.n > 0 ? rq->session : http_header(rq->x, "Authorization");
        return rate_take(s->rates, "password", key, LIMIT_LOGIN_PER_ACCOUNT, 600, now);
    }
    case RATE_KEY:
        return rate_take(s->rates, "key", rq->session, LIMIT_KEY_UPLOADS, 600, now);
    case RATE_REPORT: {
        int64_t wait =
            rate_take(s->rates, "report", address, LIMIT_REPORTS_PER_ADDRESS, 3600, now);
        return int_max(
            wait, rate_take(s->rates, "report-net", net, LIMIT_REPORTS_PER_NET, 3600, now));
    }
    case RATE_SEARCH:
        return rate_take(s->rates, "search", address, LIMIT_SEARCHES, 60, now);
    case RATE_HOOK:
        return rate_take(s->rates, "hook", address, LIMIT_HOOKS, 60, now);
    case RATE_API:
        return http_header(rq->x, "Authorization").n > 0
                   ? rate_take(s->rates, "api", http_header(rq->x, "Authorization"),
                               LIMIT_API_PER_TOKEN, 60, now)
                   : 0;
    case RATE_NONE:
    case RATES:
        return 0;
    }
    return 0;
}

// X6
int64_t site_rate(const struct request *rq, enum rate rate)
{
    struct rated *r = rq->rated;
    if (r == NULL)
        return take_rate(rq, rate);
    if (!r[rate].taken)
        r[rate] = (struct rated){true, take_rate(rq, rate)};
    return r[rate].wait;
}

static enum err check_rate(struct ctx *cx, struct request *rq, struct reply *rp)
{
    int64_t wait = site_rate(rq, rq->route->rate);
    if (wait == 0)
        return OK;
    rp->status = 429;
    http_set_header(rq->x, "Retry-After", arena_fmt(cx->arena, "%lld", (long long)wait));
    return fail(cx, ERR_DENIED, "Too often in a short time. Please wait %lld seconds.",
                guard_is_staff(cx, rq)
                    ? "Das war zu oft in kurzer Zeit. Bitte warte %lld Sekunden."
                    : "Das war zu oft in kurzer Zeit. Bitte warten Sie %lld Sekunden.",
                (long long)wait);
}

// --- reading (X1) ------------------------------------------------------------------------

static enum err read_inside(struct ctx *cx, struct request *rq, struct reply *rp)
{
    TRY(guard_identify(cx, rq));
    TRY(guard_permit(cx, rq));
    TRY(check_rate(cx, rq, rp));
    return rq->route->run(cx, rq, rp);
}

static void start_stream(struct site *s, struct ctx *cx, struct request *rq, struct reply *rp)
{
    rp->type = "text/event-stream";
    rp->status = 200;
    if (rq->x->method == HEAD)
        return;
    if (!live_add(s->live, rq->x, &cx->who, rq->session, rp->live_ticket))
        error_reply(cx, rq, rp, busy(cx, "too many live pages"));
}

static void run_reading(struct site *s, struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct reader *r = pool_take(s->config.pool);
    if (r == NULL) {
        answer_error(cx, rq, rp, busy(cx, "no database connection"));
        return;
    }
    cx->db = r->db;
    enum err err = db_begin(cx);
    if (err == OK)
        err = read_inside(cx, rq, rp);
    db_rollback(cx);
    pool_give(s->config.pool, r);
    if (err != OK)
        error_reply(cx, rq, rp, err);
    else if (rp->live)
        start_stream(s, cx, rq, rp);
    answer(rq, rp);
}

// --- writing (X2) ------------------------------------------------------------------------

// A client that repeats a request with its Idempotency-Key gets the first answer again.
static enum err write_once(struct ctx *cx, struct errand *e)
{
    bool repeated;
    TRY(api_repeated(cx, &e->rq, &e->rp, &repeated));
    if (repeated)
        return OK;
    TRY(e->rq.route->run(cx, &e->rq, &e->rp));
    return api_remember(cx, &e->rq, &e->rp);
}

static enum err write_inside(struct ctx *cx, void *arg)
{
    struct errand *e = arg;
    e->x->headers = e->headers;
    e->rq = e->asked;
    e->rp = e->prepared;
    TRY(guard_identify(cx, &e->rq));
    TRY(guard_permit(cx, &e->rq));
    TRY(guard_origin(cx, &e->rq));
    if (e->rq.session.n > 0)
        TRY(access_seen(cx, e->rq.session));
    return guard_is_api(e->x) ? write_once(cx, e) : e->rq.route->run(cx, &e->rq, &e->rp);
}

// U4: with a connection of its own, because the transaction of the refused form is undone.
static enum err show_again(struct site *s, struct errand *e)
{
    struct reader *r = pool_take(s->config.pool);
    if (r == NULL)
        return ERR_BUSY;
    e->cx.db = r->db;
    e->rq.again = true;
    enum err err = db_begin(&e->cx);
    if (err == OK)
        err = e->rq.route->form(&e->cx, &e->rq, &e->rp);
    db_rollback(&e->cx);
    pool_give(s->config.pool, r);
    e->rp.status = e->why == ERR_STALE ? 409 : 422;
    return err;
}

static void finish(struct errand *e, enum err err)
{
    if (err != OK)
        error_reply(&e->cx, &e->rq, &e->rp, err);
    answer(&e->rq, &e->rp);
}

static bool has_form(const struct errand *e, enum err err)
{
    return (err == ERR_INVALID || err == ERR_STALE) && e->rq.route->form != NULL;
}

static void form_again(void *arg)
{
    struct errand *e = arg;
    finish(e, show_again(e->rq.site, e));
}

// The one thread that writes has other things to do than pages; unless there is nobody else,
// as what was typed must not be lost.
static void written(struct ctx *cx, void *arg, enum err err)
{
    (void)cx;
    struct errand *e = arg;
    struct site *s = e->rq.site;
    e->why = err;
    if (!has_form(e, err))
        finish(e, err);
    else if (!slow_add(s->slow, form_again, e))
        form_again(e);
}

static void submit(struct errand *e)
{
    struct site *s = e->rq.site;
    e->headers = e->x->headers;
    e->asked = e->rq;
    e->prepared = e->rp;
    e->work = (struct work){.run = write_inside, .done = written, .arg = e, .cx = &e->cx};
    if (!writer_submit(s->config.writer, &e->work))
        answer_error(&e->cx, &e->rq, &e->rp, busy(&e->cx, "too many writes are waiting"));
}

static enum err prepare_inside(struct ctx *cx, struct errand *e)
{
    TRY(guard_identify(cx, &e->rq));
    TRY(guard_permit(cx, &e->rq));
    TRY(guard_origin(cx, &e->rq));    // U5
    if (e->rq.route->rate == RATE_PASSWORD)
        TRY(check_rate(cx, &e->rq, &e->rp));
    return e->rq.route->prepare(cx, &e->rq, &e->rp);
}

// Slow work (a password's hash) before the transaction, on a thread that may take its time.
static void prepare(void *arg)
{
    struct errand *e = arg;
    struct site *s = e->rq.site;
    struct reader *r = pool_take(s->config.pool);
    if (r == NULL) {
        answer_error(&e->cx, &e->rq, &e->rp, busy(&e->cx, "no database connection"));
        return;
    }
    e->cx.db = r->db;
    enum err err = db_begin(&e->cx);
    if (err == OK)
        err = prepare_inside(&e->cx, e);
    db_rollback(&e->cx);
    pool_give(s->config.pool, r);
    if (err == OK)
        submit(e);
    else
        written(&e->cx, e, err);
}

static void run_writing(struct site *s, struct exchange *x, const struct route *route,
                        const str *param)
{
    struct errand *e = make(&x->arena, struct errand, 1);
    begin(s, x, &e->cx, &e->rq, &e->rp);
    e->rq.route = route;
    memcpy(e->rq.param, param, sizeof e->rq.param);
    e->rq.rated = e->rated;
    e->x = x;
    enum err err = route->rate == RATE_PASSWORD ? OK : check_rate(&e->cx, &e->rq, &e->rp);
    if (err != OK)
        answer_error(&e->cx, &e->rq, &e->rp, err);
    else if (route->prepare == NULL)
        submit(e);
    else if (!slow_add(s->slow, prepare, e))
        answer_error(&e->cx, &e->rq, &e->rp, busy(&e->cx, "too much slow work is waiting"));
}

// --- dispatch ----------------------------------------------------------------------------

static bool serve_asset(struct site *s, struct exchange *x)
{
    for (const struct asset *a = s->config.assets; a->path != NULL; a++) {
        if (!str_eq(x->path, str_from_z(a->path)) || x->method == POST)
            continue;
        bool gzip = str_find(http_header(x, "Accept-Encoding"), S("gzip")) >= 0;
        x->status = 200;
        x->reply_type = a->type;
        x->reply = gzip ? a->gzip : a->plain;
        if (gzip)
            http_set_header(x, "Content-Encoding", S("gzip"));
        http_set_header(x, "Vary", S("Accept-Encoding"));
        http_set_header(x, "X-Content-Type-Options", S("nosniff"));
        http_set_header(x, "Cross-Origin-Resource-Policy", S("same-origin"));
        http_set_header(x, "Cache-Control", S("public, max-age=31536000, immutable"));
        http_answer(x);
        return true;
    }
    return false;
}

static void refuse(struct site *s, struct exchange *x, int status)
{
    struct ctx cx;
    struct request rq;
    struct reply rp;
    begin(s, x, &cx, &rq, &rp);
    error_status(&cx, &rq, &rp, status);
    answer(&rq, &rp);
}

static enum err is_nowhere(struct ctx *cx, struct request *rq, struct reply *rp)
{
    (void)rq;
    (void)rp;
    return db_absent(cx);
}

// A colleague who mistypes an address keeps the navigation (error.h, Z7).
static const struct route nowhere = {
    .method = GET, .path = "/w", .needs = CAN_ANYBODY, .run = is_nowhere};

static bool is_staff_page(const struct exchange *x)
{
    return x->method == GET && (str_starts(x->path, S("/w/")) || str_starts(x->path, S("/a/")));
}

static void handle(void *arg, struct exchange *x)
{
    struct site *s = arg;
    str param[PARAMS_MAX] = {0};
    bool allowed;
    if (x->refused != 0) {
        refuse(s, x, x->refused);
        return;
    }
    if (str_starts(x->path, S("/assets/")) && serve_asset(s, x))
        return;
    const struct route *route =
        route_find(s->config.routes, x->method, x->path, &x->arena, param, &allowed);
    if (route == NULL && !allowed && is_staff_page(x))
        route = &nowhere;
    if (route == NULL) {
        refuse(s, x, allowed || x->method == 0 ? 405 : 404);
        return;
    }
    if (route->method != GET) {
        run_writing(s, x, route, param);
        return;
    }
    struct ctx cx;
    struct request rq;
    struct reply rp;
    begin(s, x, &cx, &rq, &rp);
    rq.route = route;
    memcpy(rq.param, param, sizeof rq.param);
    run_reading(s, &cx, &rq, &rp);
}

// By what the session or the token opens: anybody can send a name.
static bool is_signed_in(struct site *s, struct exchange *x)
{
    struct ctx cx;
    struct request rq;
    struct reply rp;
    struct field *headers = x->headers;
    struct reader *r = pool_take(s->config.pool);
    if (r == NULL) {
        x->refused = 503;    // rather no answer than one without its files
        return false;
    }
    begin(s, x, &cx, &rq, &rp);
    cx.db = r->db;
    enum err err = db_begin(&cx);
    if (err == OK)
        err = guard_identify(&cx, &rq);
    db_rollback(&cx);
    pool_give(s->config.pool, r);
    x->headers = headers;    // cookies go with the answer
    if (err == ERR_BUSY)
        x->refused = 503;
    return err == OK && cx.who.person.n != 0;
}

static bool may_hold_files(const struct exchange *x)
{
    return str_find_nocase(http_header(x, "Content-Type"), S("multipart/")) == 0;
}

// http.h, H7: whoever is not signed in sends to the portal's forms alone, and what these take.
static int64_t files(void *arg, struct exchange *x)
{
    struct site *s = arg;
    str param[PARAMS_MAX] = {0};
    bool allowed;
    if (!may_hold_files(x))    // most forms: their route need not be looked up twice
        return 0;
    const struct route *r =
        route_find(s->config.routes, x->method, x->path, &x->arena, param, &allowed);
    if (r == NULL)
        return 0;
    if (r->needs == CAN_ANYBODY)
        return guard_in_portal(x) ? LIMIT_PORTAL_FILE * LIMIT_UPLOAD_FILES : 0;
    return is_signed_in(s, x) ? LIMIT_UPLOAD_FILE * LIMIT_UPLOAD_FILES : 0;
}

// X5.  The address as it came may hold a signed link, so only its first part is logged.
static void over(void *arg, struct exchange *x)
{
    struct site *s = arg;
    int digit = x->status / 100;
    s->requests[digit >= 0 && digit < 6 ? digit : 0]++;
    if (s->config.quiet)
        return;
    str path = str_cut(x->path, 1), first = str_token(&path, '/');
    log_line(LOG_INFO, "request method=%s path=/" STR_FMT " status=%d bytes=%lld ms=%lld",
             route_method_name(x->method), STR_ARG(str_head(first, 40)), x->status,
             (long long)x->reply.n, (long long)(now_monotonic_ms() - x->started_ms));
}

enum err site_start(struct ctx *cx, const struct site_config *config, struct site **out)
{
    const char *bad = route_check(config->routes);
    if (bad != NULL)
        return broken(cx, "the route %s is not complete", bad);
    struct site *s = calloc(1, sizeof *s);
    if (s == NULL)
        abort();
    s->config = *config;
    s->live = live_new();
    s->rates = rate_new();
    s->slow = slow_new(2);
    struct http_config http = {.listen = config->listen,
                               .threads = config->threads,
                               .upload_dir = config->upload_dir,
                               .handle = handle,
                               .files = files,
                               .over = over,
                               .arg = s};
    enum err err = http_start(cx, &http, &s->http);
    if (err != OK) {
        slow_free(s->slow);
        live_free(s->live);
        rate_free(s->rates);
        free(s);
        return err;
    }
    *out = s;
    return OK;
}

int site_port(const struct site *s)
{
    return http_port(s->http);
}

void site_stop(struct site *s)
{
    live_close_all(s->live);
    http_stop(s->http);
    slow_free(s->slow);
    live_free(s->live);
    rate_free(s->rates);
    free(s);
}

const struct site_config *site_config(const struct site *s)
{
    return &s->config;
}

struct live *site_live(struct site *s)
{
    return s->live;
}

struct site_counts site_counts(struct site *s)
{
    struct site_counts c = {.open = http_open(s->http)};
    for (int i = 0; i < 6; i++)
        c.requests[i] = s->requests[i];
    return c;
}
