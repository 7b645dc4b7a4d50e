// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/far.h"

#include "base/io.h"

#include <pthread.h>
#include <stdatomic.h>
#include <sys/socket.h>
#include <sys/time.h>

enum { ANSWERS = 64, QUESTION = 8192, WAIT_S = 20 };

struct far {
    struct arena arena;
    struct {
        str path, answer;
    } row[ANSWERS];
    int rows, fd, port, asked;
    _Atomic int peer;
    char question[QUESTION];
    isize n;
    pthread_t thread;
    pthread_mutex_t mutex;
};

static bool is_whole(const char *p, isize n)
{
    return str_find((str){p, n}, S("\r\n\r\n")) >= 0;
}

static str read_question(int fd, char *p)
{
    isize n = 0;
    while (n < QUESTION && !is_whole(p, n)) {
        ssize_t got = recv(fd, p + n, (size_t)(QUESTION - n), 0);
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

static void say(int fd, str words)
{
    while (words.n > 0) {
        ssize_t n = send(fd, words.p, (size_t)words.n, MSG_NOSIGNAL);
        if (n <= 0)
            return;
        words = str_cut(words, n);
    }
}

static void converse(struct far *f, int fd)
{
    char p[QUESTION];
    struct timeval wait = {.tv_sec = WAIT_S};
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
    str question = read_question(fd, p);
    if (question.n == 0)
        return;
    remember(f, question);
    for (int i = 0; i < f->rows; i++)
        if (str_eq(f->row[i].path, path_of(question))) {
            say(fd, f->row[i].answer);
            shutdown(fd, SHUT_WR);
        }
    recv(fd, p, sizeof p, 0);    // until the other side has had enough
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
