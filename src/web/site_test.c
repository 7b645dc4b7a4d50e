// SPDX-License-Identifier: GPL-3.0-or-later
// What there may be too much of, asked over a real connection: rates, writes, repetition.
#include "base/limits.h"
#include "base/now.h"
#include "base/secret.h"
#include "testing/dial.h"
#include "testing/edge.h"
#include "workplace/workplace_test.h"

#include <pthread.h>
#include <sys/resource.h>

static const str visitor = {"0123456789012345678901234567890123456789", 40};

// What a request takes from its buckets, without the request.
static int64_t take(struct edge *e, enum rate rate, const char *from, str word)
{
    struct field form = {S("login"), word}, header = {S("Authorization"), word};
    struct exchange x = {.arena = arena_new(1 << 16),
                         .address = str_from_z(from),
                         .form = &form,
                         .given = &header};
    struct request rq = {.x = &x, .site = e->site};
    int64_t wait = site_rate(&rq, rate);
    arena_free(&x.arena);
    return wait;
}

static const char *name(struct edge *e, const char *fmt, int i)
{
    struct buf b = buf_new(&e->w->kept, 40);
    buf_put(&b, str_from_z(fmt));
    buf_fmt(&b, "%d", i);
    return arena_z(&e->w->kept, buf_str(&b));
}

// The first is still served as `status`, the next is refused, and a stranger is served.
static void last_and_next(struct edge *e, struct edge_ask ask, int status)
{
    check(edge_ask(e, &ask).status == status);
    struct edge_answer a = edge_ask(e, &ask);
    check(a.status == 429 && edge_has(&a, "Retry-After: "));
    check(edge_has(&a, "Please wait") || edge_has(&a, "Bitte"));
    ask.from = "192.0.2.77";
    check(ask.bearer.n > 0 || edge_ask(e, &ask).status == status);
}

static void sign_ins_of_one_network_are_counted(struct world *w)
{
    struct edge e;
    edge_open(w, &e);
    edge_serve(&e);
    for (int i = 1; i < LIMIT_LOGIN_PER_NET; i++)
        check(take(&e, RATE_LOGIN, name(&e, "198.51.100.", i), str_from_z(name(&e, "x", i)))
              == 0);
    last_and_next(&e,
                  (struct edge_ask){.method = "POST",
                                    .path = "/anmelden",
                                    .visitor = visitor,
                                    .csrf = edge_csrf(&e, visitor),
                                    .form = "login=y&password=x",
                                    .from = "198.51.100.200"},
                  422);
    edge_close(&e);
}

// What this process computes for it; other work of the machine does not count.
static int64_t cost_of(struct edge *e, const char *form)
{
    struct edge_ask ask = {.method = "POST",
                           .path = "/anmelden",
                           .visitor = visitor,
                           .csrf = edge_csrf(e, visitor),
                           .form = form};
    int64_t least = INT64_MAX;
    for (int i = 0; i < 3; i++) {
        struct rusage before, after;
        getrusage(RUSAGE_SELF, &before);
        check(edge_ask(e, &ask).status == 422);
        getrusage(RUSAGE_SELF, &after);
        least = int_min(least, (after.ru_utime.tv_sec - before.ru_utime.tv_sec) * 1000000
                                   + after.ru_utime.tv_usec - before.ru_utime.tv_usec);
    }
    return least;
}

static void the_clock_tells_no_names(struct world *w)
{
    struct edge e;
    edge_open(w, &e);
    struct ctx *cx = begin(w);
    str hash = secret_password_hash(cx->arena, S("a long password"));
    check(end(w, person_set_password(cx, (person_id){ADA}, hash)) == OK);
    edge_serve(&e);
    int64_t known = cost_of(&e, "login=ada&password=wrong"),
            unknown = cost_of(&e, "login=nemo&password=wrong");
    check(unknown < known * 3 / 2 && known < unknown * 3 / 2);
    edge_close(&e);
}

static void reports_of_one_network_are_counted(struct world *w)
{
    struct edge e;
    edge_open(w, &e);
    edge_serve(&e);
    for (int i = 1; i < LIMIT_REPORTS_PER_NET; i++)
        check(take(&e, RATE_REPORT, name(&e, "198.51.100.", i), S("")) == 0);
    last_and_next(&e,
                  (struct edge_ask){.method = "POST",
                                    .path = "/de/meine",
                                    .visitor = visitor,
                                    .csrf = edge_csrf(&e, visitor),
                                    .form = "was=a%40b.example",
                                    .from = "198.51.100.200"},
                  303);
    edge_close(&e);
}

static void searches_of_one_address_are_counted(struct world *w)
{
    struct edge e;
    edge_open(w, &e);
    edge_serve(&e);
    for (int i = 1; i < LIMIT_SEARCHES; i++)
        check(take(&e, RATE_SEARCH, "198.51.100.7", S("")) == 0);
    last_and_next(&e, (struct edge_ask){.path = "/de/suche?q=wlan", .from = "198.51.100.7"},
                  200);
    edge_close(&e);
}

static void calls_of_one_service_are_counted(struct world *w)
{
    struct edge e;
    edge_open(w, &e);
    edge_serve(&e);
    for (int i = 1; i < LIMIT_HOOKS; i++)
        check(take(&e, RATE_HOOK, "198.51.100.7", S("")) == 0);
    struct edge_ask ask = {
        .method = "POST", .path = "/hook/forge/1", .json = "{}", .from = "198.51.100.7"};
    check(edge_ask(&e, &ask).status == 403);
    struct edge_answer a = {0};
    for (int i = 0; i < 100 && a.status != 429; i++) {    // one more is allowed every 60 ms
        while (take(&e, RATE_HOOK, "198.51.100.7", S("")) == 0)
            continue;
        a = edge_ask(&e, &ask);
    }
    check(a.status == 429 && edge_has(&a, "Retry-After: "));
    edge_close(&e);
}

static void keys_of_one_session_are_counted(struct world *w)
{
    struct edge e;
    edge_open(w, &e);
    edge_serve(&e);
    struct exchange x = {.arena = arena_new(1 << 16)};
    struct request rq = {.x = &x, .site = e.site, .session = S("one")};
    for (int i = 0; i < LIMIT_KEY_UPLOADS; i++)
        check(site_rate(&rq, RATE_KEY) == 0);
    check(site_rate(&rq, RATE_KEY) > 0);
    rq.session = S("another");
    check(site_rate(&rq, RATE_KEY) == 0);
    arena_free(&x.arena);
    edge_close(&e);
}

static void requests_of_one_token_are_counted(struct world *w)
{
    struct edge e;
    str token;
    edge_open(w, &e);
    struct ctx *cx = begin(w);
    check(access_token_add(cx, (person_id){ADA}, false, &token) == OK);
    token = keep(w, token);
    check(end(w, OK) == OK);
    edge_serve(&e);
    str header = arena_join(&w->kept, S("Bearer "), token);
    for (int i = 1; i < LIMIT_API_PER_TOKEN; i++)
        check(take(&e, RATE_API, "198.51.100.7", header) == 0);
    struct edge_ask ask = {.path = "/api/v1/tickets", .bearer = token};
    check(edge_ask(&e, &ask).status == 200);
    // One more is allowed every 100 ms, which a busy machine needs for a connection alone.
    struct edge_answer a = {0};
    for (int i = 0; i < 100 && a.status != 429; i++) {
        while (take(&e, RATE_API, "198.51.100.7", header) == 0)
            continue;
        a = edge_ask(&e, &ask);
    }
    check(a.status == 429 && edge_has(&a, "Retry-After: "));
    edge_close(&e);
}

// --- live pages (Y5) -------------------------------------------------------------------------

static str listen(struct world *w, struct edge *e, struct dial *d, str session)
{
    check(dial_open(d, site_port(e->site)));
    dial_say(d,
             arena_fmt(&w->arena,
                       "GET /live HTTP/1.1\r\nHost: a\r\nCookie: staffel=" STR_FMT "\r\n\r\n",
                       STR_ARG(session)));
    return dial_hear(d);
}

static void Y5_one_person_does_not_take_the_room_of_all(struct world *w)
{
    struct edge e;
    struct dial one, *d = make(&w->kept, struct dial, LIMIT_STREAMS_PERSON + 1);
    edge_open(w, &e);
    str ada = edge_session(&e, ADA), ben = edge_session(&e, BEN);
    edge_serve(&e);
    for (int i = 0; i < LIMIT_STREAMS_PERSON; i++)
        check_text(listen(w, &e, &d[i], ada), S("HTTP/1.1 200 OK"));
    check_text(listen(w, &e, &one, ada), S("HTTP/1.1 503 Service Unavailable"));
    dial_close(&one);
    check_text(listen(w, &e, &d[LIMIT_STREAMS_PERSON], ben), S("HTTP/1.1 200 OK"));
    for (int i = 0; i <= LIMIT_STREAMS_PERSON; i++)
        dial_close(&d[i]);
    edge_close(&e);
}

// --- writes that wait ------------------------------------------------------------------------

static enum err wait_for(struct ctx *cx, void *arg)
{
    (void)cx;
    pthread_mutex_t *gate = arg;
    pthread_mutex_lock(gate);
    pthread_mutex_unlock(gate);
    return OK;
}

static void done(struct ctx *cx, void *arg, enum err err)
{
    (void)cx;
    (void)arg;
    check(err == OK);
}

// The first keeps the writer busy, so that all the others wait.
static void fill(struct edge *e, pthread_mutex_t *gate, struct work *work)
{
    struct ctx *cx = make(&e->w->kept, struct ctx, 1);
    *cx = (struct ctx){.arena = &e->w->kept};
    for (int i = 0; i <= LIMIT_WAITING_WRITES; i++) {
        work[i] = (struct work){.run = wait_for, .done = done, .arg = gate, .cx = cx};
        check(writer_submit(e->writer, &work[i]));
        while (i == 0 && writer_counts(e->writer).waiting > 0)
            now_sleep_ms(1);
    }
}

static void a_write_too_many_is_told_to_come_back(struct world *w)
{
    struct edge e;
    pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
    struct work more = {.run = wait_for, .done = done, .arg = &gate};
    struct work *work = make(&w->kept, struct work, LIMIT_WAITING_WRITES + 1);
    edge_open(w, &e);
    edge_serve(&e);
    pthread_mutex_lock(&gate);
    fill(&e, &gate, work);
    check(!writer_submit(e.writer, &more));
    struct edge_ask ask = {.method = "POST",
                           .path = "/de/meine",
                           .visitor = visitor,
                           .csrf = edge_csrf(&e, visitor),
                           .form = "was=a%40b.example"};
    struct edge_answer a = edge_ask(&e, &ask);
    check(a.status == 503 && edge_has(&a, "Retry-After: 2")
          && edge_has(&a, "Gerade ist viel los"));
    pthread_mutex_unlock(&gate);
    while (writer_counts(e.writer).waiting > 0)
        now_sleep_ms(1);
    check(edge_ask(&e, &ask).status == 303);
    edge_close(&e);
}

static int times(str text, const char *what)
{
    int n = 0;
    for (isize i; (i = str_find_nocase(text, str_from_z(what))) >= 0; n++)
        text = str_cut(text, i + 1);
    return n;
}

// The commit fails, so the work runs twice (db/writer.h, W5): its answer is that of the second.
static void X2_who_runs_twice_answers_once(struct world *w)
{
    struct edge e;
    edge_open(w, &e);
    str ada = edge_session(&e, ADA);
    struct db *db = w->db;    // the writer's from now on
    edge_serve(&e);
    struct edge_ask ask = {.method = "POST",
                           .path = "/w/call",
                           .session = ada,
                           .csrf = edge_csrf(&e, ada),
                           .form = "tun=parken&wer=Karin&sagt=Das+Licht+blinkt"};
    for (int nth = 2; nth < 60; nth++) {
        db_fail_at(db, nth);
        struct edge_answer a = edge_ask(&e, &ask);
        check(a.status == 303 && times(a.head, "\r\nLocation: ") == 1
              && times(a.head, "\r\nSet-Cookie: ") <= 1);
    }
    db_fail_at(db, 0);
    edge_close(&e);
}

// db/writer.h, W1: others in the same group make a report run twice, too.
static void X6_who_runs_twice_is_counted_once(struct world *w)
{
    struct edge e;
    edge_open(w, &e);
    struct db *db = w->db;    // the writer's from now on
    edge_serve(&e);
    for (int nth = 2; nth < 60; nth += 3) {
        const char *from = arena_z(&w->kept, arena_fmt(&w->kept, "198.51.%d.7", nth));
        db_fail_at(db, nth);
        check(edge_ask(&e, &(struct edge_ask){.method = "POST",
                                              .path = "/de/melden",
                                              .visitor = visitor,
                                              .csrf = edge_csrf(&e, visitor),
                                              .form = "problem=Licht+aus&name=Karin"
                                                      "&mail=k%40b.example&gesehen=1",
                                              .from = from})
                  .status
              == 303);
        for (int i = 1; i < LIMIT_REPORTS_PER_ADDRESS; i++)
            check(take(&e, RATE_REPORT, from, S("")) == 0);
        check(take(&e, RATE_REPORT, from, S("")) > 0);
    }
    db_fail_at(db, 0);
    edge_close(&e);
}

static void F7_an_address_to_go_to_is_not_cut(struct world *w)
{
    struct reply rp = {.x = make(&w->kept, struct exchange, 1)};
    struct buf long_one = buf_new(&w->kept, 4000);
    struct ctx cx = {.arena = &w->kept};
    rp.x->arena = w->kept;
    for (int i = 0; i < 400; i++)
        buf_put(&long_one, S("%C3%A4"));
    check(see_other(&cx, &rp, "/w/suche?q=" STR_FMT "&art=1", STR_ARG(buf_str(&long_one)))
          == OK);
    check(rp.x->headers->value.n == 11 + 2400 + 6);
}

// --- the API's memory (J3) -------------------------------------------------------------------

static bool was_replayed(struct world *w, struct edge *e, str session)
{
    edge_serve(e);
    struct edge_answer a =
        edge_ask(e, &(struct edge_ask){.method = "POST",
                                       .path = "/api/v1/tickets",
                                       .session = session,
                                       .csrf = edge_csrf(e, session),
                                       .json = "{\"text\": \"weg\", \"mail\": \"a@b.example\"}",
                                       .headers = "Idempotency-Key: k1\r\n"});
    check(a.status == 201);
    bool replayed = edge_has(&a, "Idempotency-Replayed: true");
    check(edge_has(&a, "ETag: ") && edge_has(&a, "Location: /api/v1/tickets/"));
    edge_close(e);
    (void)w;
    return replayed;
}

static void older(struct world *w, int64_t seconds)
{
    struct ctx *cx = begin(w);
    str sql = arena_fmt(cx->arena, "update idempotency set at = at - %lld",
                        (long long)seconds * 1000);
    check(db_script(cx, arena_z(cx->arena, sql)) == OK && end(w, OK) == OK);
}

static void J3_an_answer_is_remembered_so_long(struct world *w)
{
    struct edge e;
    edge_open(w, &e);
    str ada = edge_session(&e, ADA);
    check(!was_replayed(w, &e, ada));
    check(was_replayed(w, &e, ada));
    older(w, LIMIT_IDEMPOTENCY_S - 600);
    check(was_replayed(w, &e, ada) && ask(w, "select count(*) from ticket") == 1);
    older(w, 601);
    check(!was_replayed(w, &e, ada) && ask(w, "select count(*) from ticket") == 2);
}

// --- words -----------------------------------------------------------------------------------

static void Z4_colleagues_are_told_du_and_customers_Sie(struct world *w)
{
    struct edge e;
    edge_open(w, &e);
    str ada = edge_session(&e, ADA);
    edge_serve(&e);
    static const struct {
        const char *method, *path;
        bool signed_in;
        int status;
        const char *says;
    } rows[] = {
        {NULL, "/w/kb/L-9999", true, 404, "was du sehen darfst"},
        {NULL, "/nowhere", false, 404, "was Sie sehen d"},
        {NULL, "/de/nowhere", true, 404, "was Sie sehen d"},
        {NULL, "/a/zeiten", true, 403, "nicht zu deiner Rolle"},
        {NULL, "/api/v1/tickets", false, 401, "Bitte melde dich an"},
        {"POST", "/w/ich", true, 403, "lade die Seite neu und sende es"},
        {"POST", "/anmelden", false, 403, "lade die Seite neu und sende es"},
        {"POST", "/de/melden", false, 403, "laden Sie die Seite neu und senden Sie es"},
    };
    for (isize i = 0; i < countof(rows); i++) {
        struct edge_answer a =
            edge_ask(&e, &(struct edge_ask){.method = rows[i].method,
                                            .path = rows[i].path,
                                            .session = rows[i].signed_in ? ada : S(""),
                                            .form = rows[i].method == NULL ? NULL : "x=1"});
        check(a.status == rows[i].status && edge_has(&a, rows[i].says));
        edge_forget(&e);
    }
    edge_close(&e);
}

#define OURS "Sec-Fetch-Site: same-origin\r\n"

static void N6_a_form_that_grew_old_comes_back(struct world *w)
{
    struct edge e;
    edge_open(w, &e);
    str ada = edge_session(&e, ADA);
    edge_serve(&e);
    struct edge_ask ask = {.method = "POST",
                           .path = "/de/melden",
                           .headers = OURS,
                           .form = "problem=Der+Drucker+steht+seit+heute"};
    struct edge_answer a = edge_ask(&e, &ask);
    check(a.status == 422 && edge_has(&a, "Der Drucker steht seit heute"));
    check(edge_has(&a, "Bitte senden Sie es noch einmal") && edge_has(&a, "visitor="));
    ask.headers = "Sec-Fetch-Site: cross-site\r\n";
    a = edge_ask(&e, &ask);
    check(a.status == 403 && !edge_has(&a, "Der Drucker steht"));
    ask.headers = "Origin: https://elsewhere.example\r\n";
    a = edge_ask(&e, &ask);
    check(a.status == 403 && !edge_has(&a, "Der Drucker steht"));
    ask = (struct edge_ask){.method = "POST",
                            .path = "/w/call",
                            .session = ada,
                            .headers = OURS,
                            .form = "sagt=Der+Drucker+steht"};
    a = edge_ask(&e, &ask);
    check(a.status == 422 && edge_has(&a, "Der Drucker steht"));
    check(edge_has(&a, "sende es noch einmal"));
    edge_close(&e);
}

static void Z5_who_is_signed_out_loses_no_text(struct world *w)
{
    struct edge e;
    edge_open(w, &e);
    edge_serve(&e);
    struct edge_ask ask = {
        .method = "POST",
        .path = "/w/call",
        .headers = OURS "Referer: http://localhost:8080/w/call?nr=7\r\n",
        .form = "who=Maja+Kern&problem=Der+Drucker+steht&password=my+long+word&x=1"};
    struct edge_answer a = edge_ask(&e, &ask);
    check(a.status == 403 && edge_has(&a, "nicht mehr angemeldet"));
    check(edge_has(&a, "Maja Kern") && edge_has(&a, "Der Drucker steht"));
    check(!edge_has(&a, "my long word"));
    check(edge_has(&a, "/anmelden?zu=%2Fw%2Fcall%3Fnr%3D7"));
    ask.headers = "Referer: http://elsewhere.example/\r\n";
    a = edge_ask(&e, &ask);
    check(a.status == 403 && !edge_has(&a, "Maja Kern") && edge_has(&a, "zu=%2Fw\""));
    edge_close(&e);
}

static void Z6_errors_speak_the_browsers_language(struct world *w)
{
    struct edge e;
    edge_open(w, &e);
    edge_serve(&e);
    struct edge_ask ask = {.path = "/nowhere", .headers = "Accept-Language: en-GB\r\n"};
    struct edge_answer a = edge_ask(&e, &ask);
    check(a.status == 404 && edge_has(&a, "There is no such page"));
    ask.path = "/api/v1/tickets";
    a = edge_ask(&e, &ask);
    check(a.status == 401 && edge_has(&a, "Please sign in"));
    edge_close(&e);
}

static void X4_a_head_that_is_too_large_is_told_in_a_page_of_ours(struct world *w)
{
    struct edge e;
    edge_open(w, &e);
    edge_serve(&e);
    struct buf b = buf_new(&w->kept, LIMIT_REQUEST_HEADERS + 64);
    buf_put(&b, S("Cookie: a="));
    while (b.n < LIMIT_REQUEST_HEADERS)
        buf_put(&b, S("aaaaaaa"));
    buf_put(&b, S("\r\n"));
    struct edge_ask ask = {.path = "/de/", .headers = arena_z(&w->kept, buf_str(&b))};
    struct edge_answer a = edge_ask(&e, &ask);
    check(a.status == 431 && edge_has(&a, "Bitte löschen Sie sie"));
    check(edge_has(&a, "Content-Security-Policy"));
    ask.path = "/w/inbox";
    a = edge_ask(&e, &ask);
    check(a.status == 431 && edge_has(&a, "Bitte lösche sie"));
    edge_close(&e);
}

// The bytes of a file of a form, as a browser sends it, or of a program.
static int sent_with_a_file(struct edge *e, const char *path, str session, str bearer)
{
    struct edge_ask ask = {.method = "POST",
                           .path = path,
                           .session = session,
                           .bearer = bearer,
                           .form = "art=intern&notiz=siehe Anhang&tun=senden",
                           .file = "Rechnung 4711",
                           .headers = "Sec-Fetch-Site: same-origin\r\n"};
    if (session.n > 0)
        ask.csrf = edge_csrf(e, session);
    return edge_ask(e, &ask).status;
}

static void H7_a_file_comes_from_who_is_signed_in(struct world *w)
{
    struct edge e;
    struct made_case c = a_case(w);
    const char *path = at(w, &c, "/antwort");
    edge_open(w, &e);
    str me = edge_session(&e, ADA);
    edge_serve(&e);
    check(sent_with_a_file(&e, path, me, S("")) == 303);
    check(sent_with_a_file(&e, path, S("0123456789012345678901234567890123456789"), S(""))
          == 403);
    check(sent_with_a_file(&e, path, S(""), S("x")) == 403);
    edge_close(&e);
    check(ask(w, "select count(*) from attachment where name = 'a.txt'") == 1);
    check(ask(w, "select sum(size) from blob") == 13);
}

const struct test site_tests[] = {
    T(sign_ins_of_one_network_are_counted),
    T(the_clock_tells_no_names),
    T(reports_of_one_network_are_counted),
    T(searches_of_one_address_are_counted),
    T(calls_of_one_service_are_counted),
    T(keys_of_one_session_are_counted),
    T(requests_of_one_token_are_counted),
    T(Y5_one_person_does_not_take_the_room_of_all),
    T(a_write_too_many_is_told_to_come_back),
    T(X2_who_runs_twice_answers_once),
    T(X6_who_runs_twice_is_counted_once),
    T(F7_an_address_to_go_to_is_not_cut),
    T(J3_an_answer_is_remembered_so_long),
    T(Z4_colleagues_are_told_du_and_customers_Sie),
    T(N6_a_form_that_grew_old_comes_back),
    T(Z5_who_is_signed_out_loses_no_text),
    T(Z6_errors_speak_the_browsers_language),
    T(H7_a_file_comes_from_who_is_signed_in),
    T(X4_a_head_that_is_too_large_is_told_in_a_page_of_ours),
    {0},
};
