// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/http.h"

#include "base/io.h"
#include "base/limits.h"
#include "base/log.h"
#include "base/now.h"
#include "http/body.h"
#include "http/door.h"
#include "http/head.h"

#include <arpa/inet.h>
#include <errno.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdarg.h>
#include <sys/socket.h>
#include <unistd.h>

static const isize ARENA = 256 << 20;    // address space of one request, not memory

struct http {
    struct http_config config;
    struct MHD_Daemon *daemon;
    pthread_mutex_t mutex;
    struct connection *idle;          // finished requests whose memory is used again
    _Atomic int64_t begun, handed;    // requests; those of them that the handler has
    _Atomic int stop;                 // 1: no new request, 2: none is handed over any more
    struct door door;
    pthread_t porter;
    int fd, port;
};

enum { STOP_BODY_MS = 5000, STOP_LOOK_MS = 50 };

enum phase { RUNNING = 1, ANSWERED, ASLEEP };

static struct connection *connection_take(struct http *h)
{
    pthread_mutex_lock(&h->mutex);
    struct connection *c = h->idle;
    if (c != NULL)
        h->idle = c->next;
    pthread_mutex_unlock(&h->mutex);
    if (c != NULL)
        return c;
    c = calloc(1, sizeof *c);
    if (c == NULL)
        abort();
    c->x.arena = arena_new(ARENA);
    return c;
}

static void connection_give(struct http *h, struct connection *c)
{
    struct arena arena = c->x.arena;
    arena_reset(&arena);
    memset(c, 0, sizeof *c);
    c->x.arena = arena;
    pthread_mutex_lock(&h->mutex);
    c->next = h->idle;
    h->idle = c;
    pthread_mutex_unlock(&h->mutex);
}

static enum method method_from(const char *name)
{
    static const char *const names[] = {"", "GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"};
    for (int i = GET; i <= HEAD; i++)
        if (strcmp(name, names[i]) == 0)
            return (enum method)i;
    return (enum method)0;
}

static str address_of(struct arena *a, struct MHD_Connection *mhd)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    char text[INET6_ADDRSTRLEN] = "";
    if (info == NULL || info->client_addr == NULL)
        return (str){0};
    const void *sa = info->client_addr;
    int family = info->client_addr->sa_family;
    const void *raw = family == AF_INET6
                          ? (const void *)&((const struct sockaddr_in6 *)sa)->sin6_addr
                          : (const void *)&((const struct sockaddr_in *)sa)->sin_addr;
    inet_ntop(family, raw, text, sizeof text);
    return arena_str(a, str_from_z(text));
}

static enum MHD_Result add_query(void *arg, enum MHD_ValueKind kind, const char *key,
                                 const char *value)
{
    (void)kind;
    struct connection *c = arg;
    struct exchange *x = &c->x;
    struct field **end = &x->query;
    while (*end != NULL)
        end = &(*end)->next;
    *end = make(&x->arena, struct field, 1);
    (*end)->name = http_decode(&x->arena, str_from_z(key), true);
    (*end)->value = http_decode(&x->arena, str_from_z(value), true);
    if (!str_is_utf8((*end)->name) || !str_is_utf8((*end)->value))
        x->refused = MHD_HTTP_BAD_REQUEST;
    return MHD_YES;
}

static enum MHD_Result add_header(void *arg, enum MHD_ValueKind kind, const char *key,
                                  size_t key_n, const char *value, size_t value_n)
{
    (void)kind;
    head_add(arg, (str){key, (isize)key_n},
             value == NULL ? S("") : (str){value, (isize)value_n});
    return MHD_YES;
}

// H7.  What is only read has no body, and its route need not be looked up twice.
static int64_t most_files(struct http *h, struct exchange *x)
{
    bool reads = x->method == GET || x->method == HEAD;
    return reads || h->config.files == NULL ? 0 : h->config.files(h->config.arg, x);
}

// H1.  The library keeps each field of an address in the little room of its connection, and when
// that is full it answers nothing and waits (0.9.75: its own 431 is overwritten by the next
// state).  So of an address that is too long it gets no field to read: the query is cut off where
// it begins.  The server itself as the request's state tells on_access() that this was done.
static void *on_address(void *arg, const char *address, struct MHD_Connection *mhd)
{
    (void)mhd;
    str all = str_from_z(address);
    isize at = str_find(all, S("?"));
    str query = at < 0 ? (str){0} : str_cut(all, at + 1);
    int64_t fields = 1;
    for (isize i = 0; i < query.n; i++)
        fields += query.p[i] == '&';
    if (all.n <= LIMIT_REQUEST_URL && fields <= LIMIT_FORM_FIELDS)
        return NULL;
    if (query.n > 0)
        ((char *)(uintptr_t)query.p)[0] = 0;
    return arg;
}

static void begin(struct http *h, struct connection *c, struct MHD_Connection *mhd,
                  const char *url, const char *method, const char *version)
{
    struct exchange *x = &c->x;
    struct head head = {0};
    c->http = h;
    c->mhd = mhd;
    c->phase = RUNNING;
    x->connection = c;
    x->started_ms = now_monotonic_ms();
    x->method = method_from(method);
    x->path = arena_str(&x->arena, str_from_z(url));
    MHD_get_connection_values_n(mhd, MHD_HEADER_KIND, add_header, &head);
    x->address = head_client(&head, address_of(&x->arena, mhd));
    if (!head_is_clear(&head, str_from_z(version)))
        x->refused = MHD_HTTP_BAD_REQUEST;    // H6
    if (c->is_too_long)
        x->refused = MHD_HTTP_URI_TOO_LONG;
    if (x->path.n + head.bytes > LIMIT_REQUEST_HEADERS)
        x->refused = MHD_HTTP_REQUEST_HEADER_FIELDS_TOO_LARGE;
    if (http_header(x, "Content-Encoding").n > 0)
        x->refused = MHD_HTTP_UNSUPPORTED_MEDIA_TYPE;
    MHD_get_connection_values(mhd, MHD_GET_ARGUMENT_KIND, add_query, c);
    c->upload_dir = h->config.upload_dir;
    c->most_file = h->config.most_file > 0 ? h->config.most_file : LIMIT_UPLOAD_FILE;
    c->most_files = most_files(h, x);
    c->reserve = h->config.reserve > 0 ? h->config.reserve : LIMIT_DISK_UPLOAD;
    body_begin(c);
}

static ssize_t stream_read(void *arg, uint64_t pos, char *out, size_t room)
{
    (void)pos;
    return stream_take(arg, out, room);
}

static struct MHD_Response *response_of(struct exchange *x)
{
    if (x->stream != NULL)
        return MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, 2048, stream_read, x->stream,
                                                 NULL);
    return MHD_create_response_from_buffer((size_t)x->reply.n,
                                           (void *)(uintptr_t)(x->reply.n ? x->reply.p : ""),
                                           MHD_RESPMEM_PERSISTENT);
}

static enum MHD_Result queue(struct connection *c)
{
    struct exchange *x = &c->x;
    struct MHD_Response *r = response_of(x);
    if (r == NULL)
        return MHD_NO;
    if (x->reply_type != NULL)
        MHD_add_response_header(r, "Content-Type", x->reply_type);
    for (const struct field *f = x->headers; f != NULL; f = f->next)
        MHD_add_response_header(r, f->name.p, f->value.p);
    if (x->refused != 0)
        MHD_add_response_header(r, "Connection", "close");    // H6
    enum MHD_Result ok = MHD_queue_response(c->mhd, (unsigned)x->status, r);
    MHD_destroy_response(r);
    return ok;
}

// H3.  Whoever comes second of "answered" and "asleep" wakes the connection.
static enum MHD_Result hand_over(struct http *h, struct connection *c)
{
    c->handed = true;
    h->handed++;
    h->config.handle(h->config.arg, &c->x);
    if (c->phase == ANSWERED)
        return queue(c);
    MHD_suspend_connection(c->mhd);
    if (atomic_exchange(&c->phase, ASLEEP) == ANSWERED) {
        c->phase = ANSWERED;
        MHD_resume_connection(c->mhd);
    }
    return MHD_YES;
}

void http_answer(struct exchange *x)
{
    struct connection *c = x->connection;
    struct MHD_Connection *mhd = c->mhd;
    if (atomic_exchange(&c->phase, ANSWERED) == ASLEEP)
        MHD_resume_connection(mhd);
}

// H5
static bool is_closed(const struct http *h, bool fresh)
{
    return h->stop > (fresh ? 0 : 1);
}

static enum MHD_Result on_access(void *arg, struct MHD_Connection *mhd, const char *url,
                                 const char *method, const char *version, const char *data,
                                 size_t *size, void **state)
{
    struct http *h = arg;
    struct connection *c = *state;
    bool fresh = c == NULL || *state == h;
    if (is_closed(h, fresh) && (fresh || !c->handed))
        return MHD_NO;
    if (fresh) {
        c = connection_take(h);
        c->is_too_long = *state == h;
        *state = c;
        h->begun++;
        begin(h, c, mhd, url, method, version);
        // Refused before the body: answered at once, and the connection is closed.
        return c->x.refused != 0 && !body_is_dropped(c) ? hand_over(h, c) : MHD_YES;
    }
    if (c->handed)
        return c->phase == ANSWERED ? queue(c) : MHD_YES;
    if (*size > 0) {
        body_add(c, (str){data, (isize)*size});
        *size = 0;
        return MHD_YES;
    }
    body_end(c);
    return hand_over(h, c);
}

static void on_completed(void *arg, struct MHD_Connection *mhd, void **state,
                         enum MHD_RequestTerminationCode code)
{
    (void)mhd;
    (void)code;
    struct http *h = arg;
    struct connection *c = *state;
    if (c == NULL || *state == h)    // it ended before its head did
        return;
    *state = NULL;
    if (h->config.over != NULL)
        h->config.over(h->config.arg, &c->x);
    if (c->x.stream != NULL)
        stream_gone(c->x.stream);
    body_free(c);
    h->handed -= c->handed;
    connection_give(h, c);
    h->begun--;
}

// H4: libmicrohttpd hands over what came; http_decode() is the only decoder.
static size_t leave_encoded(void *arg, struct MHD_Connection *mhd, char *s)
{
    (void)arg;
    (void)mhd;
    return strlen(s);
}

// Whoever closes a page ends the answers that were on their way to it, and whoever resets a
// connection his own request: no error of ours, and as many as a stranger likes.
static bool is_reader_gone(str line)
{
    return str_starts(line, S("Failed to send"))
           || str_starts(line, S("Socket has been disconnected"));
}

static void on_log(void *arg, const char *fmt, va_list ap)
    __attribute__((format(printf, 2, 0)));
static void on_log(void *arg, const char *fmt, va_list ap)
{
    (void)arg;
    char line[200];
    if (vsnprintf(line, sizeof line, fmt, ap) > 0 && !is_reader_gone(str_from_z(line)))
        log_line(LOG_ERROR, "http library=\"" STR_FMT "\"",
                 STR_ARG(str_trim(str_from_z(line))));
}

// Behind a proxy on the same machine everybody comes from one address.
static bool is_loopback(str listen)
{
    return str_starts(listen, S("127.")) || str_starts(listen, S("localhost"))
           || str_starts(listen, S("[::1]"));
}

// H8.  The library deals by the number of the socket.  Its own count of a thread's connections
// lags behind in a burst, so they are counted here.
static void let_in(struct http *h, int fd, const struct sockaddr *from, socklen_t n)
{
    if (!door_enter(&h->door, from)) {
        close(fd);
        return;
    }
    if (MHD_add_connection(h->daemon, fd, from, n) != MHD_YES)    // it has closed it
        door_leave(&h->door, from);
}

static void on_connection(void *arg, struct MHD_Connection *mhd, void **kept,
                          enum MHD_ConnectionNotificationCode what)
{
    (void)kept;
    struct http *h = arg;
    if (what == MHD_CONNECTION_NOTIFY_CLOSED)
        door_leave(
            &h->door,
            MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CLIENT_ADDRESS)->client_addr);
}

// No descriptor is free: some connection has to end first.
static void wait_at_the_door(instant *told)
{
    const int full_ms = 50, quiet_ms = 60000;
    instant now = now_utc();
    if (now.ms - told->ms > quiet_ms) {
        log_line(LOG_ERROR, "http no descriptor is free for a connection");
        *told = now;
    }
    now_sleep_ms(full_ms);
}

static void *porter_run(void *arg)
{
    struct http *h = arg;
    instant told = {0};
    for (;;) {
        struct sockaddr_storage from;
        socklen_t n = sizeof from;
        int fd = accept4(h->fd, (struct sockaddr *)&from, &n, SOCK_CLOEXEC | SOCK_NONBLOCK);
        if (fd >= 0)
            let_in(h, fd, (const struct sockaddr *)&from, n);
        else if (errno == EINVAL)    // http_stop() shut it
            return NULL;
        else if (errno != EINTR && errno != ECONNABORTED)
            wait_at_the_door(&told);
    }
}

static bool start_daemon(struct http *h)
{
    unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_TURBO
                     | MHD_USE_ERROR_LOG | MHD_USE_NO_LISTEN_SOCKET | MHD_USE_ITC;
    door_init(&h->door, !is_loopback(h->config.listen));
    // A head that is too large is refused by a page of ours as long as the library has room for
    // it and for its copy of the cookies; beyond that it answers by itself.
    size_t head_room = 3 * (size_t)LIMIT_REQUEST_HEADERS;
    h->daemon = MHD_start_daemon(
        flags, 0, NULL, NULL, on_access, h, MHD_OPTION_EXTERNAL_LOGGER, on_log, NULL,
        MHD_OPTION_THREAD_POOL_SIZE, (unsigned)h->config.threads, MHD_OPTION_CONNECTION_LIMIT,
        (unsigned)(LIMIT_CONNECTIONS * h->config.threads), MHD_OPTION_NOTIFY_CONNECTION,
        on_connection, h, MHD_OPTION_CONNECTION_MEMORY_LIMIT, head_room,
        MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)LIMIT_IDLE_S, MHD_OPTION_NOTIFY_COMPLETED,
        on_completed, h, MHD_OPTION_UNESCAPE_CALLBACK, leave_encoded, NULL,
        MHD_OPTION_URI_LOG_CALLBACK, on_address, h, MHD_OPTION_END);
    if (h->daemon == NULL)
        return false;
    if (pthread_create(&h->porter, NULL, porter_run, h) == 0)
        return true;
    MHD_stop_daemon(h->daemon);
    return false;
}

enum err http_start(struct ctx *cx, const struct http_config *config, struct http **out)
{
    struct http *h = calloc(1, sizeof *h);
    if (h == NULL)
        abort();
    h->config = *config;
    pthread_mutex_init(&h->mutex, NULL);
    enum err err = io_listen(cx, config->listen, &h->fd, &h->port);
    if (err == OK && !start_daemon(h))
        err = broken(cx, "cannot start the HTTP server");
    if (err != OK) {
        free(h);
        return err;
    }
    *out = h;
    return OK;
}

int http_port(const struct http *h)
{
    return h->port;
}

int64_t http_open(const struct http *h)
{
    return h->door.held;
}

static void wait_while(_Atomic int64_t *any, int64_t most_ms)
{
    for (int64_t ms = 0; ms<most_ms && * any> 0; ms += STOP_LOOK_MS)
        now_sleep_ms(STOP_LOOK_MS);
}

// H5.  The library aborts the program when one is still being answered; the slowest may wait
// twice for gpg (LIMIT_KEYS_S), once for its turn and once for its own.
void http_stop(struct http *h)
{
    const int64_t stop_ms = (2 * LIMIT_KEYS_S + 5) * 1000;
    h->stop = 1;
    shutdown(h->fd, SHUT_RD);
    pthread_join(h->porter, NULL);
    wait_while(&h->begun, STOP_BODY_MS);
    h->stop = 2;
    wait_while(&h->handed, stop_ms);
    MHD_stop_daemon(h->daemon);
    close(h->fd);
    while (h->idle != NULL) {
        struct connection *c = h->idle;
        h->idle = c->next;
        arena_free(&c->x.arena);
        free(c);
    }
    pthread_mutex_destroy(&h->mutex);
    free(h);
}

static str given_header(const struct exchange *x, str name)
{
    for (const struct field *f = x->given; f != NULL; f = f->next)
        if (str_eq_nocase(f->name, name))
            return f->value;
    return (str){0};
}

str http_header(const struct exchange *x, const char *name)
{
    if (x->connection == NULL)
        return given_header(x, str_from_z(name));
    return str_from_z(MHD_lookup_connection_value(x->connection->mhd, MHD_HEADER_KIND, name));
}

str http_cookie(const struct exchange *x, const char *name)
{
    if (x->connection == NULL)
        return (str){0};
    return str_from_z(MHD_lookup_connection_value(x->connection->mhd, MHD_COOKIE_KIND, name));
}

void http_set_header(struct exchange *x, const char *name, str value)
{
    struct field *f = make(&x->arena, struct field, 1);
    char *p = make(&x->arena, char, value.n + 1);
    isize n = 0;
    for (isize i = 0; i < value.n; i++)
        if ((unsigned char)value.p[i] >= ' ')
            p[n++] = value.p[i];
    f->name = str_from_z(name);
    f->value = (str){p, n};
    f->next = x->headers;
    x->headers = f;
}

static int hex(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 32;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

str http_decode(struct arena *a, str s, bool plus_is_blank)
{
    char *p = make(a, char, s.n + 1);
    isize n = 0;
    for (isize i = 0; i < s.n; i++) {
        int high = s.p[i] == '%' && i + 2 < s.n ? hex(s.p[i + 1]) : -1;
        int low = high >= 0 ? hex(s.p[i + 2]) : -1;
        if (low >= 0) {
            p[n++] = (char)(high * 16 + low);
            i += 2;
        } else {
            p[n++] = plus_is_blank && s.p[i] == '+' ? ' ' : s.p[i];
        }
    }
    return (str){p, n};
}
