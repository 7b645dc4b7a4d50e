// SPDX-License-Identifier: GPL-3.0-or-later
// The rules of fetch.h over TLS, against servers whose certificates are right, and not.
#include "base/limits.h"
#include "base/now.h"
#include "outside/fetch.h"
#include "testing/far.h"
#include "testing/far_tls.h"
#include "testing/test.h"

#define FAR       "93.184.216.34"
#define HEAD      "HTTP/1.1 200 OK\r\n\r\n"
#define MOVED(to) S("HTTP/1.1 302 Found\r\nLocation: " to "\r\nContent-Length: 0\r\n\r\n")

enum { SECONDS = 2 };

static const struct far_paper right = {
    .names = "DNS:far.example", .from_s = -HOUR_S, .to_s = HOUR_S};

struct stage {
    struct world *w;
    struct far_authority *authority;
    struct far *far;
    struct fetch_seam seam;
};

static str resolve(void *arg, struct arena *a, str name)
{
    (void)arg, (void)a;
    if (str_eq(name, S("inside.example")))
        return S("10.0.0.7");
    return str_eq(name, S("far.example")) ? S(FAR) : (str){0};
}

static struct stage open_stage(struct world *w, const struct far_paper *p)
{
    str path = arena_fmt(&w->kept, STR_FMT "/root.pem", STR_ARG(w->place.dir));
    struct stage s = {.w = w, .authority = far_tls_authority()};
    s.far = far_start(S("127.0.0.2:0"));
    s.seam = (struct fetch_seam){.resolve = resolve,
                                 .host = "127.0.0.2",
                                 .port = far_port(s.far),
                                 .trust = arena_z(&w->kept, path)};
    far_tls_root(s.authority, s.seam.trust);
    far_secure(s.far, far_tls_server(s.authority, p));
    far_says(s.far, "/1.png", S(HEAD "picture"));
    far_says(s.far, "/over.png", S(HEAD "123456789"));
    far_says(s.far, "/large.png", S("HTTP/1.1 200 OK\r\nContent-Length: 2000\r\n\r\npicture"));
    far_says(s.far, "/lost.png", S("HTTP/1.1 404 No\r\n\r\npicture"));
    far_says(s.far, "/to-plain", MOVED("http://far.example/1.png"));
    far_says(s.far, "/to-near", MOVED("/1.png"));
    far_says(s.far, "/to-inside", MOVED("https://inside.example/1.png"));
    far_says(s.far, "/to-number", MOVED("https://192.168.1.1/1.png"));
    far_says(s.far, "/to-us", MOVED("https://[::1]/1.png"));
    far_drips(s.far, "/drip.png", S(HEAD "a picture that comes in by a byte at a time"));
    return s;
}

static void close_stage(struct stage *s)
{
    far_stop(s->far);
    far_tls_forget(s->authority);
}

static enum fetch_end get(struct stage *s, const char *url, str *out)
{
    struct fetch_wish wish = {.url = str_from_z(url),
                              .accept = "image/png",
                              .most = 8,
                              .seconds = SECONDS,
                              .seam = &s->seam};
    *out = (str){0};
    return fetch_get(&s->w->arena, &wish, out);
}

// One question to a server with this paper; *asked is what the server heard of it.
static enum fetch_end show(struct world *w, const struct far_paper *p, int *asked)
{
    struct stage s = open_stage(w, p);
    str out;
    enum fetch_end end = get(&s, "https://far.example/1.png", &out);
    *asked = far_asked(s.far);
    close_stage(&s);
    return end;
}

static void F5_the_right_certificate(struct world *w)
{
    static const struct far_paper several = {
        .names = "DNS:other.example,DNS:far.example", .from_s = -HOUR_S, .to_s = HOUR_S};
    int asked;
    check(show(w, &right, &asked) == FETCH_DONE && asked == 1);
    check(show(w, &several, &asked) == FETCH_DONE && asked == 1);
}

static void F5_any_other_hears_nothing(struct world *w)
{
    static const struct far_paper wrong[] = {
        {.names = "DNS:other.example", .from_s = -HOUR_S, .to_s = HOUR_S},
        {.names = "DNS:far.example.evil.example", .from_s = -HOUR_S, .to_s = HOUR_S},
        {.names = "DNS:*.example", .from_s = -HOUR_S, .to_s = HOUR_S},
        {.names = "DNS:*.far.example", .from_s = -HOUR_S, .to_s = HOUR_S},
        {.names = "IP:" FAR, .from_s = -HOUR_S, .to_s = HOUR_S},
        {.names = "DNS:far.example", .from_s = -2 * HOUR_S, .to_s = -HOUR_S},
        {.names = "DNS:far.example", .from_s = HOUR_S, .to_s = 2 * HOUR_S},
        {.names = "DNS:far.example", .from_s = -HOUR_S, .to_s = HOUR_S, .itself = true},
    };
    for (isize i = 0; i < countof(wrong); i++) {
        int asked;
        check(show(w, &wrong[i], &asked) == FETCH_NO_ANSWER);
        check(asked == 0);
    }
}

// Whom the system does not trust is not trusted, whatever else is right.
static void F5_an_authority_of_nobodys(struct world *w)
{
    struct stage s = open_stage(w, &right);
    str out;
    s.seam.trust = NULL;
    check(get(&s, "https://far.example/1.png", &out) == FETCH_NO_ANSWER);
    check(far_asked(s.far) == 0);
    close_stage(&s);
}

static void F3_never_from_https_to_http(struct world *w)
{
    struct stage s = open_stage(w, &right);
    struct far *plain = far_start(S("127.0.0.2:0"));
    str out;
    check(get(&s, "https://far.example/to-near", &out) == FETCH_DONE);
    check_text(out, S("picture"));
    check(get(&s, "https://far.example/to-plain", &out) == FETCH_ADDRESS && out.n == 0);
    check(far_asked(s.far) == 3 && far_asked(plain) == 0);
    far_stop(plain);
    close_stage(&s);
}

static void F2_F3_no_redirect_leads_inside(struct world *w)
{
    static const char *const way[] = {"https://far.example/to-inside",
                                      "https://far.example/to-number",
                                      "https://far.example/to-us"};
    struct stage s = open_stage(w, &right);
    str out;
    for (isize i = 0; i < countof(way); i++) {
        check(get(&s, way[i], &out) == FETCH_NOT_PUBLIC);
        check(far_asked(s.far) == (int)i + 1);    // who sent us there, and nobody else
    }
    close_stage(&s);
}

static void F6_too_large_and_too_slow(struct world *w)
{
    struct stage s = open_stage(w, &right);
    str out;
    check(get(&s, "https://far.example/over.png", &out) == FETCH_TOO_LARGE);
    check(get(&s, "https://far.example/large.png", &out) == FETCH_TOO_LARGE);
    int64_t begin = now_monotonic_ms();
    check(get(&s, "https://far.example/drip.png", &out) == FETCH_NO_ANSWER);
    check(now_monotonic_ms() - begin < (SECONDS + 2) * 1000);
    close_stage(&s);
}

static void F7_what_is_not_200_is_no_answer(struct world *w)
{
    struct stage s = open_stage(w, &right);
    str out;
    check(get(&s, "https://far.example/lost.png", &out) == FETCH_REFUSED);
    close_stage(&s);
}

// F4: the same words as without TLS, and no session by which we would be known again.
static void F4_nothing_is_told(struct world *w)
{
    struct stage s = open_stage(w, &right);
    str out;
    for (int i = 0; i < 3; i++)
        check(get(&s, "https://far.example/1.png", &out) == FETCH_DONE);
    check_text(far_question(s.far),
               S("GET /1.png HTTP/1.1\r\nHost: far.example\r\nUser-Agent: Mozilla/5.0\r\n"
                 "Accept: image/png\r\n\r\n"));
    check(far_known(s.far) == 0);
    close_stage(&s);
}

const struct test fetch_tls_tests[] = {
    T(F2_F3_no_redirect_leads_inside),
    T(F3_never_from_https_to_http),
    T(F4_nothing_is_told),
    T(F5_the_right_certificate),
    T(F5_any_other_hears_nothing),
    T(F5_an_authority_of_nobodys),
    T(F6_too_large_and_too_slow),
    T(F7_what_is_not_200_is_no_answer),
    {0},
};
