// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/control.h"

#include "base/io.h"
#include "base/log.h"
#include "base/now.h"

#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/socket.h>
#include <sysexits.h>

enum { WORDS_MAX = 64, WORD_MAX = 8192, INPUT_MAX = 1 << 28, BUFFER = 1 << 16 };

struct control {
    struct desk *desk;
    str dir;
    int fd;
    pthread_t thread;
    _Atomic bool stop;
};

static str socket_path(struct arena *a, str dir)
{
    return arena_fmt(a, STR_FMT "/control.sock", STR_ARG(dir));
}

// "12\n": a number on a line of its own, taken off the front of *s.
static bool take_number(str *s, int64_t most, int64_t *out)
{
    isize end = str_find(*s, S("\n"));
    if (end < 0 || !str_to_int((str){s->p, end}, out) || *out < 0 || *out > most)
        return false;
    *s = str_cut(*s, end + 1);
    return true;
}

static bool take_words(struct arena *a, str *s, int *argc, char **argv)
{
    int64_t n, length;
    if (!take_number(s, WORDS_MAX, &n))
        return false;
    for (int i = 0; i < n; i++) {
        if (!take_number(s, WORD_MAX, &length) || length > s->n)
            return false;
        argv[i] = (char *)(uintptr_t)arena_z(a, (str){s->p, length});
        *s = str_cut(*s, length);
    }
    argv[n] = NULL;
    *argc = (int)n;
    return true;
}

static int run_words(struct control *c, struct ctx *cx, str request, struct buf *out)
{
    char *argv[WORDS_MAX + 1];
    int argc, words;
    if (!take_words(cx->arena, &request, &argc, argv))
        return EX_USAGE;
    const struct command *command = command_find(argc, argv, &words);
    if (command == NULL || command->where < RUN_INSIDE)
        return EX_USAGE;
    struct call call = {.cx = cx,
                        .desk = c->desk,
                        .argc = argc - words,
                        .argv = argv + words,
                        .in = request,
                        .out = out};
    return command_run(&call, command);
}

static void serve_one(struct control *c, int fd)
{
    struct arena a = arena_new((isize)4 << 30);
    struct ctx cx = {.arena = &a, .now = now_utc(), .lang = LANG_EN, .data_dir = c->dir};
    struct buf out = buf_new(&a, BUFFER);
    str request;
    int code = EX_TEMPFAIL;
    if (io_read_all(&cx, fd, INPUT_MAX, &request) == OK)
        code = run_words(c, &cx, request, &out);
    str reply = arena_fmt(&a, "%d\n" STR_FMT, code, STR_ARG(buf_str(&out)));
    if (io_write(&cx, fd, reply) != OK)
        log_line(LOG_ERROR, "control reply=lost");
    io_close(fd);
    arena_free(&a);
}

static void *control_run(void *arg)
{
    struct control *c = arg;
    while (!c->stop) {
        struct pollfd p = {.fd = c->fd, .events = POLLIN};
        if (poll(&p, 1, 200) <= 0)
            continue;
        int fd = accept4(c->fd, NULL, NULL, SOCK_CLOEXEC);
        if (fd >= 0)
            serve_one(c, fd);
    }
    return NULL;
}

enum err control_start(struct ctx *cx, str dir, struct desk *d, struct control **out)
{
    struct control *c = calloc(1, sizeof *c);
    if (c == NULL)
        abort();
    c->desk = d;
    c->dir = dir;
    int port;
    enum err err = io_listen(cx, arena_join(cx->arena, S("unix:"), socket_path(cx->arena, dir)),
                             &c->fd, &port);
    if (err != OK) {
        free(c);
        return err;
    }
    if (pthread_create(&c->thread, NULL, control_run, c) != 0)
        abort();
    *out = c;
    return OK;
}

void control_stop(struct control *c)
{
    c->stop = true;
    pthread_join(c->thread, NULL);
    io_close(c->fd);
    struct arena a = arena_new(1 << 16);
    struct ctx cx = {.arena = &a};
    io_remove(&cx, socket_path(&a, c->dir));
    arena_free(&a);
    free(c);
}

static enum err send_words(struct ctx *cx, int fd, int argc, char **argv)
{
    struct buf b = buf_new(cx->arena, 4096);
    buf_fmt(&b, "%d\n", argc);
    for (int i = 0; i < argc; i++)
        buf_fmt(&b, "%zu\n%s", strlen(argv[i]), argv[i]);
    return io_write(cx, fd, buf_str(&b));
}

static enum err converse(struct ctx *cx, int fd, int argc, char **argv, str in, str *reply)
{
    if (in.n > INPUT_MAX)
        return fail(cx, ERR_INVALID,
                    "This is more than %d MB. Divide it, or stop the server first.",
                    "Das sind mehr als %d MB. Bitte teilen, oder vorher den Server anhalten.",
                    INPUT_MAX >> 20);
    TRY(send_words(cx, fd, argc, argv));
    TRY(io_write(cx, fd, in));
    shutdown(fd, SHUT_WR);
    return io_read_all(cx, fd, INPUT_MAX, reply);
}

enum err control_call(struct ctx *cx, str dir, int argc, char **argv, str in, int *exit_code,
                      str *out)
{
    int fd;
    TRY(io_connect_unix(cx, socket_path(cx->arena, dir), &fd));
    enum err err = converse(cx, fd, argc, argv, in, out);
    io_close(fd);
    TRY(err);
    int64_t code;
    if (!take_number(out, 255, &code))
        return busy(cx, "the server did not answer");
    *exit_code = (int)code;
    return OK;
}
