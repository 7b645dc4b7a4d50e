// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/content.h"
#include "base/buf.h"
#include "base/now.h"
#include "intake/intake_test.h"
#include "original/original.h"
#include "outside/fetch.h"
#include "testing/dial.h"
#include "testing/far.h"

#define GIF "GIF89a\1\0\2\1\0\0\0;"

static const char mail[] = FIRST
    "MIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n<p>Neu</p>"
    "<img src=\"http://far.example/1.gif\"><img src=\"http://far.example/2.svg\">"
    "<img src=\"http://inside.example/1.gif\"><img src=\"http://far.example/page\">"
    "<img src=\"http://far.example/most.gif\"><img src=\"http://far.example/over.gif\">\r\n";

static str resolve(void *arg, struct arena *a, str name)
{
    (void)arg, (void)a;
    return str_eq(name, S("inside.example")) ? S("127.0.0.1") : S("93.184.216.34");
}

struct stage {
    struct world *w;
    struct far *far;
    struct fetch_seam seam;
    struct pool *pool;
    struct content *content;
    message_id message;
    struct arena own;    // for answers
};

static void open_stage(struct world *w, struct stage *s)
{
    *s = (struct stage){
        .w = w, .far = far_start(S("127.0.0.2:0")), .own = arena_new((isize)128 << 20)};
    far_says(s->far, "/1.gif",
             S("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nSet-Cookie: a=b\r\n"
               "Content-Security-Policy: default-src *\r\n\r\n" GIF));
    far_says(s->far, "/2.svg",
             S("HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n<svg onload=\"f()\"/>"));
    far_says(s->far, "/page", S("HTTP/1.1 200 OK\r\nContent-Type: image/gif\r\n\r\n<html>"));
    s->seam = (struct fetch_seam){resolve, NULL, "127.0.0.2", far_port(s->far)};
    w->now = now_utc();
    int64_t inbox =
        bring_from(w, "maja@kunde.example", "hilfe@nordlicht.example", str_from_z(mail));
    work(w);
    s->message = (message_id){ask_for(w, "message", inbox)};
    struct ctx cx = {.arena = &w->kept};
    check(pool_open(&cx, &w->place, 2, &s->pool) == OK);
    struct content_config config = {S("127.0.0.1:0"), s->pool, w->place, w->place.dir,
                                    &s->seam};
    check(content_start(&cx, &config, &s->content) == OK);
}

static void close_stage(struct stage *s)
{
    content_stop(s->content);
    pool_close(s->pool);
    far_stop(s->far);
    arena_free(&s->own);
}

static str sealed(struct stage *s, enum original_kind kind, int64_t part)
{
    struct original_key key = {kind, s->message, part};
    str token = {0};
    check(original_seal(begin(s->w), &key, &token) == OK);
    token = keep(s->w, token);
    check(end(s->w, OK) == OK);
    return token;
}

static str ask_content(struct stage *s, str token)
{
    struct dial d;
    check(dial_open(&d, content_port(s->content)));
    dial_say(&d, arena_fmt(&s->w->kept,
                           "GET /" STR_FMT " HTTP/1.1\r\nHost: localhost\r\n"
                           "Cookie: staffel=x\r\nConnection: close\r\n\r\n",
                           STR_ARG(token)));
    str all = dial_rest(&d, &s->own);
    dial_close(&d);
    return all;
}

static bool is_sealed_off(str answer)
{
    return str_find(answer, S("default-src 'none'; img-src 'self'")) > 0
           && str_find(answer, S("X-Content-Type-Options: nosniff")) > 0
           && str_find(answer, S("Referrer-Policy: no-referrer")) > 0
           && str_find(answer, S("Cache-Control: no-store")) > 0
           && str_find(answer, S("default-src *")) < 0 && str_find(answer, S("Set-Cookie")) < 0;
}

static void C4_only_what_is_a_picture_comes_through(struct world *w)
{
    struct stage s;
    open_stage(w, &s);
    str a = ask_content(&s, sealed(&s, ORIGINAL_FAR_PICTURE, 0));
    check(str_starts(a, S("HTTP/1.1 200")) && str_ends(a, S(GIF)) && is_sealed_off(a));
    check(str_find(a, S("Content-Type: image/gif")) > 0 && str_find(a, S("text/html")) < 0);
    check(str_find(far_question(s.far), S("Cookie")) < 0);
    for (int64_t part = 1; part < 4; part++) {    // SVG, inside, a page
        a = ask_content(&s, sealed(&s, ORIGINAL_FAR_PICTURE, part));
        check(str_starts(a, S("HTTP/1.1 404")) && is_sealed_off(a));
        check(str_find(a, S("svg")) < 0 && str_find(a, S("<html>")) < 0);
    }
    check(far_asked(s.far) == 3);
    close_stage(&s);
}

static void C4_not_beyond_its_limit(struct world *w)
{
    struct stage s;
    open_stage(w, &s);
    for (int over = 0; over < 2; over++) {
        struct buf b = buf_new(&s.own, LIMIT_PICTURE_BYTES + 100);
        buf_put(&b, S("HTTP/1.1 200 OK\r\n\r\n" GIF));
        isize rest = LIMIT_PICTURE_BYTES + over - S(GIF).n;
        buf_grow(&b, rest);
        memset(b.p + b.n, 0, (size_t)rest);
        b.n += rest;
        far_says(s.far, over ? "/over.gif" : "/most.gif", buf_str(&b));
    }
    str a = ask_content(&s, sealed(&s, ORIGINAL_FAR_PICTURE, 4));
    check(str_starts(a, S("HTTP/1.1 200")) && a.n > LIMIT_PICTURE_BYTES);
    a = ask_content(&s, sealed(&s, ORIGINAL_FAR_PICTURE, 5));
    check(str_starts(a, S("HTTP/1.1 404")));
    close_stage(&s);
}

static void C1_C3_only_what_was_sealed(struct world *w)
{
    struct stage s;
    open_stage(w, &s);
    str a = ask_content(&s, sealed(&s, ORIGINAL_PAGE, 0));
    check(str_starts(a, S("HTTP/1.1 200"))
          && str_ends(a, S("<img><img><img><img><img><img>\n")));
    a = ask_content(&s, sealed(&s, ORIGINAL_FAR_PAGE, 0));
    check(str_find(a, S("<img src=\"/4-")) > 0 && str_find(a, S("far.example")) < 0);
    str token = sealed(&s, ORIGINAL_FAR_PICTURE, 0);
    str other = arena_fmt(&w->kept, "4-1-%lld-1" STR_FMT, (long long)s.message.n,
                          STR_ARG(str_cut(token, str_find(token, S("-0-")) + 2)));
    check(str_starts(ask_content(&s, other), S("HTTP/1.1 404")));
    check(str_starts(ask_content(&s, S("?url=http://far.example/1.gif")), S("HTTP/1.1 404")));
    check(far_asked(s.far) == 0);
    close_stage(&s);
}

const struct test content_tests[] = {
    T(C4_only_what_is_a_picture_comes_through),
    T(C4_not_beyond_its_limit),
    T(C1_C3_only_what_was_sealed),
    {0},
};
