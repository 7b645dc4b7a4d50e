// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/server.h"

#include "base/io.h"
#include "base/now.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

// SAY_MAX: what one call of a handler may say on top of SERVER_OUT.
enum { THREADS_MAX = 16, EVENTS = 64, SAY_MAX = 1 << 16, TICK_MS = 1000, GRACE_MS = 3000 };

struct conn_state {
    struct home *home;
    int fd;
    uint32_t interest;    // what epoll was told
    char *in, *out;
    isize in_at, in_n;    // in[in_at .. in_n) is not understood yet
    isize out_at, out_n;
    bool waiting, finishing, gone;
    int64_t seen;
    struct conn *next, **prev;
    struct conn *resumed;
};

struct home {    // one thread and its connections
    struct server *server;
    int epoll, bell;
    struct conn *first;
    pthread_mutex_t mutex;
    struct conn *resumed;    // under the mutex: whose commit is over
    pthread_t thread;
    bool leaving;
};

struct server {
    struct server_config config;
    struct arena arena;
    _Atomic int count;
    _Atomic bool stop;
    int homes;
    struct home home[THREADS_MAX];
};

void server_say(struct conn *c, str bytes)
{
    struct conn_state *s = c->state;
    if (bytes.n > SERVER_OUT + SAY_MAX - s->out_n)
        abort();    // a handler that says more than SAY_MAX is our bug
    if (bytes.n > 0)
        memcpy(s->out + s->out_n, bytes.p, (size_t)bytes.n);
    s->out_n += bytes.n;
}

void server_wait(struct conn *c)
{
    c->state->waiting = true;
}

void server_finish(struct conn *c)
{
    c->state->finishing = true;
}

static void ring(int bell)
{
    uint64_t one = 1;
    ssize_t n = write(bell, &one, sizeof one);
    (void)n;    // a full counter rings as well
}

void server_resume(struct conn *c)
{
    struct home *h = c->state->home;
    pthread_mutex_lock(&h->mutex);
    c->state->resumed = h->resumed;
    h->resumed = c;
    ring(h->bell);    // inside: when c is gone, so may be h
    pthread_mutex_unlock(&h->mutex);
}

static void link_first(struct home *h, struct conn *c)
{
    c->state->next = h->first;
    c->state->prev = &h->first;
    if (h->first != NULL)
        h->first->state->prev = &c->state->next;
    h->first = c;
}

static void conn_end(struct conn *c)
{
    struct conn_state *s = c->state;
    struct server *server = s->home->server;
    server->config.closed(c, server->config.arg);
    close(s->fd);
    *s->prev = s->next;
    if (s->next != NULL)
        s->next->state->prev = s->prev;
    struct arena a = c->arena;    // holds the connection itself
    arena_free(&a);
    server->count--;
}

static void flush(struct conn *c)
{
    struct conn_state *s = c->state;
    while (s->out_at < s->out_n && !s->gone) {
        ssize_t n =
            send(s->fd, s->out + s->out_at, (size_t)(s->out_n - s->out_at), MSG_NOSIGNAL);
        if (n > 0)
            s->out_at += n;
        else if (errno == EAGAIN)
            return;
        else if (errno != EINTR)
            s->gone = true;
    }
    s->out_at = s->out_n = 0;
}

static isize unsent(const struct conn_state *s)
{
    return s->out_n - s->out_at;
}

static bool wants_input(const struct conn_state *s)
{
    return !s->waiting && !s->finishing && !s->gone && unsent(s) < SERVER_OUT;
}

static void understand(struct conn *c)
{
    struct conn_state *s = c->state;
    const struct server_config *config = &s->home->server->config;
    while (wants_input(s) && s->in_at < s->in_n) {
        str bytes = {s->in + s->in_at, s->in_n - s->in_at};
        isize used = config->input(c, config->arg, bytes);
        s->in_at += used;
        if (used == 0 && !s->waiting && bytes.n == SERVER_IN)
            s->gone = true;    // Q3: a handler must understand a full buffer
        if (used == 0)
            break;
        if (s->out_n > SERVER_OUT)
            flush(c);
    }
}

static void receive(struct conn *c)
{
    struct conn_state *s = c->state;
    if (s->in_at > 0) {
        memmove(s->in, s->in + s->in_at, (size_t)(s->in_n - s->in_at));
        s->in_n -= s->in_at;
        s->in_at = 0;
    }
    if (s->in_n == SERVER_IN)
        return;
    ssize_t n = recv(s->fd, s->in + s->in_n, (size_t)(SERVER_IN - s->in_n), 0);
    if (n > 0)
        s->in_n += n;
    else if (n == 0)
        s->finishing = true;    // it has said everything; it may still listen
    else if (errno != EAGAIN && errno != EINTR)
        s->gone = true;
    s->seen = now_monotonic_ms();
}

// Tell epoll what this connection can go on with.  A waiting one leaves epoll altogether: a
// peer that hangs up meanwhile would be reported again and again.
static void watch(struct conn *c)
{
    struct conn_state *s = c->state;
    uint32_t want = wants_input(s) ? EPOLLIN : 0;
    if (unsent(s) > 0)
        want |= EPOLLOUT;
    if (want == s->interest)
        return;
    struct epoll_event e = {.events = want, .data.ptr = c};
    int op = want == 0 ? EPOLL_CTL_DEL : s->interest == 0 ? EPOLL_CTL_ADD : EPOLL_CTL_MOD;
    if (epoll_ctl(s->home->epoll, op, s->fd, &e) != 0)
        s->gone = true;
    s->interest = want;
}

// After anything happened: understand, answer, and leave if it is over.
static void go_on(struct conn *c)
{
    struct conn_state *s = c->state;
    if (!s->gone)
        understand(c);
    flush(c);
    if (s->waiting)
        watch(c);    // the writer still holds the session: it cannot end now
    else if (s->gone || (s->finishing && unsent(s) == 0))
        conn_end(c);
    else
        watch(c);
}

static void say_last(struct conn *c, str words)
{
    if (!c->state->finishing)
        server_say(c, words);
    c->state->finishing = true;
}

static struct conn *conn_make(struct home *h, int fd)
{
    struct arena a = arena_new(h->server->config.arena + SERVER_IN + SERVER_OUT + 2 * SAY_MAX);
    struct conn *c = make(&a, struct conn, 1);
    struct conn_state *s = make(&a, struct conn_state, 1);
    *s = (struct conn_state){.home = h, .fd = fd, .seen = now_monotonic_ms()};
    s->in = make(&a, char, SERVER_IN);
    s->out = make(&a, char, SERVER_OUT + SAY_MAX);
    *c = (struct conn){.arena = a, .state = s};
    link_first(h, c);
    return c;
}

static void welcome(struct home *h)
{
    const struct server_config *config = &h->server->config;
    int yes = 1, fd = accept4(config->fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (fd < 0) {
        if (errno == EMFILE || errno == ENFILE || errno == ENOMEM)
            now_sleep_ms(10);    // else epoll would report the same one again at once
        return;
    }
    if (atomic_fetch_add(&h->server->count, 1) >= config->most) {    // Q5
        ssize_t n = send(fd, config->full.p, (size_t)config->full.n, MSG_NOSIGNAL);
        (void)n;
        close(fd);
        h->server->count--;
        return;
    }
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);    // fails on a Unix socket
    struct conn *c = conn_make(h, fd);
    config->opened(c, config->arg);
    go_on(c);
}

static void take_resumed(struct home *h)
{
    uint64_t n;
    ssize_t got = read(h->bell, &n, sizeof n);
    (void)got;
    pthread_mutex_lock(&h->mutex);
    struct conn *c = h->resumed;
    h->resumed = NULL;
    pthread_mutex_unlock(&h->mutex);
    while (c != NULL) {
        struct conn *next = c->state->resumed;
        c->state->waiting = false;
        c->state->seen = now_monotonic_ms();
        h->server->config.resumed(c, h->server->config.arg);
        if (h->leaving && !c->state->waiting)
            say_last(c, h->server->config.stop);
        go_on(c);
        c = next;
    }
}

static void each(struct home *h, void (*act)(struct conn *c, int64_t now))
{
    int64_t now = now_monotonic_ms();
    for (struct conn *c = h->first, *next; c != NULL; c = next) {
        next = c->state->next;
        if (!c->state->waiting)
            act(c, now);
    }
}

static void end_silent(struct conn *c, int64_t now)    // Q4
{
    struct conn_state *s = c->state;
    const struct server_config *config = &s->home->server->config;
    if (now - s->seen < config->idle_s * 1000)
        return;
    if (s->finishing)
        s->gone = true;    // it did not even take its last words
    say_last(c, config->idle);
    go_on(c);
}

static void end_politely(struct conn *c, int64_t now)    // Q6
{
    (void)now;
    say_last(c, c->state->home->server->config.stop);
    go_on(c);
}

static void end_now(struct conn *c, int64_t now)
{
    (void)now;
    conn_end(c);
}

static void serve_events(struct home *h, int timeout_ms)
{
    struct epoll_event e[EVENTS];
    int n = epoll_wait(h->epoll, e, EVENTS, timeout_ms);
    for (int i = 0; i < n; i++) {
        struct conn *c = e[i].data.ptr;
        if (e[i].data.ptr == h->server) {
            welcome(h);
            continue;
        }
        if (e[i].data.ptr == h)
            continue;    // the bell: below, when no pointer of this round is in use any more
        if (e[i].events & (EPOLLERR | EPOLLHUP) && !(e[i].events & EPOLLIN))
            c->state->gone = true;
        else if (e[i].events & EPOLLIN)
            receive(c);
        go_on(c);
    }
    take_resumed(h);
}

static void leave(struct home *h)
{
    h->leaving = true;
    epoll_ctl(h->epoll, EPOLL_CTL_DEL, h->server->config.fd, NULL);
    int64_t until = now_monotonic_ms() + GRACE_MS;
    each(h, end_politely);
    while (h->first != NULL) {
        serve_events(h, 50);
        if (now_monotonic_ms() > until)
            each(h, end_now);
    }
}

static void *home_run(void *arg)
{
    struct home *h = arg;
    int64_t tick = now_monotonic_ms();
    while (!h->server->stop) {
        serve_events(h, TICK_MS);
        if (now_monotonic_ms() - tick < TICK_MS)
            continue;
        tick = now_monotonic_ms();
        each(h, end_silent);
    }
    leave(h);
    return NULL;
}

static bool home_start(struct server *s, struct home *h)
{
    *h = (struct home){.server = s};
    h->epoll = epoll_create1(EPOLL_CLOEXEC);
    h->bell = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    pthread_mutex_init(&h->mutex, NULL);
    struct epoll_event door = {.events = EPOLLIN | EPOLLEXCLUSIVE, .data.ptr = s};
    struct epoll_event bell = {.events = EPOLLIN, .data.ptr = h};
    return h->epoll >= 0 && h->bell >= 0
           && epoll_ctl(h->epoll, EPOLL_CTL_ADD, s->config.fd, &door) == 0
           && epoll_ctl(h->epoll, EPOLL_CTL_ADD, h->bell, &bell) == 0
           && pthread_create(&h->thread, NULL, home_run, h) == 0;
}

enum err server_start(struct ctx *cx, const struct server_config *config, struct server **out)
{
    struct arena a = arena_new(1 << 20);
    struct server *s = make(&a, struct server, 1);
    s->config = *config;
    s->arena = a;
    s->homes = (int)int_min(int_max(config->threads, 1), THREADS_MAX);
    fcntl(config->fd, F_SETFL, fcntl(config->fd, F_GETFL) | O_NONBLOCK);
    for (int i = 0; i < s->homes; i++) {
        if (home_start(s, &s->home[i]))
            continue;
        s->homes = i;
        server_stop(s);
        return busy(cx, "cannot start a thread for connections");
    }
    *out = s;
    return OK;
}

void server_stop(struct server *s)
{
    s->stop = true;
    for (int i = 0; i < s->homes; i++)
        ring(s->home[i].bell);
    for (int i = 0; i < s->homes; i++) {
        pthread_join(s->home[i].thread, NULL);
        close(s->home[i].epoll);
        close(s->home[i].bell);
        pthread_mutex_destroy(&s->home[i].mutex);
    }
    io_close(s->config.fd);
    struct arena a = s->arena;
    arena_free(&a);
}
