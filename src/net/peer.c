// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/peer.h"

#include "base/limits.h"
#include "base/now.h"
#include "base/safely.h"

#include <curl/curl.h>
#include <poll.h>

enum { SLICE_MS = 200, AHEAD = 16 << 10 };

struct peer {
    CURL *curl;
    curl_socket_t fd;
    const _Atomic bool *stop;
    bool gone;
    char ahead[AHEAD];    // received by peer_wait() and not yet given out
    isize n;
};

static bool stopped(const _Atomic bool *stop)
{
    return stop != NULL && *stop;
}

static int on_progress(void *arg, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d)
{
    (void)a, (void)b, (void)c, (void)d;
    return stopped(((struct peer *)arg)->stop);
}

static enum peer_trouble trouble_of(CURLcode rc)
{
    switch ((int)rc) {
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
        return PEER_CERTIFICATE;
    case CURLE_USE_SSL_FAILED:
    case CURLE_SSL_CONNECT_ERROR:
        return PEER_NO_TLS;
    case CURLE_ABORTED_BY_CALLBACK:
        return PEER_STOPPED;
    default:
        return PEER_NO_ANSWER;
    }
}

// libcurl speaks the greeting and STARTTLS; without a user it leaves the login to us.
static void configure(struct ctx *cx, CURL *c, struct peer *p, const struct peer_config *config)
{
    const char *scheme = config->security == PEER_TLS ? "imaps" : "imap";
    str url = arena_fmt(cx->arena, "%s://" STR_FMT ":%d/", scheme, STR_ARG(config->host),
                        config->port);
    curl_easy_setopt(c, CURLOPT_URL, arena_z(cx->arena, url));
    curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "imap,imaps");
    curl_easy_setopt(c, CURLOPT_CONNECT_ONLY, 1L);
    safely_set(c);    // E1
    curl_easy_setopt(
        c, CURLOPT_USE_SSL,
        (long)(config->security == PEER_PLAIN ? CURLUSESSL_NONE : CURLUSESSL_ALL));    // E2
    if (config->trust.n > 0)
        curl_easy_setopt(c, CURLOPT_CAINFO, arena_z(cx->arena, config->trust));
    curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT, (long)LIMIT_PEER_CONNECT_S);
    curl_easy_setopt(c, CURLOPT_SERVER_RESPONSE_TIMEOUT, (long)LIMIT_PEER_CONNECT_S);
    curl_easy_setopt(c, CURLOPT_TCP_KEEPALIVE, 1L);
    curl_easy_setopt(c, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(c, CURLOPT_XFERINFOFUNCTION, on_progress);
    curl_easy_setopt(c, CURLOPT_XFERINFODATA, p);
}

// A host is a name or an address: nothing that could be read as another part of an address.
static bool is_host(str s)
{
    for (isize i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool ok = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
                  || c == '.' || c == '-' || c == ':' || c == '[' || c == ']' || c == '_';
        if (!ok)
            return false;
    }
    return s.n > 0 && s.n <= LIMIT_LINE;
}

static enum err connect_to(struct ctx *cx, struct peer *p, enum peer_trouble *trouble)
{
    CURLcode rc = curl_easy_perform(p->curl);
    if (rc == CURLE_OK)
        rc = curl_easy_getinfo(p->curl, CURLINFO_ACTIVESOCKET, &p->fd);
    if (rc == CURLE_OK && p->fd != CURL_SOCKET_BAD)
        return OK;
    *trouble = trouble_of(rc);
    return busy(cx, "%s", curl_easy_strerror(rc));
}

enum err peer_open_imap(struct ctx *cx, const struct peer_config *config, struct peer **out,
                        enum peer_trouble *trouble)
{
    *trouble = PEER_NO_ANSWER;
    if (!is_host(config->host) || config->port < 1 || config->port > 65535)
        return fail(cx, ERR_INVALID, "This is not the name of a server.",
                    "Das ist kein Servername.");
    struct peer *p = calloc(1, sizeof *p);
    CURL *c = curl_easy_init();
    if (p == NULL || c == NULL)
        abort();
    p->curl = c;
    p->stop = config->stop;
    configure(cx, c, p, config);
    enum err err = connect_to(cx, p, trouble);
    if (err != OK) {
        peer_close(p);
        return err;
    }
    *out = p;
    return OK;
}

void peer_close(struct peer *p)
{
    if (p == NULL)
        return;
    curl_easy_cleanup(p->curl);
    free(p);
}

// E3 E4.  True when the socket is ready; false when time is up or somebody said stop.
static bool ready(struct peer *p, short events, int64_t until)
{
    struct pollfd f = {.fd = p->fd, .events = events};
    while (!stopped(p->stop)) {
        int64_t left = until - now_monotonic_ms();
        if (left <= 0)
            return false;
        if (poll(&f, 1, (int)int_min(left, SLICE_MS)) > 0)
            return true;
    }
    return false;
}

static enum err silent(struct ctx *cx, struct peer *p)
{
    return busy(cx, "%s",
                stopped(p->stop) ? "stopped"
                : p->gone        ? "the server hung up"
                                 : "the server is silent");
}

enum err peer_send(struct ctx *cx, struct peer *p, str bytes, int64_t seconds)
{
    int64_t until = now_monotonic_ms() + seconds * 1000;
    while (bytes.n > 0) {
        size_t n = 0;
        CURLcode rc = curl_easy_send(p->curl, bytes.p, (size_t)bytes.n, &n);
        if (rc != CURLE_OK && rc != CURLE_AGAIN) {
            p->gone = true;
            return silent(cx, p);
        }
        bytes = str_cut(bytes, (isize)n);
        if (rc == CURLE_AGAIN && !ready(p, POLLOUT, until))
            return silent(cx, p);
    }
    return OK;
}

// What TLS holds already is not seen by poll(): so ask first, then wait.  *n is 0 for silence.
static void receive_within(struct peer *p, char *to, isize room, int64_t until, isize *n)
{
    size_t got = 0;
    CURLcode rc = CURLE_AGAIN;
    *n = 0;
    while (rc == CURLE_AGAIN) {
        rc = curl_easy_recv(p->curl, to, (size_t)room, &got);
        if (rc == CURLE_AGAIN && !ready(p, POLLIN, until))
            return;
    }
    p->gone = rc != CURLE_OK || got == 0;
    *n = (isize)got;
}

enum err peer_receive(struct ctx *cx, struct peer *p, char *to, isize room, int64_t seconds,
                      isize *n)
{
    if (p->n > 0) {
        isize take = p->n < room ? p->n : room;
        memcpy(to, p->ahead, (size_t)take);
        memmove(p->ahead, p->ahead + take, (size_t)(p->n - take));
        p->n -= take;
        *n = take;
        return OK;
    }
    isize got;
    receive_within(p, to, room, now_monotonic_ms() + seconds * 1000, &got);
    if (got == 0)
        return silent(cx, p);
    *n = got;
    return OK;
}

enum err peer_wait(struct ctx *cx, struct peer *p, int64_t seconds, bool *there)
{
    if (p->n == 0)
        receive_within(p, p->ahead, AHEAD, now_monotonic_ms() + seconds * 1000, &p->n);
    if (p->gone || stopped(p->stop))
        return silent(cx, p);
    *there = p->n > 0;
    return OK;
}
