// SPDX-License-Identifier: GPL-3.0-or-later
// The protocol of these tests: each line comes back; "wait" comes back only after another
// thread has said so; "bye" ends it.
#include "testing/dial.h"
#include "testing/test.h"

#include "base/buf.h"
#include "base/io.h"
#include "base/now.h"
#include "net/server.h"

#include <pthread.h>
#include <stdatomic.h>

struct echo {
    struct server *server;
    int port;
    _Atomic(struct conn *) held;    // who said "wait"
    _Atomic int open, closed;
};

static void opened(struct conn *c, void *arg)
{
    struct echo *e = arg;
    e->open++;
    server_say(c, S("hello\r\n"));
}

static isize input(struct conn *c, void *arg, str bytes)
{
    struct echo *e = arg;
    isize n = str_find(bytes, S("\n")) + 1;
    if (n == 0)
        return bytes.n == SERVER_IN ? bytes.n : 0;
    str line = str_trim((str){bytes.p, n});
    if (str_eq(line, S("wait"))) {
        server_wait(c);
        e->held = c;
        return n;
    }
    if (str_eq(line, S("bye")))
        server_finish(c);
    server_say(c, (str){bytes.p, n});
    return n;
}

static void resumed(struct conn *c, void *arg)
{
    (void)arg;
    server_say(c, S("waited\r\n"));
}

static void closed(struct conn *c, void *arg)
{
    (void)c;
    struct echo *e = arg;
    e->closed++;
}

static void start(struct world *w, struct echo *e, int most, int64_t idle_s)
{
    struct ctx cx = {.arena = &w->arena};
    struct server_config config = {.threads = 2,
                                   .most = most,
                                   .idle_s = idle_s,
                                   .full = S("full\r\n"),
                                   .idle = S("idle\r\n"),
                                   .stop = S("stop\r\n"),
                                   .arg = e,
                                   .opened = opened,
                                   .input = input,
                                   .resumed = resumed,
                                   .closed = closed};
    check(io_listen(&cx, S("127.0.0.1:0"), &config.fd, &e->port) == OK);
    check(server_start(&cx, &config, &e->server) == OK);
}

static struct conn *held(struct echo *e)
{
    for (int i = 0; i < 2000 && e->held == NULL; i++)
        now_sleep_ms(1);
    return atomic_exchange(&e->held, NULL);
}

static void Q1_many_lines_many_peers(struct world *w)
{
    struct echo e = {0};
    start(w, &e, 64, 60);
    struct dial d[20];
    for (isize i = 0; i < countof(d); i++)
        check(dial_open(&d[i], e.port));
    for (isize i = 0; i < countof(d); i++)
        dial_say(&d[i], S("one\r\ntwo\r\nthr"));
    for (isize i = 0; i < countof(d); i++) {
        check_text(dial_hear(&d[i]), S("hello"));
        check_text(dial_hear(&d[i]), S("one"));
        check_text(dial_hear(&d[i]), S("two"));
        dial_say(&d[i], S("ee\r\nbye\r\n"));
        check_text(dial_hear(&d[i]), S("three"));
        check_text(dial_hear(&d[i]), S("bye"));
        check_text(dial_hear(&d[i]), S(""));
        dial_close(&d[i]);
    }
    server_stop(e.server);
    check(e.open == 20 && e.closed == 20);
}

static void Q2_input_waits_for_the_other_thread(struct world *w)
{
    struct echo e = {0};
    start(w, &e, 64, 60);
    struct dial d;
    check(dial_open(&d, e.port));
    check_text(dial_hear(&d), S("hello"));
    dial_say(&d, S("wait\r\nlater\r\n"));
    struct conn *c = held(&e);
    check(c != NULL);
    server_resume(c);
    check_text(dial_hear(&d), S("waited"));
    check_text(dial_hear(&d), S("later"));
    dial_close(&d);
    server_stop(e.server);
}

static void Q2_a_peer_that_leaves_while_waiting(struct world *w)
{
    struct echo e = {0};
    start(w, &e, 64, 60);
    struct dial d;
    check(dial_open(&d, e.port));
    dial_say(&d, S("wait\r\n"));
    struct conn *c = held(&e);
    dial_close(&d);
    now_sleep_ms(50);
    check(e.closed == 0);    // the session is still in use
    server_resume(c);
    server_stop(e.server);
    check(e.closed == 1);
}

struct flood {
    struct dial *d;
    str bytes;
};

static void *pour(void *arg)
{
    struct flood *f = arg;
    dial_say(f->d, f->bytes);
    return NULL;
}

static void Q3_a_peer_that_does_not_listen_is_held_back(struct world *w)
{
    struct echo e = {0};
    start(w, &e, 64, 60);
    struct dial d;
    check(dial_open(&d, e.port));
    struct buf b = buf_new(&w->arena, 1 << 25);
    for (int i = 0; i < 2000000; i++)
        buf_put(&b, S("0123456789\r\n"));
    pthread_t t;
    struct flood flood = {&d, buf_str(&b)};
    check(pthread_create(&t, NULL, pour, &flood) == 0);
    now_sleep_ms(300);    // longer than the kernel's own buffers last
    check_text(dial_hear(&d), S("hello"));
    int heard = 0;
    while (heard < 2000000 && str_eq(dial_hear(&d), S("0123456789")))
        heard++;
    check(heard == 2000000);
    pthread_join(t, NULL);
    dial_close(&d);
    server_stop(e.server);
}

static void Q4_silence_ends_it(struct world *w)
{
    struct echo e = {0};
    start(w, &e, 64, 1);
    struct dial d;
    check(dial_open(&d, e.port));
    check_text(dial_hear(&d), S("hello"));
    check_text(dial_hear(&d), S("idle"));
    check_text(dial_hear(&d), S(""));
    dial_close(&d);
    server_stop(e.server);
    check(e.closed == 1);
}

static void Q5_no_more_than_most(struct world *w)
{
    struct echo e = {0};
    start(w, &e, 2, 60);
    struct dial d[3];
    for (isize i = 0; i < countof(d); i++) {
        check(dial_open(&d[i], e.port));
        check_text(dial_hear(&d[i]), i < 2 ? S("hello") : S("full"));
    }
    for (isize i = 0; i < countof(d); i++)
        dial_close(&d[i]);
    server_stop(e.server);
    check(e.open == 2 && e.closed == 2);
}

static void *resume_later(void *arg)
{
    now_sleep_ms(100);
    server_resume(arg);
    return NULL;
}

static void Q6_stop_lets_the_answer_come(struct world *w)
{
    struct echo e = {0};
    start(w, &e, 64, 60);
    struct dial d, idle;
    check(dial_open(&d, e.port) && dial_open(&idle, e.port));
    check_text(dial_hear(&d), S("hello"));
    check_text(dial_hear(&idle), S("hello"));
    dial_say(&d, S("wait\r\n"));
    pthread_t t;
    check(pthread_create(&t, NULL, resume_later, held(&e)) == 0);
    server_stop(e.server);
    pthread_join(t, NULL);
    check_text(dial_hear(&d), S("waited"));
    check_text(dial_hear(&d), S("stop"));
    check_text(dial_hear(&idle), S("stop"));
    check_text(dial_hear(&idle), S(""));
    check(e.closed == 2);
    dial_close(&d);
    dial_close(&idle);
}

const struct test server_tests[] = {
    T(Q1_many_lines_many_peers),
    T(Q2_input_waits_for_the_other_thread),
    T(Q2_a_peer_that_leaves_while_waiting),
    T(Q3_a_peer_that_does_not_listen_is_held_back),
    T(Q4_silence_ends_it),
    T(Q5_no_more_than_most),
    T(Q6_stop_lets_the_answer_come),
    {0},
};
