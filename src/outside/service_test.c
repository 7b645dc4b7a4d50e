// SPDX-License-Identifier: GPL-3.0-or-later
#include "outside/service.h"

#include "base/now.h"
#include "testing/far.h"
#include "testing/test.h"

static struct service_wish to(struct world *w, struct far *f, const char *path)
{
    return (struct service_wish){
        .url = arena_fmt(&w->kept, "http://127.0.0.1:%d%s", far_port(f), path),
        .most = 1000,
        .seconds = 2,
        .own = S("git.example, 127.0.0.1")};
}

static struct far *a_service(struct world *w)
{
    struct far *f = far_start(S("127.0.0.1:0"));
    far_says(f, "/ok", S("HTTP/1.1 404 x\r\nETag: \"a\"\r\nRetry-After: 9\r\n\r\nhello"));
    far_says(f, "/large", arena_fmt(&w->kept, "HTTP/1.1 200 x\r\n\r\n%1001d", 1));
    far_says(f, "/head", arena_fmt(&w->kept, "HTTP/1.1 200 x\r\nX: %1001d\r\n\r\n", 1));
    far_says(f, "/away", S("HTTP/1.1 302 x\r\nLocation: /ok\r\n\r\n"));
    return f;
}

static void A6_any_status_is_an_answer(struct world *w)
{
    struct far *f = a_service(w);
    struct service_answer a = {0};
    struct service_wish wish = to(w, f, "/ok");
    wish.field[0] = S("X-Key: geheim");
    check(service_ask(&w->kept, &wish, &a) == SERVICE_ANSWERED && a.status == 404);
    check_text(a.body, S("hello"));
    check_text(service_field(&a, "etag"), S("\"a\""));
    check(service_pause(&a, w->now) == 9);
    check(str_find(far_question(f), S("X-Key: geheim\r\n")) >= 0);
    far_stop(f);
}

static void A1_A2_only_the_operators_own_are_inside(struct world *w)
{
    struct far *f = a_service(w);
    struct service_answer a;
    struct service_wish wish = to(w, f, "/ok");
    wish.own = S("git.example");
    check(service_ask(&w->kept, &wish, &a) == SERVICE_ADDRESS);    // plain http
    wish.url = arena_fmt(&w->kept, "https://127.0.0.1:%d/ok", far_port(f));
    check(service_ask(&w->kept, &wish, &a) == SERVICE_NOT_PUBLIC);
    wish.url = arena_fmt(&w->kept, "https://localhost:%d/ok", far_port(f));
    check(service_ask(&w->kept, &wish, &a) == SERVICE_NOT_PUBLIC);
    static const char *const bad[] = {
        "ftp://127.0.0.1/",          "file:///etc/passwd",      "x", "",
        "https://user@git.example/", "http://git.example.evil/"};
    for (isize i = 0; i < countof(bad); i++) {
        wish.url = str_from_z(bad[i]);
        check(service_ask(&w->kept, &wish, &a) == SERVICE_ADDRESS);
    }
    check(far_asked(f) == 0);
    check(service_is_own(S("a, b"), S("B")) && !service_is_own(S(""), S("b"))
          && !service_is_own(S("a,b"), S("")));
    far_stop(f);
}

static void A3_no_redirect_is_followed(struct world *w)
{
    struct far *f = a_service(w);
    struct service_answer a;
    struct service_wish wish = to(w, f, "/away");
    check(service_ask(&w->kept, &wish, &a) == SERVICE_ANSWERED && a.status == 302);
    check(far_asked(f) == 1);
    far_stop(f);
}

static void A5_there_is_an_end(struct world *w)
{
    struct far *f = a_service(w);
    struct service_answer a;
    struct service_wish wish = to(w, f, "/large");
    check(service_ask(&w->kept, &wish, &a) == SERVICE_TOO_LARGE);
    wish = to(w, f, "/head");
    check(service_ask(&w->kept, &wish, &a) == SERVICE_TOO_LARGE);
    wish = to(w, f, "/silence");
    wish.seconds = 1;
    int64_t began = now_monotonic_ms();
    check(service_ask(&w->kept, &wish, &a) == SERVICE_NO_ANSWER);
    check(now_monotonic_ms() - began < 5000);
    far_stop(f);
}

static int64_t pause_of(const char *head)
{
    struct service_answer a = {.head = str_from_z(head)};
    return service_pause(&a, (instant){1767323045000});    // Fri, 02 Jan 2026 03:04:05 GMT
}

static void A6_how_long_it_asks_for(struct world *w)
{
    (void)w;
    check(pause_of("Retry-After: 120\r\n") == 120);
    check(pause_of("Retry-After: Fri, 02 Jan 2026 03:05:05 GMT\r\n") == 60);
    check(pause_of("Retry-After: Fri, 02 Jan 2026 03:00:00 GMT\r\n") == 1);
    check(pause_of("Retry-After: soon\r\n") == 0);
    check(pause_of("X-RateLimit-Remaining: 0\r\nX-RateLimit-Reset: 1767323145\r\n") == 100);
    check(pause_of("RateLimit-Remaining: 0\r\nRateLimit-Reset: 1767323145\r\n") == 100);
    check(pause_of("X-RateLimit-Remaining: 5\r\nX-RateLimit-Reset: 1767323145\r\n") == 0);
    check(pause_of("") == 0);
}

const struct test service_tests[] = {
    T(A1_A2_only_the_operators_own_are_inside),
    T(A3_no_redirect_is_followed),
    T(A5_there_is_an_end),
    T(A6_any_status_is_an_answer),
    T(A6_how_long_it_asks_for),
    {0},
};
