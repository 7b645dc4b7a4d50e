// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/clamd.h"

#include "base/io.h"
#include "base/limits.h"

#include <netdb.h>
#include <sys/socket.h>
#include <sys/time.h>

enum { PIECE = 1 << 16, ANSWER = 1000 };

// --- F1 ------------------------------------------------------------------------------------

static bool split(str where, str *host, str *port)
{
    isize colon = where.n - 1;
    int64_t number;
    while (colon > 0 && where.p[colon] != ':')
        colon--;
    if (colon <= 0)
        return false;
    *host = str_head(where, colon);
    *port = str_cut(where, colon + 1);
    return str_to_int(*port, &number) && number > 0 && number < 65536;
}

bool clamd_is_address(str where)
{
    str host, port;
    if (str_starts(where, S("unix:")))
        return where.n > 5;
    return split(where, &host, &port);
}

// --- connecting ----------------------------------------------------------------------------

static void set_patience(int fd, int seconds)    // F4
{
    struct timeval most = {.tv_sec = seconds};
    (void)setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &most, sizeof most);
    (void)setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &most, sizeof most);
}

static int dial(struct ctx *cx, str where, int seconds)
{
    str host, port;
    struct addrinfo want = {.ai_socktype = SOCK_STREAM}, *found = NULL;
    if (!split(where, &host, &port)
        || getaddrinfo(arena_z(cx->arena, host), arena_z(cx->arena, port), &want, &found) != 0)
        return -1;
    int fd = -1;
    for (struct addrinfo *a = found; a != NULL && fd < 0; a = a->ai_next) {
        fd = socket(a->ai_family, a->ai_socktype | SOCK_CLOEXEC, a->ai_protocol);
        if (fd < 0)
            continue;
        set_patience(fd, seconds);
        if (connect(fd, a->ai_addr, a->ai_addrlen) != 0) {
            io_close(fd);
            fd = -1;
        }
    }
    freeaddrinfo(found);
    return fd;
}

static int reach(struct ctx *cx, str where, int seconds)
{
    int fd = -1;
    if (!str_starts(where, S("unix:")))
        return dial(cx, where, seconds);
    if (io_connect_unix(cx, str_cut(where, 5), &fd) != OK) {
        ctx_forgive(cx);
        return -1;
    }
    set_patience(fd, seconds);
    return fd;
}

// --- F2 ------------------------------------------------------------------------------------

static bool put(int fd, str bytes)
{
    while (bytes.n > 0) {
        ssize_t n = send(fd, bytes.p, (size_t)bytes.n, MSG_NOSIGNAL);
        if (n <= 0)
            return false;
        bytes = str_cut(bytes, n);
    }
    return true;
}

static bool put_piece(int fd, str piece)
{
    char head[4];
    for (int i = 0; i < 4; i++)
        head[i] = (char)(piece.n >> (24 - 8 * i) & 0xff);
    return put(fd, (str){head, 4}) && put(fd, piece);
}

static bool put_all(int fd, str bytes)
{
    if (!put(fd, (str){"zINSTREAM", 10}))    // the command ends with NUL
        return false;
    for (; bytes.n > 0; bytes = str_cut(bytes, PIECE))
        if (!put_piece(fd, (str){bytes.p, (isize)int_min(bytes.n, PIECE)}))
            return false;
    return put_piece(fd, (str){bytes.p, 0});
}

static str hear(struct ctx *cx, int fd)
{
    char *p = make(cx->arena, char, ANSWER);
    isize n = 0;
    while (n < ANSWER && memchr(p, 0, (size_t)n) == NULL) {
        ssize_t got = recv(fd, p + n, (size_t)(ANSWER - n), 0);
        if (got <= 0)
            break;
        n += got;
    }
    const char *end = memchr(p, 0, (size_t)n);
    str answer = str_trim((str){p, end != NULL ? end - p : n});
    return str_is_utf8(answer) ? answer : S("?");
}

// --- F3 ------------------------------------------------------------------------------------

static enum clamd_verdict understand(str answer, str *name)
{
    str stream = S("stream: "), found = S(" FOUND");
    *name = str_head(answer, LIMIT_LINE);
    if (answer.n == 0)
        return CLAMD_DOWN;
    if (str_eq(answer, S("stream: OK")))
        return CLAMD_CLEAN;
    if (!str_starts(answer, stream) || !str_ends(answer, found)
        || answer.n <= stream.n + found.n)
        return CLAMD_UNABLE;
    *name = str_head((str){answer.p + stream.n, answer.n - stream.n - found.n}, LIMIT_LINE);
    return CLAMD_FOUND;
}

enum clamd_verdict clamd_scan(struct ctx *cx, str where, str bytes, int seconds, str *name)
{
    int fd = reach(cx, where, seconds);
    *name = S("");
    if (fd < 0)
        return CLAMD_DOWN;
    (void)put_all(fd, bytes);    // one that has heard enough answers before the end
    str answer = hear(cx, fd);
    io_close(fd);
    return understand(answer, name);
}
