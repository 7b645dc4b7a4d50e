// SPDX-License-Identifier: GPL-3.0-or-later
// The relay that our answers go to: it outlives every kill and counts each mail when it has read its
// last dot, whether or not anybody lives to hear the answer.  Now and then it says "later", or
// hangs up instead of answering the dot.
#include "tests/crash/crash.h"

#include "base/io.h"
#include "base/now.h"
#include "base/secret.h"

#include <limits.h>
#include <pthread.h>
#include <sys/socket.h>
#include <sys/time.h>

enum { MAILS = 1 << 20, LINE = 4096, WAIT_S = 20, ODD = 16 };

struct sink {
    const struct plan *plan;
    struct arena arena;
    str url;
    int fd;
    pthread_t thread;
    pthread_mutex_t mutex;
    unsigned char *taken;    // by mail
    int64_t all;
};

struct peer {
    struct sink *sink;
    int fd, mail;    // of the recipient u4711@kunde.example; -1: none
    char line[LINE];
    isize n, used;
};

static bool say(struct peer *p, str s)
{
    return send(p->fd, s.p, (size_t)s.n, MSG_NOSIGNAL) == s.n;
}

// One line; a longer one in pieces.  False when the peer is gone.
static bool hear(struct peer *p, str *out)
{
    memmove(p->line, p->line + p->used, (size_t)(p->n - p->used));
    p->n -= p->used;
    p->used = 0;
    for (;;) {
        char *end = memchr(p->line, '\n', (size_t)p->n);
        if (end != NULL || p->n == LINE) {
            p->used = end != NULL ? end + 1 - p->line : LINE;
            *out = (str){p->line, p->used};
            return true;
        }
        ssize_t n = recv(p->fd, p->line + p->n, (size_t)(LINE - p->n), 0);
        if (n <= 0)
            return false;
        p->n += n;
    }
}

static int number_of(str line)
{
    int64_t n = -1;
    isize at = str_find(line, S("<u"));
    str rest = at < 0 ? S("") : str_cut(line, at + 2), digits = str_token(&rest, '@');
    return str_to_int(digits, &n) && n >= 0 && n < MAILS ? (int)n : -1;
}

static void take(struct peer *p)
{
    struct sink *s = p->sink;
    pthread_mutex_lock(&s->mutex);
    if (p->mail >= 0 && s->taken[p->mail] < UCHAR_MAX)
        s->taken[p->mail]++;
    s->all++;
    pthread_mutex_unlock(&s->mutex);
}

static unsigned draw(void)
{
    unsigned x;
    secret_random(&x, sizeof x);
    return x % ODD;
}

static bool on_data(struct peer *p)
{
    str line;
    if (!say(p, S("354 go on\r\n")))
        return false;
    do
        if (!hear(p, &line))
            return false;
    while (!str_eq(line, S(".\r\n")));
    unsigned what = draw();
    bool later = what == 0, forgets = p->sink->plan->control == CONTROL_FORGETS;
    bool keeps = !later || p->sink->plan->control == CONTROL_LIAR;
    if (keeps && !(forgets && what < ODD / 2))
        take(p);
    if (what == 1)
        return false;
    return say(p, later ? S("451 4.3.0 later\r\n") : S("250 2.0.0 taken\r\n"));
}

static bool command(struct peer *p, str line)
{
    if (str_starts(line, S("DATA")))
        return on_data(p);
    if (str_starts(line, S("QUIT")))
        return false;
    if (str_starts(line, S("RCPT")))
        p->mail = number_of(line);
    return say(p, S("250 fine\r\n"));
}

// A dead peer's last bytes are still read: that is the uncertain case.
static void *serve(void *arg)
{
    struct sink *s = arg;
    struct peer *p = calloc(1, sizeof *p);
    struct timeval wait = {.tv_sec = WAIT_S};
    if (p == NULL)
        abort();
    while ((p->fd = accept(s->fd, NULL, NULL)) >= 0) {
        str line;
        setsockopt(p->fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
        *p = (struct peer){.sink = s, .fd = p->fd, .mail = -1};
        if (say(p, S("220 sink\r\n")))
            while (hear(p, &line) && command(p, line))
                ;
        io_close(p->fd);
    }
    free(p);
    return NULL;
}

struct sink *sink_start(const struct plan *p)
{
    struct sink *s = calloc(1, sizeof *s);
    int port;
    if (s == NULL)
        abort();
    s->plan = p;
    s->arena = arena_new(1 << 20);
    s->taken = calloc(MAILS, 1);
    struct ctx cx = {.arena = &s->arena};
    if (s->taken == NULL || io_listen(&cx, S("127.0.0.1:0"), &s->fd, &port) != OK)
        abort();
    s->url = arena_fmt(&s->arena, "smtp://127.0.0.1:%d", port);
    pthread_mutex_init(&s->mutex, NULL);
    if (pthread_create(&s->thread, NULL, serve, s) != 0)
        abort();
    return s;
}

str sink_url(struct sink *s)
{
    return s->url;
}

int sink_taken(struct sink *s, int n)
{
    pthread_mutex_lock(&s->mutex);
    int taken = n >= 0 && n < MAILS ? s->taken[n] : 0;
    pthread_mutex_unlock(&s->mutex);
    return taken;
}

void sink_stop(struct sink *s)
{
    shutdown(s->fd, SHUT_RDWR);
    pthread_join(s->thread, NULL);
    io_close(s->fd);
    arena_free(&s->arena);
    free(s->taken);
    free(s);
}
