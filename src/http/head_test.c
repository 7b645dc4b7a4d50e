// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/head.h"
#include "testing/test.h"

static bool is_clear(const char *version, const char *const *line)
{
    struct head h = {0};
    for (; *line != NULL; line++) {
        str value = str_from_z(*line);
        str name = str_token(&value, ':');
        head_add(&h, name, str_trim(value));
    }
    return head_is_clear(&h, str_from_z(version));
}

// clang-format off
#define LINES(...) (const char *const[]){__VA_ARGS__, NULL}
#define CLEAR(...) is_clear("HTTP/1.1", LINES(__VA_ARGS__))
// clang-format on

static void E1_one_host(struct world *w)
{
    (void)w;
    check(CLEAR("Host: desk.example:8080") && CLEAR("host: [::1]:80"));
    check(!CLEAR("Accept: */*"));
    check(!CLEAR("Host: a", "Host: a"));
    check(!CLEAR("Host: a b") && !CLEAR("Host: a/b") && !CLEAR("Host: a@b")
          && !CLEAR("Host: ä"));
    check(is_clear("HTTP/1.0", LINES("Accept: */*")));
    check(!is_clear("HTTP/1.0", LINES("Host: a", "Host: b")));
    check(!is_clear("HTTP/1.2", LINES("Host: a")) && !is_clear("", LINES("Host: a")));
}

static void E2_one_end_of_the_body(struct world *w)
{
    (void)w;
    check(CLEAR("Host: a", "Content-Length: 5")
          && CLEAR("Host: a", "Transfer-Encoding: Chunked"));
    check(!CLEAR("Host: a", "Content-Length: 5", "Content-Length: 5"));
    check(!CLEAR("Host: a", "Content-Length: 5", "Transfer-Encoding: chunked"));
    check(!CLEAR("Host: a", "Transfer-Encoding: chunked", "transfer-encoding: identity"));
    check(!CLEAR("Host: a", "Transfer-Encoding: gzip, chunked"));
    check(!CLEAR("Host: a", "Transfer-Encoding: xchunked"));
    check(!is_clear("HTTP/1.0", LINES("Transfer-Encoding: chunked")));
}

static void E3_names_and_values(struct world *w)
{
    (void)w;
    check(CLEAR("Host: a", "X-Any_1: b\tc ä"));
    check(!CLEAR("Host: a", "Content-Length : 5") && !CLEAR("Host: a", " Content-Length: 5"));
    check(!CLEAR("Host: a", ": b") && !CLEAR("Host: a", "X(: b"));
    check(!CLEAR("Host: a", "X: b\rY") && !CLEAR("Host: a", "X: b\x01")
          && !CLEAR("Host: a", "X: \xff"));
    check(CLEAR("Host: a", "Cookie: other=\xff") && !CLEAR("Host: a", "Cookie: other=\rx"));
    struct head h = {0};
    head_add(&h, S("Host"), S("a"));
    head_add(&h, S("X"), S("a\0b"));
    check(!head_is_clear(&h, S("HTTP/1.1")));
}

static void E4_the_client_behind_a_proxy(struct world *w)
{
    (void)w;
    struct head h = {0};
    check_text(head_client(&h, S("127.0.0.1")), S("127.0.0.1"));
    head_add(&h, S("X-Forwarded-For"), S("198.51.100.1"));
    head_add(&h, S("x-forwarded-for"), S("198.51.100.2, 203.0.113.7"));
    check_text(head_client(&h, S("127.0.0.1")), S("203.0.113.7"));
    check_text(head_client(&h, S("::1")), S("203.0.113.7"));
    check_text(head_client(&h, S("192.0.2.9")), S("192.0.2.9"));
    h.forwarded = S("2001:db8::7");
    check_text(head_client(&h, S("127.0.0.1")), S("2001:db8::7"));
    h.forwarded = S("198.51.100.1, unknown");
    check_text(head_client(&h, S("127.0.0.1")), S("127.0.0.1"));
    h.forwarded = S("198.51.100.1,");
    check_text(head_client(&h, S("127.0.0.1")), S("127.0.0.1"));
}

static void neighbours_are_one_network(struct world *w)
{
    struct arena *a = &w->arena;
    check_text(head_net(a, S("192.0.2.7")), head_net(a, S("192.0.2.200")));
    check_text(head_net(a, S("192.0.2.7")), head_net(a, S("::ffff:192.0.2.8")));
    check(!str_eq(head_net(a, S("192.0.2.7")), head_net(a, S("192.0.3.7"))));
    check_text(head_net(a, S("2001:db8::1:2:3:4")), head_net(a, S("2001:db8:0:7::9")));
    check(!str_eq(head_net(a, S("2001:db8::1")), head_net(a, S("2001:db8:1::1"))));
}

const struct test head_tests[] = {
    T(E1_one_host),
    T(E2_one_end_of_the_body),
    T(E3_names_and_values),
    T(E4_the_client_behind_a_proxy),
    T(neighbours_are_one_network),
    {0},
};
