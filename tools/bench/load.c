// SPDX-License-Identifier: GPL-3.0-or-later
// Requests at a steady rate, and how long each waited from the moment it was due:
//
//     load PORT CONNECTIONS SECONDS RATE PATH [HEADER...]
//
// Prints: requests a second, errors, p50, p90, p99 and the longest, in milliseconds.  The time
// counts from when the request should have left, so a server that stalls cannot hide it.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { CONNS_MAX = 1024, REPLY = 1 << 18, SAMPLES_MAX = 10000000 };

struct conn {
    int fd;
    bool busy;
    int64_t due_us;
    long have, need;    // bytes of the reply so far, and of the whole; 0: not known yet
    char reply[REPLY];
};

static struct conn conns[CONNS_MAX];
static uint32_t samples[SAMPLES_MAX];

static int64_t now_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static int dial(int port)
{
    struct sockaddr_in sa = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port),
                             .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (fd < 0 || connect(fd, (struct sockaddr *)&sa, sizeof sa) != 0) {
        perror("connect");
        exit(1);
    }
    return fd;
}

static char *build(const char *path, int n, char **headers)
{
    char *p = calloc(1, 65536);
    long at = sprintf(p, "GET %s HTTP/1.1\r\nHost: localhost\r\n", path);
    for (int i = 0; i < n; i++)
        at += sprintf(p + at, "%s\r\n", headers[i]);
    strcpy(p + at, "\r\n");
    return p;
}

// True when the whole reply is there.
static bool complete(struct conn *c)
{
    c->reply[c->have] = 0;
    if (c->need == 0) {
        char *end = strstr(c->reply, "\r\n\r\n");
        char *length = strcasestr(c->reply, "\r\nContent-Length:");
        if (end == NULL)
            return false;
        c->need = end + 4 - c->reply + (length != NULL ? atol(length + 17) : 0);
    }
    return c->have >= c->need;
}

static int by_size(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

int main(int argc, char **argv)
{
    if (argc < 6)
        return fprintf(stderr, "load PORT CONNECTIONS SECONDS RATE PATH [HEADER...]\n"), 2;
    int port = atoi(argv[1]), n = atoi(argv[2]), seconds = atoi(argv[3]);
    double gap_us = 1e6 / atof(argv[4]);
    char *request = build(argv[5], argc - 6, argv + 6);
    size_t length = strlen(request);
    int ep = epoll_create1(0);
    for (int i = 0; i < n; i++) {
        conns[i].fd = dial(port);
        struct epoll_event e = {.events = EPOLLIN, .data.ptr = &conns[i]};
        epoll_ctl(ep, EPOLL_CTL_ADD, conns[i].fd, &e);
    }
    int64_t start = now_us(), end = start + (int64_t)seconds * 1000000;
    long sent = 0, done = 0, errors = 0, waiting = 0;
    int next = 0;
    while (now_us() < end || waiting > 0) {
        int64_t now = now_us();
        // Everything that is due and finds a free connection leaves now.
        while (now < end && start + (int64_t)((double)sent * gap_us) <= now && waiting < n) {
            while (conns[next].busy)
                next = (next + 1) % n;
            struct conn *c = &conns[next];
            c->busy = true;
            c->due_us = start + (int64_t)((double)sent++ * gap_us);
            c->have = c->need = 0;
            waiting++;
            if (write(c->fd, request, length) != (ssize_t)length)
                return perror("write"), 1;
        }
        struct epoll_event e[64];
        int ready = epoll_wait(ep, e, 64, now < end && waiting < n ? 0 : 1);
        for (int i = 0; i < ready; i++) {
            struct conn *c = e[i].data.ptr;
            ssize_t got = read(c->fd, c->reply + c->have, (size_t)(REPLY - 1 - c->have));
            if (got <= 0)
                return fprintf(stderr, "the server hung up\n"), 1;
            c->have += got;
            if (!complete(c))
                continue;
            errors += strncmp(c->reply, "HTTP/1.1 200", 12) != 0;
            if (done < SAMPLES_MAX)
                samples[done++] = (uint32_t)(now_us() - c->due_us);
            c->busy = false;
            waiting--;
        }
    }
    qsort(samples, (size_t)done, sizeof *samples, by_size);
    double ms = 1000.0;
    printf("%.0f %ld %.2f %.2f %.2f %.2f\n", (double)done / seconds, errors, samples[done / 2] / ms,
           samples[done * 9 / 10] / ms, samples[done * 99 / 100] / ms, samples[done - 1] / ms);
    return 0;
}
