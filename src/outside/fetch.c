// SPDX-License-Identifier: GPL-3.0-or-later
#include "outside/fetch.h"

#include "base/buf.h"
#include "base/limits.h"
#include "base/now.h"
#include "base/safely.h"
#include "outside/public.h"

#include <arpa/inet.h>

struct fetch {
    struct arena *arena;
    const struct fetch_wish *wish;
    int64_t until_ms;
    str url, host;
    bool secure;
    int port;
    bool refused_address, too_large;
    struct buf body;
    long status;
    str next;    // where a redirect leads
};

// --- F1 --------------------------------------------------------------------------------

static bool take_apart(struct fetch *f, CURLU *u)
{
    int64_t port = 0;
    str scheme = safely_part(f->arena, u, CURLUPART_SCHEME, 0);
    f->host = safely_part(f->arena, u, CURLUPART_HOST, 0);
    f->secure = str_eq(scheme, S("https"));
    if (!str_to_int(safely_part(f->arena, u, CURLUPART_PORT, CURLU_DEFAULT_PORT), &port)
        || (!f->secure && !str_eq(scheme, S("http"))) || f->host.n == 0)
        return false;
    f->port = (int)port;
    curl_url_set(u, CURLUPART_FRAGMENT, NULL, 0);
    f->url = safely_part(f->arena, u, CURLUPART_URL, 0);
    return port == (f->secure ? 443 : 80) && f->url.n > 0;
}

static bool read_address(struct fetch *f, str url)
{
    CURLU *u = curl_url();
    if (u == NULL)
        abort();
    bool ok = url.n <= LIMIT_HTML_ADDRESS
              && curl_url_set(u, CURLUPART_URL, arena_z(f->arena, url), CURLU_DISALLOW_USER)
                     == CURLUE_OK
              && take_apart(f, u);
    curl_url_cleanup(u);
    return ok;
}

// --- F2 --------------------------------------------------------------------------------

static void lead_to_seam(const struct fetch_seam *seam, struct curl_sockaddr *to)
{
    struct sockaddr_in v4 = {.sin_family = AF_INET, .sin_port = htons((uint16_t)seam->port)};
    inet_pton(AF_INET, seam->host, &v4.sin_addr);
    to->family = AF_INET;
    to->addrlen = sizeof v4;
    memcpy(&to->addr, &v4, sizeof v4);
}

static curl_socket_t open_socket(void *arg, curlsocktype purpose, struct curl_sockaddr *to)
{
    struct fetch *f = arg;
    if (purpose != CURLSOCKTYPE_IPCXN || !public_socket(&to->addr)) {
        f->refused_address = true;
        return CURL_SOCKET_BAD;
    }
    if (f->wish->seam != NULL)
        lead_to_seam(f->wish->seam, to);
    return socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol);
}

// F2, once more, before the first word is said.
static int connected(void *arg, char *theirs, char *ours, int their_port, int our_port)
{
    struct fetch *f = arg;
    (void)their_port, (void)our_port;
    bool fits = f->wish->seam != NULL || public_text(theirs);
    if (fits && strcmp(theirs, ours) != 0)
        return CURL_PREREQFUNC_OK;
    f->refused_address = true;
    return CURL_PREREQFUNC_ABORT;
}

// --- one request -----------------------------------------------------------------------

static size_t on_body(char *p, size_t size, size_t n, void *arg)
{
    struct fetch *f = arg;
    isize more = (isize)(size * n);
    f->too_large = f->body.n + more > f->wish->most;
    if (f->too_large)
        return 0;
    buf_put(&f->body, (str){p, more});
    return size * n;
}

static void set_limits(CURL *c, const struct fetch *f)
{
    int64_t left = int_max(f->until_ms - now_monotonic_ms(), 1);
    curl_easy_setopt(c, CURLOPT_TIMEOUT_MS, (long)left);
    curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT_MS, (long)left);
    curl_easy_setopt(c, CURLOPT_MAXFILESIZE_LARGE, (curl_off_t)f->wish->most);
}

// F4 F5
static void say_nothing_of_us(CURL *c)
{
    safely_set(c);
    curl_easy_setopt(c, CURLOPT_USERAGENT, "Mozilla/5.0");
    curl_easy_setopt(c, CURLOPT_FRESH_CONNECT, 1L);
    curl_easy_setopt(c, CURLOPT_FORBID_REUSE, 1L);
    curl_easy_setopt(c, CURLOPT_SSL_SESSIONID_CACHE, 0L);
}

static void trust_seam(const struct fetch_seam *seam, CURL *c)
{
    if (seam != NULL && seam->trust != NULL)
        curl_easy_setopt(c, CURLOPT_CAINFO, seam->trust);
}

static void set_ways(struct fetch *f, CURL *c)
{
    curl_easy_setopt(c, CURLOPT_URL, arena_z(f->arena, f->url));
    curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, f->secure ? "https" : "http");    // F1
    curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 0L);                             // F3
    curl_easy_setopt(c, CURLOPT_OPENSOCKETFUNCTION, open_socket);
    curl_easy_setopt(c, CURLOPT_OPENSOCKETDATA, f);
    curl_easy_setopt(c, CURLOPT_PREREQFUNCTION, connected);
    curl_easy_setopt(c, CURLOPT_PREREQDATA, f);
    curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(c, CURLOPT_WRITEDATA, f);
}

static struct curl_slist *listed(str line, struct arena *a)
{
    struct curl_slist *list = curl_slist_append(NULL, arena_z(a, line));
    if (list == NULL)
        abort();
    return list;
}

static struct curl_slist *names_of_seam(struct fetch *f)
{
    const struct fetch_seam *seam = f->wish->seam;
    if (seam == NULL)
        return NULL;
    str to = seam->resolve(seam->arg, f->arena, f->host);
    if (to.n == 0)
        return NULL;
    return listed(
        arena_fmt(f->arena, STR_FMT ":%d:" STR_FMT, STR_ARG(f->host), f->port, STR_ARG(to)),
        f->arena);
}

static CURLcode ask(struct fetch *f)
{
    CURL *c = curl_easy_init();
    if (c == NULL)
        abort();
    str accept = arena_fmt(f->arena, "Accept: %s", f->wish->accept);
    struct curl_slist *fields = listed(accept, f->arena), *names = names_of_seam(f);
    set_ways(f, c);
    set_limits(c, f);
    say_nothing_of_us(c);
    trust_seam(f->wish->seam, c);
    curl_easy_setopt(c, CURLOPT_HTTPHEADER, fields);
    curl_easy_setopt(c, CURLOPT_RESOLVE, names);
    f->body = buf_new(f->arena, 4096);
    CURLcode rc = curl_easy_perform(c);
    char *next = NULL;
    f->status = 0;
    curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &f->status);
    curl_easy_getinfo(c, CURLINFO_REDIRECT_URL, &next);
    f->next = next == NULL ? (str){0} : arena_str(f->arena, str_from_z(next));
    curl_easy_cleanup(c);
    curl_slist_free_all(fields);
    curl_slist_free_all(names);
    return rc;
}

static enum fetch_end end_of(const struct fetch *f, CURLcode rc)
{
    if (f->too_large || rc == CURLE_FILESIZE_EXCEEDED)
        return FETCH_TOO_LARGE;
    if (rc != CURLE_OK)
        return f->refused_address ? FETCH_NOT_PUBLIC : FETCH_NO_ANSWER;
    return f->status == 200 ? FETCH_DONE : FETCH_REFUSED;
}

enum fetch_end fetch_get(struct arena *a, const struct fetch_wish *wish, str *out)
{
    struct fetch f = {.arena = a, .wish = wish};
    f.until_ms = now_monotonic_ms() + wish->seconds * 1000;
    str url = wish->url;
    for (int hop = 0; hop <= LIMIT_FETCH_HOPS; hop++) {
        bool was_secure = f.secure;
        f.refused_address = f.too_large = false;
        if (!read_address(&f, url))
            return FETCH_ADDRESS;
        if (was_secure && !f.secure)
            return FETCH_ADDRESS;    // F3
        CURLcode rc = ask(&f);
        if (rc != CURLE_OK || f.next.n == 0) {
            *out = buf_str(&f.body);
            return end_of(&f, rc);
        }
        url = f.next;
    }
    return FETCH_TOO_FAR;
}
