// SPDX-License-Identifier: GPL-3.0-or-later
#include "outside/service.h"

#include "base/buf.h"
#include "base/safely.h"
#include "outside/public.h"

struct asking {
    struct arena *arena;
    const struct service_wish *wish;
    bool secure, own;
    bool refused_address, too_large;
    struct buf head, body;
};

bool service_is_own(str own, str host)
{
    while (own.n > 0)
        if (str_eq_nocase(str_trim(str_token(&own, ',')), host))
            return true;
    return false;
}

// --- A1 --------------------------------------------------------------------------------

static bool read_address(struct asking *q)
{
    CURLU *u = curl_url();
    if (u == NULL)
        abort();
    bool ok =
        curl_url_set(u, CURLUPART_URL, arena_z(q->arena, q->wish->url), CURLU_DISALLOW_USER)
        == CURLUE_OK;
    str scheme = safely_part(q->arena, u, CURLUPART_SCHEME, 0);
    str host = safely_part(q->arena, u, CURLUPART_HOST, 0);
    curl_url_cleanup(u);
    q->secure = str_eq(scheme, S("https"));
    q->own = service_is_own(q->wish->own, host);
    return ok && host.n > 0 && (q->secure || (q->own && str_eq(scheme, S("http"))));
}

// --- A2 --------------------------------------------------------------------------------

static curl_socket_t open_socket(void *arg, curlsocktype purpose, struct curl_sockaddr *to)
{
    struct asking *q = arg;
    if (purpose != CURLSOCKTYPE_IPCXN || (!q->own && !public_socket(&to->addr))) {
        q->refused_address = true;
        return CURL_SOCKET_BAD;
    }
    return socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol);
}

// Once more, before the first word is said.
static int connected(void *arg, char *theirs, char *ours, int their_port, int our_port)
{
    struct asking *q = arg;
    (void)their_port, (void)our_port;
    if (q->own || (public_text(theirs) && strcmp(theirs, ours) != 0))
        return CURL_PREREQFUNC_OK;
    q->refused_address = true;
    return CURL_PREREQFUNC_ABORT;
}

// --- one request -----------------------------------------------------------------------

static size_t take(struct asking *q, struct buf *b, const char *p, size_t size, size_t n)
{
    isize more = (isize)(size * n);
    q->too_large |= b->n + more > q->wish->most;
    if (q->too_large)
        return 0;
    buf_put(b, (str){p, more});
    return size * n;
}

static size_t on_body(char *p, size_t size, size_t n, void *arg)
{
    struct asking *q = arg;
    return take(q, &q->body, p, size, n);
}

static size_t on_head(char *p, size_t size, size_t n, void *arg)
{
    struct asking *q = arg;
    return take(q, &q->head, p, size, n);
}

static struct curl_slist *fields_of(const struct asking *q)
{
    struct curl_slist *list = NULL;
    for (int i = 0; i < SERVICE_FIELDS; i++) {
        if (q->wish->field[i].n == 0)
            continue;
        list = curl_slist_append(list, arena_z(q->arena, q->wish->field[i]));
        if (list == NULL)
            abort();
    }
    return list;
}

static void set_ways(struct asking *q, CURL *c)
{
    curl_easy_setopt(c, CURLOPT_URL, arena_z(q->arena, q->wish->url));
    curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, q->secure ? "https" : "http");
    curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 0L);    // A3
    curl_easy_setopt(c, CURLOPT_OPENSOCKETFUNCTION, open_socket);
    curl_easy_setopt(c, CURLOPT_OPENSOCKETDATA, q);
    curl_easy_setopt(c, CURLOPT_PREREQFUNCTION, connected);
    curl_easy_setopt(c, CURLOPT_PREREQDATA, q);
    curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(c, CURLOPT_WRITEDATA, q);
    curl_easy_setopt(c, CURLOPT_HEADERFUNCTION, on_head);
    curl_easy_setopt(c, CURLOPT_HEADERDATA, q);
    if (q->wish->body.n > 0) {
        curl_easy_setopt(c, CURLOPT_POSTFIELDSIZE, (long)q->wish->body.n);
        curl_easy_setopt(c, CURLOPT_POSTFIELDS, arena_z(q->arena, q->wish->body));
    }
}

// A1 A4 A5
static void set_limits(const struct asking *q, CURL *c)
{
    safely_set(c);
    curl_easy_setopt(c, CURLOPT_TIMEOUT, (long)q->wish->seconds);
    curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT, (long)q->wish->seconds);
    curl_easy_setopt(c, CURLOPT_MAXFILESIZE_LARGE, (curl_off_t)q->wish->most);
    curl_easy_setopt(c, CURLOPT_USERAGENT, "Staffel");
    curl_easy_setopt(c, CURLOPT_FRESH_CONNECT, 1L);
    curl_easy_setopt(c, CURLOPT_FORBID_REUSE, 1L);
    if (q->wish->trust.n > 0)
        curl_easy_setopt(c, CURLOPT_CAINFO, arena_z(q->arena, q->wish->trust));
}

static enum service_end end_of(const struct asking *q, CURLcode rc)
{
    if (q->too_large || rc == CURLE_FILESIZE_EXCEEDED)
        return SERVICE_TOO_LARGE;
    if (q->refused_address)
        return SERVICE_NOT_PUBLIC;
    if (rc == CURLE_PEER_FAILED_VERIFICATION || rc == CURLE_SSL_CACERT_BADFILE)
        return SERVICE_CERTIFICATE;
    return rc == CURLE_OK ? SERVICE_ANSWERED : SERVICE_NO_ANSWER;
}

enum service_end service_ask(struct arena *a, const struct service_wish *wish,
                             struct service_answer *out)
{
    struct asking q = {.arena = a, .wish = wish};
    if (!read_address(&q))
        return SERVICE_ADDRESS;
    CURL *c = curl_easy_init();
    if (c == NULL)
        abort();
    q.head = buf_new(a, 1024);
    q.body = buf_new(a, 4096);
    struct curl_slist *fields = fields_of(&q);
    set_ways(&q, c);
    set_limits(&q, c);
    curl_easy_setopt(c, CURLOPT_HTTPHEADER, fields);
    CURLcode rc = curl_easy_perform(c);
    long status = 0;
    curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_cleanup(c);
    curl_slist_free_all(fields);
    *out = (struct service_answer){(int)status, buf_str(&q.head), buf_str(&q.body)};
    return end_of(&q, rc);
}

str service_field(const struct service_answer *answer, const char *name)
{
    str head = answer->head, found = {0};
    while (head.n > 0) {
        str line = str_token(&head, '\n');
        str field = str_token(&line, ':');
        if (str_eq_nocase(field, str_from_z(name)))
            found = str_trim(line);
    }
    return found;
}

static int64_t until_reset(const struct service_answer *answer, instant now)
{
    static const char *const left[] = {"X-RateLimit-Remaining", "RateLimit-Remaining"};
    static const char *const reset[] = {"X-RateLimit-Reset", "RateLimit-Reset"};
    int64_t n, at;
    for (isize i = 0; i < countof(left); i++)
        if (str_to_int(service_field(answer, left[i]), &n) && n <= 0
            && str_to_int(service_field(answer, reset[i]), &at))
            return int_max(at - now.ms / 1000, 1);
    return 0;
}

int64_t service_pause(const struct service_answer *answer, instant now)
{
    char date[64] = {0};
    int64_t seconds;
    str after = service_field(answer, "Retry-After");
    if (after.n == 0 || after.n >= (isize)sizeof date)
        return until_reset(answer, now);
    if (str_to_int(after, &seconds))
        return int_max(seconds, 1);
    memcpy(date, after.p, (size_t)after.n);
    time_t at = curl_getdate(date, NULL);
    return at < 0 ? 0 : int_max((int64_t)at - now.ms / 1000, 1);
}
