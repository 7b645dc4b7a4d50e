// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/relay.h"

#include "base/buf.h"
#include "base/io.h"

#include <pthread.h>
#include <stdatomic.h>
#include <sys/socket.h>
#include <sys/time.h>

enum { ACTS = 64, MAILS = 4096, LINE_MAX = 70000, WAIT_S = 20 };

struct relay {
    struct arena arena;
    str url;
    int fd;
    _Atomic int peer;    // the connection being served, so that stop() can end it
    pthread_t thread;
    pthread_mutex_t mutex;    // of what follows
    enum relay_act act[ACTS];
    int acts, acted;
    struct relay_mail mail[MAILS];
    int count;
    bool stop;
};

struct peer {
    struct relay *relay;
    struct ctx cx;
    int fd;
    char line[LINE_MAX];
    isize n, used;
    struct relay_mail mail;
    enum relay_act act;
};

static void say(struct peer *p, str words)
{
    ssize_t n = send(p->fd, words.p, (size_t)words.n, MSG_NOSIGNAL);
    (void)n;
}

// One line with its CRLF; empty when the peer is gone.
static str hear(struct peer *p)
{
    memmove(p->line, p->line + p->used, (size_t)(p->n - p->used));
    p->n -= p->used;
    p->used = 0;
    for (;;) {
        const char *end = memchr(p->line, '\n', (size_t)p->n);
        if (end != NULL) {
            p->used = end + 1 - p->line;
            return (str){p->line, p->used};
        }
        ssize_t n =
            p->n < LINE_MAX ? recv(p->fd, p->line + p->n, (size_t)(LINE_MAX - p->n), 0) : 0;
        if (n <= 0)
            return (str){0};
        p->n += n;
    }
}

static enum relay_act next_act(struct relay *r)
{
    pthread_mutex_lock(&r->mutex);
    enum relay_act act = r->acted < r->acts ? r->act[r->acted++] : RELAY_TAKE;
    pthread_mutex_unlock(&r->mutex);
    return act;
}

static void remember(struct peer *p)
{
    struct relay *r = p->relay;
    pthread_mutex_lock(&r->mutex);
    if (r->count < MAILS)
        r->mail[r->count++] = (struct relay_mail){arena_str(&r->arena, p->mail.sender),
                                                  arena_str(&r->arena, p->mail.rcpt),
                                                  arena_str(&r->arena, p->mail.bytes)};
    pthread_mutex_unlock(&r->mutex);
}

static bool hang(struct peer *p)
{
    while (hear(p).n > 0)
        ;
    return false;
}

// True: what was asked is not answered as usual, and *go_on says whether we still talk.
static bool misbehaves(struct peer *p, enum relay_stage stage, bool *go_on)
{
    int fault = (int)p->act - (int)relay_at(stage, SAYS_LATER);
    *go_on = fault < IS_SILENT && fault != HANGS_UP;
    if (fault < 0 || fault >= RELAY_FAULTS)
        return false;
    if (fault == SAYS_LATER)
        say(p, S("451 4.3.0 come back later\r\n"));
    if (fault == SAYS_NEVER)
        say(p, S("554 5.3.0 never\r\n"));
    if (fault == IS_SILENT)
        hang(p);
    return true;
}

static str in_brackets(struct peer *p, str line)
{
    isize from = str_find(line, S("<")), to = str_find(line, S(">"));
    return from < 0 || to < from
               ? (str){0}
               : arena_str(p->cx.arena, (str){line.p + from + 1, to - from - 1});
}

static bool on_mail(struct peer *p, str line)
{
    bool go_on;
    if (p->act == 0)
        p->act = next_act(p->relay);
    if (misbehaves(p, AT_MAIL, &go_on))
        return go_on;
    if (p->act == RELAY_DROP_EARLY)
        return false;
    p->mail = (struct relay_mail){.sender = in_brackets(p, line)};
    say(p, S("250 2.1.0 fine\r\n"));
    return true;
}

static bool on_rcpt(struct peer *p, str line)
{
    bool go_on;
    if (misbehaves(p, AT_RCPT, &go_on))
        return go_on;
    p->mail.rcpt = in_brackets(p, line);
    say(p, p->act == RELAY_LATER    ? S("451 4.3.0 come back later\r\n")
           : p->act == RELAY_REFUSE ? S("550 5.1.1 nobody of that name\r\n")
                                    : S("250 2.1.5 fine\r\n"));
    return true;
}

static bool on_data(struct peer *p)
{
    bool go_on;
    if (misbehaves(p, AT_DATA, &go_on))
        return go_on;
    say(p, S("354 go ahead\r\n"));
    if (hear(p).n == 0 || (misbehaves(p, AT_BODY, &go_on)))
        return false;
    p->used = 0;    // the line is read again
    struct buf b = buf_new(p->cx.arena, 1 << 16);
    str line;
    while ((line = hear(p)).n > 0 && !str_eq(line, S(".\r\n")))
        buf_put(&b, line.p[0] == '.' ? str_cut(line, 1) : line);
    p->mail.bytes = buf_str(&b);
    if (line.n == 0)
        return false;
    if (p->act >= RELAY_AT
        && (p->act == relay_at(AT_DOT, HANGS_UP) || p->act == relay_at(AT_DOT, IS_SILENT)))
        remember(p);
    if (misbehaves(p, AT_DOT, &go_on))
        return go_on;
    if (p->act == RELAY_LATER_DOT) {
        say(p, S("451 4.3.0 come back later\r\n"));
        return true;
    }
    if (p->act == RELAY_REFUSE_DOT) {
        say(p, S("554 5.7.1 not this one\r\n"));
        return true;
    }
    remember(p);
    if (p->act == RELAY_HANG)
        return hang(p);
    if (p->act == RELAY_DROP)
        return false;
    say(p, S("250 2.0.0 queued as 4711\r\n"));
    return true;
}

static bool command(struct peer *p, str line)
{
    bool go_on, hello = str_starts(line, S("EHLO")) || str_starts(line, S("HELO"));
    if (hello && misbehaves(p, AT_HELLO, &go_on))
        return go_on;
    if (hello)
        say(p, S("250-relay.example\r\n250 8BITMIME\r\n"));
    else if (str_starts(line, S("MAIL")))
        return on_mail(p, line);
    else if (str_starts(line, S("RCPT")))
        return on_rcpt(p, line);
    else if (str_starts(line, S("DATA")))
        return on_data(p);
    else if (str_starts(line, S("QUIT")))
        say(p, S("221 2.0.0 bye\r\n"));
    else
        say(p, S("502 5.5.1 what?\r\n"));
    return !str_starts(line, S("QUIT"));
}

static void converse(struct relay *r, int fd, struct peer *p)
{
    struct timeval wait = {.tv_sec = WAIT_S};
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
    *p = (struct peer){.relay = r, .fd = fd, .cx.arena = p->cx.arena};
    arena_reset(p->cx.arena);
    bool go_on;
    int act = r->acted < r->acts ? (int)r->act[r->acted] : 0;
    if (act >= RELAY_AT)
        p->act = next_act(r);
    if (misbehaves(p, AT_GREETING, &go_on))
        return;
    if (act == RELAY_CLOSED) {
        next_act(r);
        say(p, S("554 5.3.2 closed\r\n"));
        return;
    }
    say(p, S("220 relay.example\r\n"));
    str line;
    while ((line = hear(p)).n > 0 && command(p, line))
        ;
}

static void *serve(void *arg)
{
    struct relay *r = arg;
    struct arena a = arena_new((isize)128 << 20), own = arena_new(1 << 20);
    struct peer *p = make(&own, struct peer, 1);
    p->cx.arena = &a;
    int fd;
    while ((fd = accept(r->fd, NULL, NULL)) >= 0) {
        r->peer = fd;
        converse(r, fd, p);
        r->peer = -1;
        io_close(fd);
    }
    arena_free(&a);
    arena_free(&own);
    return NULL;
}

struct relay *relay_start(void)
{
    struct arena a = arena_new((isize)256 << 20);
    struct relay *r = make(&a, struct relay, 1);
    r->arena = a;
    r->peer = -1;
    struct ctx cx = {.arena = &r->arena};
    int port;
    if (io_listen(&cx, S("127.0.0.1:0"), &r->fd, &port) != OK)
        abort();
    r->url = arena_fmt(&r->arena, "smtp://127.0.0.1:%d", port);
    pthread_mutex_init(&r->mutex, NULL);
    if (pthread_create(&r->thread, NULL, serve, r) != 0)
        abort();
    return r;
}

void relay_stop(struct relay *r)
{
    shutdown(r->fd, SHUT_RDWR);    // ends accept()
    int peer = r->peer;
    if (peer >= 0)
        shutdown(peer, SHUT_RDWR);
    pthread_join(r->thread, NULL);
    io_close(r->fd);
    pthread_mutex_destroy(&r->mutex);
    struct arena a = r->arena;
    arena_free(&a);
}

str relay_url(struct relay *r)
{
    return r->url;
}

void relay_will(struct relay *r, enum relay_act act)
{
    pthread_mutex_lock(&r->mutex);
    if (r->acts < ACTS)
        r->act[r->acts++] = act;
    pthread_mutex_unlock(&r->mutex);
}

int relay_count(struct relay *r)
{
    pthread_mutex_lock(&r->mutex);
    int n = r->count;
    pthread_mutex_unlock(&r->mutex);
    return n;
}

const struct relay_mail *relay_mail(struct relay *r, int i)
{
    return &r->mail[i];
}
