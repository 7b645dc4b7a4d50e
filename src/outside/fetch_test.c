// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/limits.h"
#include "base/now.h"
#include "outside/fetch.h"
#include "testing/far.h"
#include "testing/test.h"

#define OK_HEAD   "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nSet-Cookie: a=b\r\n\r\n"
#define MOVED(to) S("HTTP/1.1 302 Found\r\nLocation: " to "\r\nContent-Length: 0\r\n\r\n")
#define FAR       "93.184.216.34"

// Names and what they are answered with, in turn: one that has two answers changes its mind.
struct name {
    const char *name, *first, *then;
};

struct stranger {
    struct far *far;
    const struct name *name;
    int resolved;
    struct fetch_seam seam;
};

static const struct name names[] = {
    {"far.example", FAR, FAR},
    {"twice.example", "127.0.0.1," FAR, FAR},
    {"six.example", "[2606:4700::1111]", "[2606:4700::1111]"},
    {"inside.example", "127.0.0.1", "127.0.0.1"},
    {"lan.example", "192.168.1.1,10.0.0.1", "10.0.0.1"},
    {"cloud.example", "169.254.169.254", "169.254.169.254"},
    {"mapped.example", "[::ffff:127.0.0.1]", "[::ffff:127.0.0.1]"},
    {"nat.example", "[64:ff9b::7f00:1]", "[64:ff9b::7f00:1]"},
    {"tunnel.example", "[2002:7f00:1::1]", "[2002:7f00:1::1]"},
    {"local.example", "[fe80::1]", "[fc00::1]"},
    {"rebind.example", FAR, "127.0.0.1"},
    {0},
};

static str resolve(void *arg, struct arena *a, str name)
{
    struct stranger *s = arg;
    (void)a;
    for (const struct name *n = names; n->name != NULL; n++)
        if (str_eq_nocase(name, str_from_z(n->name)))
            return str_from_z(s->resolved++ == 0 ? n->first : n->then);
    return (str){0};
}

static void start(struct stranger *s)
{
    *s = (struct stranger){.far = far_start(S("127.0.0.2:0"))};
    s->seam = (struct fetch_seam){resolve, s, "127.0.0.2", far_port(s->far)};
    far_says(s->far, "/1.png", S(OK_HEAD "picture"));
    far_says(s->far, "/lost.png", S("HTTP/1.1 404 No\r\n\r\npicture"));
    far_says(s->far, "/packed.png",
             S("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n\x1f\x8b packed"));
    far_says(s->far, "/large.png", S("HTTP/1.1 200 OK\r\nContent-Length: 2000\r\n\r\npicture"));
    far_says(s->far, "/exact.png", S("HTTP/1.1 200 OK\r\n\r\n12345678"));
    far_says(s->far, "/over.png", S("HTTP/1.1 200 OK\r\n\r\n123456789"));
    far_says(s->far, "/to-far", MOVED("http://six.example/1.png"));
    far_says(s->far, "/to-near", MOVED("1.png"));
    far_says(s->far, "/to-inside", MOVED("http://inside.example/1.png"));
    far_says(s->far, "/to-number", MOVED("http://2130706433/1.png"));
    far_says(s->far, "/to-port", MOVED("http://far.example:25/1.png"));
    far_says(s->far, "/to-file", MOVED("file:///etc/passwd"));
    far_says(s->far, "/to-gopher", MOVED("gopher://far.example/1"));
    far_says(s->far, "/to-rebind", MOVED("http://rebind.example/1.png"));
    far_says(s->far, "/round", MOVED("http://far.example/round"));
    far_says(s->far, "/1", MOVED("/2"));
    far_says(s->far, "/2", MOVED("/3"));
    far_says(s->far, "/3", MOVED("/1.png"));
}

static enum fetch_end get_most(struct world *w, struct stranger *s, const char *url,
                               int64_t most, str *out)
{
    struct fetch_wish wish = {.url = str_from_z(url),
                              .accept = "image/png",
                              .most = most,
                              .seconds = 2,
                              .seam = &s->seam};
    s->resolved = 0;
    return fetch_get(&w->arena, &wish, out);
}

static enum fetch_end get(struct world *w, struct stranger *s, const char *url)
{
    str out;
    return get_most(w, s, url, 1000, &out);
}

static void F1_nothing_but_http_at_its_port(struct world *w)
{
    static const char *const refused[] = {
        "ftp://far.example/1.png",
        "file:///etc/passwd",
        "gopher://far.example/1",
        "dict://far.example/1",
        "http://far.example:22/1.png",
        "https://far.example:80/1.png",
        "http://far.example:443/",
        "http://u:p@far.example/1.png",
        "http://u@far.example/1.png",
        "//far.example/1.png",
        "far.example/1.png",
        "http://",
        "http://far example/1.png",
        "http://far.example/\r\nHost: x",
        "javascript:f()",
        "",
    };
    struct stranger s;
    start(&s);
    for (isize i = 0; i < countof(refused); i++)
        check(get(w, &s, refused[i]) == FETCH_ADDRESS);
    check(far_asked(s.far) == 0);
    check(get(w, &s, "HTTP://FAR.example:80/1.png#part") == FETCH_DONE);
    far_stop(s.far);
}

static void F2_no_socket_to_what_is_not_public(struct world *w)
{
    static const char *const refused[] = {
        "http://127.0.0.1/1.png",  "http://127.1/1.png",
        "http://2130706433/1.png", "http://0x7f000001/1.png",
        "http://0177.0.0.1/1.png", "http://127.0.0.1./1.png",
        "http://0/1.png",          "http://[::1]/1.png",
        "http://[::]/1.png",       "http://[::ffff:7f00:1]/1.png",
        "http://[fe80::1]/1.png",  "http://169.254.169.254/latest/",
        "http://inside.example/",  "http://lan.example/",
        "http://cloud.example/",   "http://mapped.example/",
        "http://nat.example/",     "http://tunnel.example/",
        "http://local.example/",   "https://inside.example/",
        "http://100.64.0.1/1.png", "http://192.168.0.1/1.png",
        "http://%31%32%37.0.0.1/", "http://localhost/1.png",
    };
    struct stranger s;
    start(&s);
    for (isize i = 0; i < countof(refused); i++) {
        enum fetch_end end = get(w, &s, refused[i]);
        if (end != FETCH_NOT_PUBLIC && end != FETCH_ADDRESS && end != FETCH_NO_ANSWER)
            fprintf(stderr, "%s: %d\n", refused[i], end);
        check(end == FETCH_NOT_PUBLIC || end == FETCH_ADDRESS || end == FETCH_NO_ANSWER);
    }
    check(get(w, &s, "http://inside.example/1.png") == FETCH_NOT_PUBLIC);
    check(far_asked(s.far) == 0);
    check(get(w, &s, "http://far.example/1.png") == FETCH_DONE);
    check(get(w, &s, "http://six.example/1.png") == FETCH_DONE);
    check(get(w, &s, "http://twice.example/1.png") == FETCH_DONE);    // by the public one
    check(far_asked(s.far) == 3);
    far_stop(s.far);
}

static void F2_our_own_address_is_not_asked(struct world *w)
{
    struct stranger s;
    start(&s);
    struct far *ours = far_start(S("127.0.0.1:0"));    // speaks from the address it listens at
    far_says(ours, "/1.png", S(OK_HEAD "picture"));
    s.seam.host = "127.0.0.1";
    s.seam.port = far_port(ours);
    check(get(w, &s, "http://far.example/1.png") == FETCH_NOT_PUBLIC);
    check(far_asked(ours) == 0);
    far_stop(ours);
    far_stop(s.far);
}

static void F3_each_redirect_is_looked_at_anew(struct world *w)
{
    struct stranger s;
    start(&s);
    str out;
    check(get_most(w, &s, "http://far.example/to-far", 1000, &out) == FETCH_DONE);
    check_text(out, S("picture"));
    check(get(w, &s, "http://far.example/to-near") == FETCH_DONE);
    int before = far_asked(s.far);
    check(get(w, &s, "http://far.example/to-inside") == FETCH_NOT_PUBLIC);
    check(get(w, &s, "http://far.example/to-number") == FETCH_NOT_PUBLIC);
    check(get(w, &s, "http://far.example/to-rebind") == FETCH_NOT_PUBLIC);
    check(get(w, &s, "http://far.example/to-port") == FETCH_ADDRESS);
    check(get(w, &s, "http://far.example/to-file") == FETCH_ADDRESS);
    check(get(w, &s, "http://far.example/to-gopher") == FETCH_ADDRESS);
    check(far_asked(s.far) == before + 6);
    check(LIMIT_FETCH_HOPS == 3 && get(w, &s, "http://far.example/1") == FETCH_DONE);
    before = far_asked(s.far);
    check(get(w, &s, "http://far.example/round") == FETCH_TOO_FAR);
    check(far_asked(s.far) == before + LIMIT_FETCH_HOPS + 1);
    far_stop(s.far);
}

// The name is asked once for each connection, and the answer that was checked is used.
static void F2_a_name_that_changes_its_answer(struct world *w)
{
    struct stranger s;
    start(&s);
    check(get(w, &s, "http://rebind.example/1.png") == FETCH_DONE && s.resolved == 1);
    check(get(w, &s, "http://rebind.example/1.png") == FETCH_DONE && s.resolved == 1);
    far_stop(s.far);
}

static void F4_nothing_is_told(struct world *w)
{
    struct stranger s;
    start(&s);
    check(get(w, &s, "http://far.example/1.png") == FETCH_DONE);
    check(get(w, &s, "http://far.example/1.png") == FETCH_DONE);    // no cookie comes back
    check_text(far_question(s.far),
               S("GET /1.png HTTP/1.1\r\nHost: far.example\r\nUser-Agent: Mozilla/5.0\r\n"
                 "Accept: image/png\r\n\r\n"));
    check(get(w, &s, "http://far.example/to-near") == FETCH_DONE);    // no referrer either
    check_text(far_question(s.far),
               S("GET /1.png HTTP/1.1\r\nHost: far.example\r\nUser-Agent: Mozilla/5.0\r\n"
                 "Accept: image/png\r\n\r\n"));
    far_stop(s.far);
}

static void F5_no_proxy_and_no_tls_without_a_certificate(struct world *w)
{
    struct stranger s;
    start(&s);
    setenv("http_proxy", "http://127.0.0.1:9", 1);
    check(get(w, &s, "http://far.example/1.png") == FETCH_DONE);
    unsetenv("http_proxy");
    check(get(w, &s, "https://far.example/1.png") == FETCH_NO_ANSWER);
    far_stop(s.far);
}

static void F6_so_many_bytes_and_seconds(struct world *w)
{
    struct stranger s;
    str out;
    start(&s);
    check(get(w, &s, "http://far.example/large.png") == FETCH_TOO_LARGE);
    check(get_most(w, &s, "http://far.example/exact.png", 8, &out) == FETCH_DONE);
    check(get_most(w, &s, "http://far.example/over.png", 8, &out) == FETCH_TOO_LARGE);
    int64_t begin = now_monotonic_ms();
    check(get(w, &s, "http://far.example/silence") == FETCH_NO_ANSWER);
    check(now_monotonic_ms() - begin < 4000);
    far_stop(s.far);
}

static void F7_only_200_and_nothing_unpacked(struct world *w)
{
    struct stranger s;
    str out;
    start(&s);
    check(get(w, &s, "http://far.example/lost.png") == FETCH_REFUSED);
    check(get_most(w, &s, "http://far.example/packed.png", 1000, &out) == FETCH_DONE);
    check_text(out, S("\x1f\x8b packed"));
    far_stop(s.far);
}

const struct test fetch_tests[] = {
    T(F1_nothing_but_http_at_its_port),
    T(F2_no_socket_to_what_is_not_public),
    T(F2_our_own_address_is_not_asked),
    T(F2_a_name_that_changes_its_answer),
    T(F3_each_redirect_is_looked_at_anew),
    T(F4_nothing_is_told),
    T(F5_no_proxy_and_no_tls_without_a_certificate),
    T(F6_so_many_bytes_and_seconds),
    T(F7_only_200_and_nothing_unpacked),
    {0},
};
