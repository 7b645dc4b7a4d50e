// SPDX-License-Identifier: GPL-3.0-or-later
// The other mail server: it has a queue, brings each mail until it hears 250, and remembers
// for which it did.
#include "tests/crash/crash.h"

#include "base/buf.h"
#include "base/io.h"
#include "base/now.h"
#include "base/secret.h"

#include <pthread.h>
#include <stdatomic.h>
#include <sys/socket.h>
#include <sys/time.h>

enum { MAILS = 1 << 20, THREADS = 4, REPLY = 2048, WAIT_S = 20 };

struct line {    // one connection
    struct sender *sender;
    pthread_t thread;
    int cycle;
};

struct sender {
    const struct plan *plan;
    pthread_mutex_t mutex;
    unsigned char *acknowledged;    // by mail
    unsigned char *brought;         // how often it was handed over
    int *owed;                      // mails to bring again
    int owed_n, count;
    int64_t again;
    bool no_more;
    _Atomic bool gone;    // the server was killed
    struct line line[THREADS];
};

// --- mails
// -------------------------------------------------------------------------------------

static uint64_t mix(uint64_t x)
{
    x += 0x9e3779b97f4a7c15u;
    x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9u;
    x = (x ^ x >> 27) * 0x94d049bb133111ebu;
    return x ^ x >> 31;
}

static void put_words(struct buf *b, int n, isize bytes)
{
    uint64_t x = mix((uint64_t)n);
    for (isize i = 0; i < bytes; i += 64) {
        for (int k = 0; k < 4; k++)
            buf_fmt(b, "%016llx", (unsigned long long)(x = mix(x)));
        buf_put(b, S("\r\n"));
    }
}

// Most are small; some are files on the way, some carry a file.
str mail_text(struct arena *a, int n)
{
    struct buf b = buf_new(a, 4096);
    bool large = n % 40 == 7, file = n % 10 == 3;
    buf_fmt(
        &b,
        "From: <u%d@kunde.example>\r\nSubject: mail %d\r\nMessage-ID: <%d@kunde.example>\r\n",
        n, n, n);
    if (file)
        buf_put(&b, S("MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=xx\r\n\r\n"
                      "--xx\r\nContent-Type: text/plain\r\n\r\nwith a file\r\n--xx\r\n"
                      "Content-Type: application/octet-stream\r\nContent-Disposition: "
                      "attachment; filename=f\r\n"));
    buf_put(&b, S("\r\n"));
    put_words(&b, n, large ? 90000 : 200 + (isize)(mix((uint64_t)n) % 1500));
    if (file)
        buf_put(&b, S("--xx--\r\n"));
    return buf_str(&b);
}

// --- the queue
// -----------------------------------------------------------------------------------

struct sender *sender_new(const struct plan *p)
{
    struct sender *s = calloc(1, sizeof *s);
    if (s == NULL)
        abort();
    s->plan = p;
    s->acknowledged = calloc(MAILS, 1);
    s->brought = calloc(MAILS, 1);
    s->owed = calloc(MAILS, sizeof *s->owed);
    if (s->acknowledged == NULL || s->brought == NULL || s->owed == NULL)
        abort();
    pthread_mutex_init(&s->mutex, NULL);
    return s;
}

static int next_mail(struct sender *s)
{
    pthread_mutex_lock(&s->mutex);
    int n = -1;
    if (s->owed_n > 0)
        n = s->owed[--s->owed_n];
    else if (!s->no_more && s->count < MAILS)
        n = s->count++;
    if (n >= 0) {
        s->again += s->brought[n] > 0;
        s->brought[n] = 1;
    }
    pthread_mutex_unlock(&s->mutex);
    return n;
}

static void ended(struct sender *s, int n, bool acknowledged)
{
    pthread_mutex_lock(&s->mutex);
    s->acknowledged[n] |= acknowledged;
    if (!acknowledged)
        s->owed[s->owed_n++] = n;
    pthread_mutex_unlock(&s->mutex);
}

// --- the dialogue
// ----------------------------------------------------------------------------------

static bool hear(int fd, char *reply)    // one line; false when the server is gone
{
    for (int n = 0; n < REPLY - 1; n++) {
        if (recv(fd, reply + n, 1, 0) != 1)
            return false;
        if (reply[n] == '\n')
            return true;
    }
    return false;
}

static bool hear_code(int fd, const char *code)
{
    char reply[REPLY];
    do
        if (!hear(fd, reply))
            return false;
    while (reply[3] == '-');
    return strncmp(reply, code, 3) == 0;
}

static bool say(int fd, str s)
{
    while (s.n > 0) {
        ssize_t n = send(fd, s.p, (size_t)s.n, MSG_NOSIGNAL);
        if (n <= 0)
            return false;
        s = str_cut(s, n);
    }
    return true;
}

static bool bring(struct sender *s, struct arena *a, int fd, int n)
{
    // A mail server that changes what it brings again: nothing could recognise it.
    bool changed = s->plan->control == CONTROL_CHANGED && s->brought[n] > 0;
    str change =
        changed ? arena_fmt(a, "X-Attempt: %d\r\n", (int)(now_monotonic_ms() & 0xffff)) : S("");
    str head = arena_fmt(
        a, "MAIL FROM:<u%d@kunde.example>\r\nRCPT TO:<hilfe@nordlicht.example>\r\nDATA\r\n", n);
    if (!say(fd, head) || !hear_code(fd, "250") || !hear_code(fd, "250")
        || !hear_code(fd, "354"))
        return false;
    return say(fd, change) && say(fd, mail_text(a, n)) && say(fd, S(".\r\n"))
           && hear_code(fd, "250");
}

static int dial(const struct sender *s, struct arena *a)
{
    const struct plan *p = s->plan;
    struct ctx cx = {.arena = a};
    int fd = -1;
    str path = arena_fmt(a, STR_FMT "/door", STR_ARG(p->dir));
    struct timeval wait = {.tv_sec = WAIT_S};
    for (int i = 0; i < 400 && !s->gone && io_connect_unix(&cx, path, &fd) != OK; i++) {
        arena_reset(a);
        path = arena_fmt(a, STR_FMT "/door", STR_ARG(p->dir));
        now_sleep_ms(2);
    }
    if (fd >= 0)
        setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
    return fd;
}

static void *run(void *arg)
{
    struct line *l = arg;
    struct sender *s = l->sender;
    struct arena a = arena_new((isize)8 << 20);
    int n, fd = dial(s, &a);
    bool up =
        fd >= 0 && hear_code(fd, "220") && say(fd, S("LHLO mx\r\n")) && hear_code(fd, "250");
    while (up && (n = next_mail(s)) >= 0) {
        arena_reset(&a);
        up = bring(s, &a, fd, n);
        ended(s, n, up);
        if (!s->no_more)
            now_sleep_ms(
                (int64_t)(mix((uint64_t)n) % 12));    // else there is no time to read them all
    }
    io_close(fd);
    arena_free(&a);
    return NULL;
}

void sender_start(struct sender *s, int cycle)
{
    s->gone = false;
    for (int i = 0; i < THREADS; i++) {
        s->line[i] = (struct line){.sender = s, .cycle = cycle};
        if (pthread_create(&s->line[i].thread, NULL, run, &s->line[i]) != 0)
            abort();
    }
}

void sender_gone(struct sender *s)
{
    s->gone = true;
}

void sender_join(struct sender *s)
{
    for (int i = 0; i < THREADS; i++)
        pthread_join(s->line[i].thread, NULL);
}

int sender_acknowledged(struct sender *s, int n)
{
    return s->acknowledged[n];
}

int sender_count(struct sender *s)
{
    return s->count;
}

int64_t sender_again(struct sender *s)
{
    return s->again;
}

void sender_no_more(struct sender *s)
{
    s->no_more = true;
}
