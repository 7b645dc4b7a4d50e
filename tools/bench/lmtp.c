// SPDX-License-Identifier: GPL-3.0-or-later
// Mails as a mail server hands them over: over several connections at once, each mail another
// one, of another of a few thousand people, with a text, the same as HTML, and a signature.
//
//     lmtp PORT CONNECTIONS MAILS BYTES RECIPIENT
//
// Prints: mails that were answered 250, mails that were not, and seconds from the first to the last.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { PEOPLE = 5000, ROOM = 1 << 20, CONNS_MAX = 256, LINE = 1024 };

struct plan {
    int port;
    long mails, bytes;
    const char *rcpt, *run;    // the name of this run: no mail is one of an earlier one
    const char *plain, *html;
    _Atomic long next, taken, refused;
};

struct conn {
    struct plan *plan;
    pthread_t thread;
    int fd;
    char *mail;
    char heard[LINE];
    long have;
};

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void die(const char *why)
{
    perror(why);
    exit(1);
}

// The whole of one reply line; its code.
static int hear(struct conn *c)
{
    for (;;) {
        char *end = memchr(c->heard, '\n', (size_t)c->have);
        if (end != NULL) {
            bool last = c->heard[3] == ' ';
            int code = atoi(c->heard);
            c->have -= end + 1 - c->heard;
            memmove(c->heard, end + 1, (size_t)c->have);
            if (last)
                return code;
            continue;
        }
        ssize_t n = recv(c->fd, c->heard + c->have, (size_t)(LINE - c->have), 0);
        if (n <= 0)
            die("the server hung up");
        c->have += n;
    }
}

static void tell(struct conn *c, const char *p, long n)
{
    while (n > 0) {
        ssize_t sent = send(c->fd, p, (size_t)n, MSG_NOSIGNAL);
        if (sent <= 0)
            die("send");
        p += sent;
        n -= sent;
    }
}

static long put(char *p, long at, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    int n = vsnprintf(p + at, (size_t)(ROOM - at), fmt, ap);
    va_end(ap);
    return at + n;
}

// One of 8,000 words, each as often as its rank says (Zipf), the first ones those that tell that
// it is German.  A text of 4 KB has some 300 of them: it is indexed as dearly, and packs as
// little, as a real one.
static long put_word(char *p, long at, unsigned *seed)
{
    static const char *const frequent[] = {"der", "die", "und", "ist", "nicht", "mit", "das", "zu",
        "auf", "wir", "bei", "ein", "von", "im", "es", "sie"};
    static const char *const part[] = {"an", "ber", "ge", "ter", "rich", "schu", "lei", "tung",
        "ver", "bin", "stel", "ra", "mo", "kun", "sen", "de"};
    unsigned bits = rand_r(seed) % 13u, word = (unsigned)rand_r(seed) & ((2u << bits) - 1);
    if (word < 16)
        return put(p, at, "%s ", frequent[word]);
    for (unsigned left = word; left > 0; left >>= 4)
        at = put(p, at, "%s", part[left & 15]);
    return put(p, at, " ");
}

// Lines of nine words, each between `open` and `close`.  Written before the clock runs: every
// mail is a piece of them.
static char *write_lines(const char *open, const char *close)
{
    unsigned seed = 1;
    char *p = malloc(ROOM);
    if (p == NULL)
        die("memory");
    for (long at = 0; at < ROOM - LINE;) {
        at = put(p, at, "%s", open);
        for (int i = 0; i < 9; i++)
            at = put_word(p, at, &seed);
        at = put(p, at, "%s\r\n", close);
    }
    return p;
}

// Whole lines of `from`, `size` bytes or a little more, from another place for each n.
static long put_lines(char *p, long at, const char *from, long size, long n)
{
    const char *first = strchr(from + n * 7919 % (ROOM - size - 4 * LINE), '\n') + 1;
    long length = strchr(first + size, '\n') + 1 - first;
    memcpy(p + at, first, (size_t)length);
    return at + length;
}

static long write_mail(char *p, const struct plan *plan, long n)
{
    long who = n * 7919 % PEOPLE, at = 0;
    at = put(p, at, "Return-Path: <p%ld@kunde.example>\r\nReceived: from mx.kunde.example by mail.example; "
                    "Sat, 28 Nov 2026 10:00:00 +0100\r\nFrom: Person %ld <p%ld@kunde.example>\r\nTo: <%s>\r\n"
                    "Subject: Anfrage %ld zum Anschluss\r\nDate: Sat, 28 Nov 2026 10:00:00 +0100\r\n"
                    "Message-ID: <%s.%ld@kunde.example>\r\nMIME-Version: 1.0\r\n"
                    "Content-Type: multipart/alternative; boundary=grenze\r\n\r\n",
             who, who, who, plan->rcpt, n, plan->run, n);
    at = put(p, at, "--grenze\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nGuten Tag,\r\n\r\n");
    at = put_lines(p, at, plan->plain, plan->bytes / 5, n);
    at = put(p, at, "\r\nMit freundlichen Gruessen\r\nPerson %ld\r\n-- \r\nTel. 0431 %ld\r\n", who, n);
    at = put(p, at, "--grenze\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<html><body><p>Guten Tag,</p>\r\n");
    at = put_lines(p, at, plan->html, plan->bytes - 100 - at, n);
    return put(p, at, "</body></html>\r\n--grenze--\r\n.\r\n");
}

static void *work(void *arg)
{
    struct conn *c = arg;
    struct plan *p = c->plan;
    char line[LINE];
    hear(c);
    tell(c, "LHLO bench.example\r\n", 20);
    hear(c);
    for (long n; (n = atomic_fetch_add(&p->next, 1)) < p->mails;) {
        long size = write_mail(c->mail, p, n);
        int length = snprintf(line, sizeof line, "MAIL FROM:<p%ld@kunde.example>\r\nRCPT TO:<%s>\r\nDATA\r\n",
                              n * 7919 % PEOPLE, p->rcpt);
        tell(c, line, length);
        hear(c), hear(c);
        if (hear(c) == 354)
            tell(c, c->mail, size);
        atomic_fetch_add(hear(c) == 250 ? &p->taken : &p->refused, 1);
    }
    tell(c, "QUIT\r\n", 6);
    close(c->fd);
    return NULL;
}

static int dial(int port)
{
    struct sockaddr_in sa = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port),
                             .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (fd < 0 || connect(fd, (struct sockaddr *)&sa, sizeof sa) != 0)
        die("connect");
    return fd;
}

int main(int argc, char **argv)
{
    static struct conn conns[CONNS_MAX];
    if (argc < 6)
        return fprintf(stderr, "lmtp PORT CONNECTIONS MAILS BYTES RECIPIENT\n"), 2;
    char run[32];
    snprintf(run, sizeof run, "r%ld", (long)time(NULL));
    struct plan p = {.port = atoi(argv[1]), .mails = atol(argv[3]), .bytes = atol(argv[4]), .rcpt = argv[5], .run = run,
        .plain = write_lines("", ""), .html = write_lines("<p style=\"margin:0;font:11pt Calibri\"><span lang=\"DE\">", "</span></p>")};
    int n = atoi(argv[2]);
    if (n < 1 || n > CONNS_MAX || p.bytes < LINE || p.bytes > ROOM / 2)
        return 2;
    double start = now();
    for (int i = 0; i < n; i++) {
        conns[i] = (struct conn){.plan = &p, .fd = dial(p.port), .mail = malloc(ROOM)};
        if (conns[i].mail == NULL || pthread_create(&conns[i].thread, NULL, work, &conns[i]) != 0)
            die("start");
    }
    for (int i = 0; i < n; i++)
        pthread_join(conns[i].thread, NULL);
    printf("%ld %ld %.3f\n", p.taken, p.refused, now() - start);
    return 0;
}
