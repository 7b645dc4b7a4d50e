// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/far.h"

#include "base/io.h"
#include "base/now.h"

#include <openssl/ssl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/socket.h>
#include <sys/time.h>

enum { ANSWERS = 64, QUESTION = 8192, WAIT_S = 20, DRIP_MS = 100 };

struct far {
    struct arena arena;
    struct {
        str path, answer;
        bool slow;
    } row[ANSWERS];
    int rows, fd, port, asked, known;
    SSL_CTX *tls;    // or NULL
    _Atomic int peer;
    char question[QUESTION];
    isize n;
    pthread_t thread;
    pthread_mutex_t mutex;
};

struct line {    // to one peer
    int fd;
    SSL *ssl;
};

static ssize_t hear(const struct line *l, char *p, isize room)
{
    return l->ssl == NULL ? recv(l->fd, p, (size_t)room, 0) : SSL_read(l->ssl, p, (int)room);
}

static ssize_t tell(const struct line *l, str words)
{
    return l->ssl == NULL ? send(l->fd, words.p, (size_t)words.n, MSG_NOSIGNAL)
                          : SSL_write(l->ssl, words.p, (int)words.n);
}

static bool is_whole(const char *p, isize n)
{
    return str_find((str){p, n}, S("\r\n\r\n")) >= 0;
}

static str read_question(const struct line *l, char *p)
{
    isize n = 0;
    while (n < QUESTION && !is_whole(p, n)) {
        ssize_t got = hear(l, p + n, QUESTION - n);
        if (got <= 0)
            return (str){0};
        n += got;
    }
    return (str){p, n};
}

static str path_of(str question)
{
    str_token(&question, ' ');
    return str_token(&question, ' ');
}

static void remember(struct far *f, str question)
{
    pthread_mutex_lock(&f->mutex);
    memcpy(f->question, question.p, (size_t)question.n);
    f->n = question.n;
    f->asked++;
    pthread_mutex_unlock(&f->mutex);
}

static void say(const struct line *l, str words, bool slow)
{
    while (words.n > 0) {
        ssize_t n = tell(l, slow ? str_head(words, 1) : words);
        if (n <= 0)
            return;
        words = str_cut(words, n);
        if (slow)
            now_sleep_ms(DRIP_MS);
    }
}

static void talk(struct far *f, const struct line *l)
{
    char p[QUESTION];
    str question = read_question(l, p);
    if (question.n == 0)
        return;
    remember(f, question);
    for (int i = 0; i < f->rows; i++)
        if (str_eq(f->row[i].path, path_of(question))) {
            say(l, f->row[i].answer, f->row[i].slow);
            if (l->ssl != NULL)
                SSL_shutdown(l->ssl);
            shutdown(l->fd, SHUT_WR);
        }
    recv(l->fd, p, sizeof p, 0);    // until the other side has had enough
}

static void converse(struct far *f, int fd)
{
    struct line l = {.fd = fd};
    struct timeval wait = {.tv_sec = WAIT_S};
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
    if (f->tls != NULL) {
        l.ssl = SSL_new(f->tls);
        SSL_set_fd(l.ssl, fd);
    }
    if (l.ssl == NULL || SSL_accept(l.ssl) == 1) {
        f->known += l.ssl != NULL && SSL_session_reused(l.ssl);
        talk(f, &l);
    }
    SSL_free(l.ssl);
}

static void *serve(void *arg)
{
    struct far *f = arg;
    int fd;
    while ((fd = accept(f->fd, NULL, NULL)) >= 0) {
        f->peer = fd;
        converse(f, fd);
        f->peer = -1;
        io_close(fd);
    }
    return NULL;
}

struct far *far_start(str listen)
{
    struct arena a = arena_new((isize)64 << 20);
    struct far *f = make(&a, struct far, 1);
    f->arena = a;
    f->peer = -1;
    struct ctx cx = {.arena = &f->arena};
    if (io_listen(&cx, listen, &f->fd, &f->port) != OK)
        abort();
    pthread_mutex_init(&f->mutex, NULL);
    if (pthread_create(&f->thread, NULL, serve, f) != 0)
        abort();
    return f;
}

void far_stop(struct far *f)
{
    shutdown(f->fd, SHUT_RDWR);    // ends accept()
    int peer = f->peer;
    if (peer >= 0)
        shutdown(peer, SHUT_RDWR);
    pthread_join(f->thread, NULL);
    io_close(f->fd);
    pthread_mutex_destroy(&f->mutex);
    SSL_CTX_free(f->tls);
    struct arena a = f->arena;
    arena_free(&a);
}

int far_port(const struct far *f)
{
    return f->port;
}

void far_says(struct far *f, const char *path, str answer)
{
    if (f->rows == ANSWERS)
        abort();
    f->row[f->rows].path = str_from_z(path);
    f->row[f->rows++].answer = arena_str(&f->arena, answer);
}

void far_drips(struct far *f, const char *path, str answer)
{
    far_says(f, path, answer);
    f->row[f->rows - 1].slow = true;
}

void far_secure(struct far *f, SSL_CTX *tls)
{
    f->tls = tls;
}

int far_known(struct far *f)
{
    return f->known;
}

int far_asked(struct far *f)
{
    pthread_mutex_lock(&f->mutex);
    int n = f->asked;
    pthread_mutex_unlock(&f->mutex);
    return n;
}

str far_question(struct far *f)
{
    return (str){f->question, f->n};
}
