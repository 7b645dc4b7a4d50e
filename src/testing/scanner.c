// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/scanner.h"

#include "base/buf.h"
#include "base/io.h"

#include <pthread.h>
#include <stdatomic.h>
#include <sys/socket.h>

enum { MOST = 8 << 20 };

struct scanner {
    struct arena arena;
    str address, eicar;
    int fd;
    pthread_t thread;
    _Atomic int mood, count;
    _Atomic bool stop;
};

str scanner_eicar(struct arena *a)
{
    return arena_join(a, S("X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-"),
                      S("ANTIVIRUS-TEST-FILE!$H+H*"));
}

static bool take(int fd, char *to, isize n)
{
    while (n > 0) {
        ssize_t got = recv(fd, to, (size_t)n, 0);
        if (got <= 0)
            return false;
        to += got;
        n -= got;
    }
    return true;
}

static void say(int fd, str words)
{
    ssize_t n = send(fd, words.p, (size_t)words.n, MSG_NOSIGNAL);
    n += send(fd, "", 1, MSG_NOSIGNAL);
    (void)n;
}

static bool hear_all(struct scanner *s, int fd, struct arena *a, struct buf *b)
{
    char command[10];
    if (!take(fd, command, 10) || memcmp(command, "zINSTREAM", 10) != 0)
        return false;
    for (;;) {
        unsigned char head[4];
        if (!take(fd, (char *)head, 4))
            return false;
        isize n = (isize)head[0] << 24 | head[1] << 16 | head[2] << 8 | head[3];
        if (n == 0)
            return true;
        char *piece = make(a, char, n);
        if (s->mood == SCANNER_RUDE || b->n + n > MOST || !take(fd, piece, n))
            return false;
        buf_put(b, (str){piece, n});
    }
}

static void serve_one(struct scanner *s, int fd)
{
    struct arena a = arena_new((isize)64 << 20);
    struct buf b = buf_new(&a, 1 << 16);
    char left;
    if (hear_all(s, fd, &a, &b)) {
        s->count++;
        if (s->mood == SCANNER_SILENT)
            (void)recv(fd, &left, 1, 0);    // until the other side gives up
        else if (s->mood == SCANNER_TIRED)
            say(fd, S("INSTREAM size limit exceeded. ERROR"));
        else
            say(fd, str_find(buf_str(&b), s->eicar) >= 0 ? S("stream: Eicar-Signature FOUND")
                                                         : S("stream: OK"));
    }
    arena_free(&a);
}

static void *serve(void *arg)
{
    struct scanner *s = arg;
    while (!s->stop) {
        int fd = accept(s->fd, NULL, NULL);
        if (fd < 0)
            continue;
        serve_one(s, fd);
        io_close(fd);
    }
    return NULL;
}

struct scanner *scanner_start(str unix_path)
{
    struct arena a = arena_new(1 << 20);
    struct scanner *s = make(&a, struct scanner, 1);
    *s = (struct scanner){.arena = a, .mood = SCANNER_GOOD};
    struct ctx cx = {.arena = &s->arena, .lang = LANG_EN};
    int port = 0;
    s->address = arena_join(&s->arena, S("unix:"), unix_path);
    if (io_listen(&cx, unix_path.n > 0 ? s->address : S("127.0.0.1:0"), &s->fd, &port) != OK)
        abort();
    if (unix_path.n == 0)
        s->address = arena_fmt(&s->arena, "127.0.0.1:%d", port);
    s->eicar = scanner_eicar(&s->arena);
    if (pthread_create(&s->thread, NULL, serve, s) != 0)
        abort();
    return s;
}

void scanner_stop(struct scanner *s)
{
    s->stop = true;
    shutdown(s->fd, SHUT_RDWR);    // ends accept()
    pthread_join(s->thread, NULL);
    io_close(s->fd);
    struct arena a = s->arena;
    arena_free(&a);
}

str scanner_address(struct scanner *s)
{
    return s->address;
}

void scanner_is(struct scanner *s, enum scanner_mood mood)
{
    s->mood = (int)mood;
}

int scanner_count(struct scanner *s)
{
    return s->count;
}
