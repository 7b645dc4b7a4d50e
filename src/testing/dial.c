// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/dial.h"

#include "base/buf.h"
#include "base/io.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/time.h>

enum { WAIT_S = 20 };

bool dial_open(struct dial *d, int port)
{
    *d = (struct dial){.fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)};
    struct sockaddr_in to = {.sin_family = AF_INET,
                             .sin_port = htons((uint16_t)port),
                             .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    struct timeval wait = {.tv_sec = WAIT_S};
    int yes = 1;
    setsockopt(d->fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
    setsockopt(d->fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    return connect(d->fd, (struct sockaddr *)&to, sizeof to) == 0;
}

void dial_say(struct dial *d, str bytes)
{
    while (bytes.n > 0) {
        ssize_t n = send(d->fd, bytes.p, (size_t)bytes.n, MSG_NOSIGNAL);
        if (n <= 0)
            return;
        bytes = str_cut(bytes, n);
    }
}

// The line stays readable until the next call.
str dial_hear(struct dial *d)
{
    memmove(d->text, d->text + d->used, (size_t)(d->n - d->used));
    d->n -= d->used;
    d->used = 0;
    for (;;) {
        const char *end = memchr(d->text, '\n', (size_t)d->n);
        if (end != NULL) {
            d->used = end + 1 - d->text;
            return str_trim((str){d->text, d->used});
        }
        isize room = (isize)sizeof d->text - d->n;
        ssize_t n = room > 0 ? recv(d->fd, d->text + d->n, (size_t)room, 0) : 0;
        if (n <= 0)
            return (str){0};
        d->n += n;
    }
}

str dial_rest(struct dial *d, struct arena *a)
{
    struct buf b = buf_new(a, sizeof d->text);
    buf_put(&b, (str){d->text + d->used, d->n - d->used});
    for (;;) {
        ssize_t n = recv(d->fd, d->text, sizeof d->text, 0);
        if (n <= 0)
            break;
        buf_put(&b, (str){d->text, n});
    }
    d->n = d->used = 0;
    return buf_str(&b);
}

void dial_close(struct dial *d)
{
    io_close(d->fd);
}
