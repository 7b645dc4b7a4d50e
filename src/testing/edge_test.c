// SPDX-License-Identifier: GPL-3.0-or-later
// What holds for every route, asked over a real connection: headers, cookies, origins and
// tokens, sessions, limits (ASVS 3, 7, 14, 16).
#include "testing/edge.h"

#include "app/features.h"
#include "base/limits.h"
#include "base/now.h"
#include "base/secret.h"
#include "testing/dial.h"
#include "web/live.h"

static const char policy[] =
    "Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; img-src "
    "'self' blob:; font-src 'self'; connect-src 'self'; media-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'; object-src 'none'; require-trusted-types-for "
    "'script'; trusted-types 'none'";

// The path with "1" at each {name}.
static const char *filled(struct arena *a, const char *path)
{
    struct buf b = buf_new(a, 200);
    for (bool inside = false; *path != 0; path++) {
        if (*path == '{')
            buf_char(&b, '1');
        inside = *path == '{' || (inside && *path != '}');
        if (!inside && *path != '}')
            buf_char(&b, *path);
    }
    return arena_z(a, buf_str(&b));
}

static bool is_stream(const struct route *r)
{
    return strcmp(r->path, "/live") == 0;
}

static bool is_json(const struct route *r)
{
    return strncmp(r->path, "/api/", 5) == 0;
}

static bool complain(const struct route *r, const char *what, const struct edge_answer *a)
{
    fprintf(stderr, "%s %s: %s\n%d " STR_FMT "\n", route_method_name(r->method), r->path, what,
            a->status, STR_ARG(a->head));
    return false;
}

#define EACH_ROUTE(r)                                    \
    for (isize t_ = 0; feature_routes[t_] != NULL; t_++) \
        for (const struct route *r = feature_routes[t_]; r->path != NULL; r++)

// --- headers (ASVS 3.4, 14.3.2, 3.7.2) -------------------------------------------------------

static bool is_safe_answer(const struct route *r, const struct edge_answer *a)
{
    static const char *const always[] = {"X-Content-Type-Options: nosniff",
                                         "Referrer-Policy: same-origin",
                                         "Cross-Origin-Opener-Policy: same-origin",
                                         "Cross-Origin-Resource-Policy: same-origin",
                                         "Cache-Control: no-store",
                                         "Content-Security-Policy: default-src 'none'"};
    for (isize i = 0; i < countof(always); i++)
        if (!edge_has(a, always[i]))
            return complain(r, always[i], a);
    bool page = edge_has(a, "Content-Type: text/html; charset=utf-8\r\n");
    if (page && !edge_has(a, policy))
        return complain(r, "not the exact policy", a);
    if (edge_has(a, "Access-Control-Allow-Origin"))
        return complain(r, "opened to other origins", a);
    if (a->to.n > 0 && (!str_starts(a->to, S("/")) || str_starts(a->to, S("//"))))
        return complain(r, "leads away", a);
    return true;
}

static bool tells_nothing(const struct route *r, const struct edge_answer *a, str session)
{
    static const char *const never[] = {"sqlite", "postgres", "src/", ".c:", "staffel.db"};
    if (session.n > 0 && str_find(a->body, session) >= 0)
        return complain(r, "the session is in the page", a);
    for (isize i = 0; a->status >= 400 && i < countof(never); i++)
        if (str_find_nocase(a->body, str_from_z(never[i])) >= 0)
            return complain(r, never[i], a);
    return a->status < 500 || complain(r, "broken", a);
}

static void every_answer_carries_the_headers(struct world *w)
{
    struct edge e;
    edge_open(w, &e);
    str who[] = {{0}, edge_session(&e, ADA), edge_session(&e, GERO)};
    edge_serve(&e);
    EACH_ROUTE(r)
    {
        for (isize i = 0; i < countof(who) && r->method == GET && !is_stream(r); i++) {
            struct edge_answer a = edge_ask(
                &e, &(struct edge_ask){.path = filled(&w->arena, r->path), .session = who[i]});
            check(is_safe_answer(r, &a) && tells_nothing(r, &a, who[i]));
            edge_forget(&e);
        }
    }
    edge_close(&e);
}

static void https_makes_cookies_secure(struct world *w)
{
    struct edge e;
    edge_open(w, &e);
    edge_serve(&e);
    struct edge_answer a = edge_ask(&e, &(struct edge_ask){.path = "/anmelden"});
    check(edge_has(&a, "Set-Cookie: visitor=") && !edge_has(&a, "Strict-Transport-Security"));
    check(edge_has(&a, "; Path=/; HttpOnly; SameSite=Strict; Max-Age=86400\r\n"));
    a = edge_ask(
        &e, &(struct edge_ask){.path = "/anmelden", .headers = "X-Forwarded-Proto: https\r\n"});
    check(edge_has(&a, "Set-Cookie: __Host-visitor="));
    check(edge_has(&a, "; Path=/; HttpOnly; SameSite=Strict; Max-Age=86400; Secure"));
    check(edge_has(&a, "Strict-Transport-Security: max-age=31536000"));
    edge_close(&e);
}

static void a_probe_gets_no_cookie(struct world *w)
{
    struct edge e;
    edge_open(w, &e);
    edge_serve(&e);
    static const char *const probes[] = {"/health", "/metrics"};
    for (isize i = 0; i < countof(probes); i++) {
        struct edge_answer a = edge_ask(&e, &(struct edge_ask){.path = probes[i]});
        check((i > 0 || a.status == 200) && !edge_has(&a, "Set-Cookie"));
    }
    edge_close(&e);
}

// ASVS 3.7.2: blanks and control bytes get lost on the way, a backslash becomes a slash.
static void no_address_leads_away(struct world *w)
{
    static const char *const to[] = {
        "//evil.example",    "/%09/evil.example", "/%0d/evil.example", "/%0a/evil.example",
        "/%5cevil.example",  "/%20/evil.example", "/%7f/evil.example", "https://evil.example",
        "%09//evil.example", "evil.example",      "/%01/evil.example"};
    struct edge e;
    edge_open(w, &e);
    edge_serve(&e);
    for (isize i = 0; i < countof(to); i++) {
        struct edge_answer a = edge_ask(
            &e, &(struct edge_ask){
                    .path = arena_z(&w->arena,
                                    arena_fmt(&w->arena, "/sprache?l=de&to=%s", to[i]))});
        check(a.status == 303 && str_find(a.to, S("evil")) < 0);
    }
    edge_close(&e);
}

// --- origins and tokens (ASVS 3.5.1, 3.5.2) --------------------------------------------------

struct forgery {
    const char *what, *headers;
    int token;    // 0: none, 1: the own, 2: a stranger's, 3: in the address
};

static const struct forgery forgeries[] = {
    {"no token", "", 0},
    {"a stranger's token", "", 2},
    {"the token in the address", "", 3},
    {"another origin", "Origin: http://evil.example\r\n", 1},
    {"an origin that begins alike", "Origin: http://localhost:8080.evil.example\r\n", 1},
    {"no origin", "Origin: null\r\n", 1},
    {"from another site", "Sec-Fetch-Site: cross-site\r\n", 1},
    {"from a neighbour", "Sec-Fetch-Site: same-site\r\n", 1},
};

static struct edge_answer forge(struct edge *e, const struct route *r, const struct forgery *f,
                                str session, const str token[3])
{
    struct arena *a = &e->w->arena;
    const char *path = filled(a, r->path);
    if (f->token == 3)
        path = arena_z(a, arena_fmt(a, "%s?csrf=" STR_FMT, path, STR_ARG(token[1])));
    return edge_ask(e, &(struct edge_ask){.method = route_method_name(r->method),
                                          .path = path,
                                          .session = session,
                                          .csrf = f->token < 3 ? token[f->token] : (str){0},
                                          .form = is_json(r) ? NULL : "text=x&login=ada",
                                          .json = is_json(r) ? "{}" : NULL,
                                          .headers = f->headers});
}

static void U5_nothing_is_sent_from_elsewhere(struct world *w)
{
    struct edge e;
    edge_open(w, &e);
    str eva = edge_session(&e, EVA), ada = edge_session(&e, ADA);
    str token[] = {{0}, edge_csrf(&e, eva), edge_csrf(&e, ada)};
    edge_serve(&e);
    EACH_ROUTE(r)
    {
        for (isize i = 0; i < countof(forgeries) && r->method != GET; i++) {
            struct edge_answer a = forge(&e, r, &forgeries[i], eva, token);
            check(a.status == 403 || complain(r, forgeries[i].what, &a));
            edge_forget(&e);
        }
    }
    struct edge_answer a = edge_ask(&e, &(struct edge_ask){.path = "/w/ich", .session = eva});
    check(a.status == 200);    // not even signed out
    edge_close(&e);
    check(ask(w, "select count(*) from event") == 0);
}

// Also a token that may write, for who may do it: no session's page is a program's.
static void N7_a_token_opens_no_page(struct world *w)
{
    struct edge e;
    str token;
    edge_open(w, &e);
    check(access_token_add(begin(w), (person_id){ADA}, true, &token) == OK);
    token = keep(w, token);
    check(end(w, OK) == OK);
    edge_serve(&e);
    EACH_ROUTE(r)
    {
        struct edge_ask q = {.method = route_method_name(r->method),
                             .path = filled(&w->arena, r->path),
                             .bearer = token,
                             .form = r->method == GET ? NULL : "text=x"};
        if (is_json(r) || is_stream(r))
            continue;
        struct edge_answer a = edge_ask(&e, &q);
        bool told = edge_has(&a, "below /api/ only") || edge_has(&a, "nur unter /api/");
        check((a.status == 403 && told) || complain(r, "a token", &a));
        edge_forget(&e);
    }
    check(edge_ask(&e, &(struct edge_ask){.path = "/api/v1/tickets", .bearer = token}).status
          == 200);
    edge_close(&e);
    check(ask(w, "select count(*) from event") == 0);
}

static void J5_json_is_not_a_form(struct world *w)
{
    struct edge e;
    edge_open(w, &e);
    str ada = edge_session(&e, ADA);
    edge_serve(&e);
    struct edge_answer a = edge_ask(
        &e,
        &(struct edge_ask){
            .method = "POST",
            .path = "/api/v1/tickets",
            .session = ada,
            .form = "text=x",
            .headers = arena_z(&w->arena, arena_fmt(&w->arena, "X-Csrf-Token: " STR_FMT "\r\n",
                                                    STR_ARG(edge_csrf(&e, ada))))});
    check(a.status == 415);
    edge_close(&e);
}

// --- sessions (ASVS 7) -----------------------------------------------------------------------

static int status_of(struct edge *e, const char *path, str session)
{
    return edge_ask(e, &(struct edge_ask){.path = path, .session = session}).status;
}

static void A4_sign_in_makes_a_new_session(struct world *w)
{
    struct edge e;
    edge_open(w, &e);
    str planted = edge_session(&e, BEN),
        visitor = S("0123456789012345678901234567890123456789");
    struct ctx *cx = begin(w);
    str hash = secret_password_hash(cx->arena, S("zwei Möwen auf dem Deich"));
    check(end(w, person_set_password(cx, (person_id){ADA}, hash)) == OK);
    edge_serve(&e);
    struct edge_ask q = {.method = "POST",
                         .path = "/anmelden",
                         .session = planted,
                         .csrf = edge_csrf(&e, planted),
                         .form = "login=ada&password=zwei+M%C3%B6wen+auf+dem+Deich"};
    struct edge_answer a = edge_ask(&e, &q);
    check(a.status == 303 && edge_has(&a, "Set-Cookie: staffel="));
    check(!edge_has(&a, arena_z(&w->arena, planted)));
    check(status_of(&e, "/w/ich", planted) == 303);    // the old one is over
    q.session = (str){0};
    q.visitor = visitor;
    q.csrf = edge_csrf(&e, visitor);
    a = edge_ask(&e, &q);
    check(a.status == 303 && !edge_has(&a, "staffel=0123"));
    q.form = "login=ada&password=wrong";
    a = edge_ask(&e, &q);
    check(a.status == 422 && !edge_has(&a, "Set-Cookie: staffel="));
    edge_close(&e);
}

static void A5_sessions_end(struct world *w)
{
    struct edge e;
    edge_open(w, &e);
    instant now = w->now;
    str good = edge_session(&e, ADA);
    w->now = instant_plus(now, -LIMIT_SESSION_IDLE_S - 60);
    str silent = edge_session(&e, ADA);
    w->now = instant_plus(now, -LIMIT_SESSION_S - 60);
    str old = edge_session(&e, ADA);
    w->now = now;
    str off = edge_session(&e, DORA);
    struct ctx *cx = begin(w);
    check(end(w, db_script(cx, "update person set disabled = 1 where id = 4")) == OK);
    edge_serve(&e);
    check(status_of(&e, "/w/ich", good) == 200);
    check(status_of(&e, "/w/ich", silent) == 303 && status_of(&e, "/w/ich", old) == 303);
    check(status_of(&e, "/w/ich", off) == 303 && status_of(&e, "/w/ich", S("x")) == 303);
    struct edge_answer a = edge_ask(&e, &(struct edge_ask){.method = "POST",
                                                           .path = "/abmelden",
                                                           .session = good,
                                                           .csrf = edge_csrf(&e, good),
                                                           .form = "x=1"});
    check(a.status == 303 && edge_has(&a, "Clear-Site-Data: \"cache\", \"storage\""));
    check(edge_has(&a, "Set-Cookie: staffel=; ") && edge_has(&a, "Max-Age=0"));
    check(status_of(&e, "/w/ich", good) == 303);
    edge_close(&e);
}

// --- limits (ASVS 2.4.1, 6.3.1) --------------------------------------------------------------

static struct edge_answer sign_in(struct edge *e, const char *form, const char *from)
{
    str visitor = S("0123456789012345678901234567890123456789");
    return edge_ask(e, &(struct edge_ask){.method = "POST",
                                          .path = "/anmelden",
                                          .visitor = visitor,
                                          .csrf = edge_csrf(e, visitor),
                                          .form = form,
                                          .from = from});
}

static struct edge_answer new_password(struct edge *e, str session, const char *form)
{
    return edge_ask(e, &(struct edge_ask){.method = "POST",
                                          .path = "/w/ich",
                                          .session = session,
                                          .csrf = edge_csrf(e, session),
                                          .form = form});
}

static void tries_of_one_account_are_counted_wherever_they_come_from(struct world *w)
{
    struct edge e;
    edge_open(w, &e);
    edge_serve(&e);
    for (int i = 0; i < LIMIT_LOGIN_PER_ACCOUNT; i++)
        check(sign_in(&e, "login=ada&password=x", NULL).status == 422);
    struct edge_answer a = sign_in(&e, "login=Ada&password=x", NULL);
    check(a.status == 429 && edge_has(&a, "Retry-After: "));
    check(sign_in(&e, "login=ben&password=x", NULL).status == 422);
    edge_close(&e);
}

// Not by the account that the form names, and not by one that all share.
static void tries_of_the_present_password_are_counted_for_their_session(struct world *w)
{
    struct edge e;
    edge_open(w, &e);
    str ada = edge_session(&e, ADA), ben = edge_session(&e, BEN);
    struct ctx *cx = begin(w);
    str hash = secret_password_hash(cx->arena, S("zwei Möwen auf dem Deich"));
    check(end(w, person_set_password(cx, (person_id){ADA}, hash)) == OK);
    edge_serve(&e);
    for (int i = 0; i < LIMIT_LOGIN_PER_ACCOUNT; i++) {
        str form = arena_fmt(&w->arena, "login=x%d&now=wrong&password=drei+Enten", i);
        check(new_password(&e, ada, arena_z(&w->arena, form)).status == 422);
    }
    check(new_password(&e, ada, "login=y&now=wrong&password=drei+Enten").status == 429);
    check(new_password(&e, ben, "now=wrong&password=drei+Enten").status == 422);
    edge_close(&e);
}

static void reports_of_one_address_are_counted(struct world *w)
{
    struct edge e;
    edge_open(w, &e);
    edge_serve(&e);
    str visitor = S("0123456789012345678901234567890123456789");
    struct edge_ask q = {.method = "POST",
                         .path = "/de/meine",
                         .visitor = visitor,
                         .csrf = edge_csrf(&e, visitor),
                         .form = "was=a%40b.example",
                         .from = "198.51.100.7"};
    for (int i = 0; i < LIMIT_REPORTS_PER_ADDRESS; i++)
        check(edge_ask(&e, &q).status == 303);
    struct edge_answer a = edge_ask(&e, &q);
    check(a.status == 429 && edge_has(&a, "Retry-After: "));
    q.from = "198.51.100.8";    // a neighbour may
    check(edge_ask(&e, &q).status == 303);
    q.from = "2001:db8::1";
    for (int i = 0; i < LIMIT_REPORTS_PER_ADDRESS; i++)
        check(edge_ask(&e, &q).status == 303);
    check(edge_ask(&e, &q).status == 429);
    edge_close(&e);
}

// --- live pages (Y4) -------------------------------------------------------------------------

static void Y4_a_stream_ends_so_that_rights_are_checked_again(struct world *w)
{
    struct edge e;
    struct dial d;
    edge_open(w, &e);
    str ada = edge_session(&e, ADA);
    edge_serve(&e);
    check(dial_open(&d, site_port(e.site)));
    dial_say(&d, arena_fmt(&w->arena,
                           "GET /live HTTP/1.1\r\nHost: a\r\nCookie: staffel=" STR_FMT
                           "\r\nConnection: close\r\n\r\n",
                           STR_ARG(ada)));
    check_text(dial_hear(&d), S("HTTP/1.1 200 OK"));
    live_beat(site_live(e.site), now_monotonic_ms() + LIMIT_STREAM_S * 1000 - 60000);
    check(live_count(site_live(e.site)) == 1);
    live_beat(site_live(e.site), now_monotonic_ms() + LIMIT_STREAM_S * 1000 + 1);
    str rest = dial_rest(&d, &w->arena);    // comes back: the stream is over
    check(str_find(rest, S("retry: 3000")) >= 0 && str_find(rest, S(": beat")) >= 0);
    dial_close(&d);
    edge_close(&e);
}

const struct test edge_tests[] = {
    T(every_answer_carries_the_headers),
    T(https_makes_cookies_secure),
    T(a_probe_gets_no_cookie),
    T(no_address_leads_away),
    T(U5_nothing_is_sent_from_elsewhere),
    T(N7_a_token_opens_no_page),
    T(J5_json_is_not_a_form),
    T(A4_sign_in_makes_a_new_session),
    T(A5_sessions_end),
    T(tries_of_one_account_are_counted_wherever_they_come_from),
    T(tries_of_the_present_password_are_counted_for_their_session),
    T(reports_of_one_address_are_counted),
    T(Y4_a_stream_ends_so_that_rights_are_checked_again),
    {0},
};
