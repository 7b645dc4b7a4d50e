// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/buf.h"
#include "base/io.h"
#include "base/limits.h"
#include "base/now.h"
#include "http/door.h"
#include "http/http.h"
#include "testing/dial.h"
#include "testing/test.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <unistd.h>

// Answers with what it understood, a field a line.
static void echo(void *arg, struct exchange *x)
{
    (void)arg;
    struct buf b = buf_new(&x->arena, 100);
    for (const struct field *f = x->form; f != NULL; f = f->next)
        buf_fmt(&b, STR_FMT "=%td:" STR_FMT "\n", STR_ARG(f->name), f->value.n,
                STR_ARG(str_head(f->value, 20)));
    for (const struct upload *u = x->uploads; u != NULL; u = u->next)
        buf_fmt(&b, "file " STR_FMT "=" STR_FMT " %lld\n", STR_ARG(u->field), STR_ARG(u->name),
                (long long)u->size);
    if (x->body.n > 0)
        buf_fmt(&b, "body %td\n", x->body.n);
    buf_fmt(&b, "from " STR_FMT "\n", STR_ARG(x->address));
    x->status = x->refused != 0 ? x->refused : 200;
    x->reply_type = "text/plain";
    x->reply = buf_str(&b);
    http_answer(x);
}

static int64_t may_bring_all(void *arg, struct exchange *x)
{
    (void)arg;
    (void)x;
    return LIMIT_UPLOAD_FILE * LIMIT_UPLOAD_FILES;
}

static int64_t may_bring_little(void *arg, struct exchange *x)
{
    (void)arg;
    (void)x;
    return 900;
}

static struct http *open_of(struct world *w, void (*handle)(void *, struct exchange *),
                            int64_t (*files)(void *, struct exchange *), int64_t reserve)
{
    struct ctx cx = {.arena = &w->arena};
    struct http *h = NULL;
    struct http_config config = {.listen = S("127.0.0.1:0"),
                                 .threads = 2,
                                 .upload_dir = w->place.dir,
                                 .most_file = 1000,
                                 .reserve = reserve,
                                 .files = files,
                                 .handle = handle};
    check(http_start(&cx, &config, &h) == OK);
    return h;
}

static struct http *open_with(struct world *w, int64_t (*files)(void *, struct exchange *),
                              int64_t reserve)
{
    return open_of(w, echo, files, reserve);
}

static struct http *open_echo(struct world *w)
{
    return open_with(w, may_bring_all, 1);
}

// Everything that comes back when `piece` bytes are sent at a time.
static str say(struct world *w, struct http *h, str bytes, isize piece)
{
    struct dial d;
    check(dial_open(&d, http_port(h)));
    while (bytes.n > 0) {
        str now = {bytes.p, bytes.n < piece ? bytes.n : piece};
        dial_say(&d, now);
        bytes = str_cut(bytes, now.n);
    }
    str all = dial_rest(&d, &w->arena);
    dial_close(&d);
    return all;
}

static int answers(str all)
{
    int n = 0;
    for (isize at; (at = str_find(all, S("HTTP/1.1 "))) >= 0; n++)
        all = str_cut(all, at + 1);
    return n;
}

static bool has(str all, const char *text)
{
    bool found = str_find(all, str_from_z(text)) >= 0;
    if (!found)
        fprintf(stderr, "no “%s” in “" STR_FMT "”\n", text, STR_ARG(str_head(all, 300)));
    return found;
}

static str post(struct world *w, const char *type, str body)
{
    return arena_fmt(&w->arena,
                     "POST /x HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: %s\r\n"
                     "Content-Length: %td\r\n\r\n" STR_FMT,
                     type, body.n, STR_ARG(body));
}

static const char form[] = "application/x-www-form-urlencoded";
static const char parts[] = "multipart/form-data; boundary=bb";

static void H2_a_long_field_in_small_pieces(struct world *w)
{
    enum { LONG = 1500000 };
    struct http *h = open_echo(w);
    char *text = make(&w->arena, char, LONG);
    memset(text, 'x', LONG);
    str body = arena_join(&w->arena, S("a="), (str){text, LONG});
    check(has(say(w, h, post(w, form, body), 100), "a=1500000:xxxx"));
    body = arena_fmt(&w->arena,
                     "--bb\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n" STR_FMT
                     "\r\n--bb--\r\n",
                     LONG, text);
    check(has(say(w, h, post(w, parts, body), 100), "a=1500000:xxxx"));
    http_stop(h);
}

// The same is read wherever the network cuts it.
static void H2_a_form_cut_anywhere(struct world *w)
{
    static const str body = {"a=1&b=zwei%20M%C3%B6wen+hier&c=&d=4", 35};
    struct http *h = open_echo(w);
    str all = post(w, form, body);
    isize head = all.n - body.n;
    for (isize cut = 0; cut <= body.n; cut++) {
        struct dial d;
        check(dial_open(&d, http_port(h)));
        dial_say(&d, (str){all.p, head + cut});
        struct timespec moment = {.tv_nsec = 2000000};
        nanosleep(&moment, NULL);
        dial_say(&d, str_cut(all, head + cut));
        str back = dial_rest(&d, &w->arena);
        dial_close(&d);
        check(has(back, "a=1:1\nb=16:zwei Möwen hier\nc=0:\nd=1:4\nfrom 127.0.0.1"));
    }
    http_stop(h);
}

static void H1_what_is_no_text_is_refused(struct world *w)
{
    struct http *h = open_echo(w);
    static const char *const bad[] = {"a=%ff", "%c3=1", "a=b%00c"};
    for (isize i = 0; i < countof(bad); i++)
        check(has(say(w, h, post(w, form, str_from_z(bad[i])), 9999), "HTTP/1.1 400"));
    static const char *const heads[] = {"name=\"f\"; filename=\"\xff.txt\"",
                                        "name=\"\xff\"; filename=\"a\"",
                                        "name=\"f\"; filename=\"a\"\r\nContent-Type: \xff/a"};
    for (isize i = 0; i < countof(heads); i++) {
        str body = arena_fmt(
            &w->arena, "--bb\r\nContent-Disposition: form-data; %s\r\n\r\nx\r\n--bb--\r\n",
            heads[i]);
        check(has(say(w, h, post(w, parts, body), 9999), "HTTP/1.1 400"));
    }
    check(has(say(w, h, post(w, "multipart/form-data", S("--bb--")), 9999), "HTTP/1.1 400"));
    http_stop(h);
}

// SECURITY 1.8: each of these has two readings; none may reach a second request.
static void H6_a_second_request_is_not_smuggled(struct world *w)
{
    static const char *const heads[] = {
        "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n",
        "Content-Length: 0\r\nContent-Length: 40\r\n",
        "Content-Length: 40\r\nContent-Length: 0\r\n",
        "Content-Length : 40\r\n",
        "Transfer-Encoding : chunked\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
        "Transfer-Encoding: xchunked\r\n",
        "X: a\rContent-Length: 40\r\n",
        "Host: b\r\n",
    };
    static const char *const methods[] = {"POST", "GET", "DELETE", "PUT"};
    struct http *h = open_echo(w);
    for (isize i = 0; i < countof(heads) * countof(methods); i++) {
        str all = say(w, h,
                      arena_fmt(&w->arena,
                                "%s /x HTTP/1.1\r\nHost: a\r\n%s\r\n0\r\n\r\n"
                                "GET /second HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
                                methods[i % 4], heads[i / 4]),
                      9999);
        check(has(all, "HTTP/1.1 400") && has(all, "Connection: close") && answers(all) == 1);
    }
    http_stop(h);
}

static void E4_the_address_of_the_client(struct world *w)
{
    struct http *h = open_echo(w);
    str all = say(w, h,
                  S("GET / HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 1.2.3.4, 192.0.2.7\r\n"
                    "Connection: close\r\n\r\n"),
                  9999);
    check(has(all, "from 192.0.2.7\n"));
    http_stop(h);
}

// --- limits (H1) -----------------------------------------------------------------------------

static str filled(struct world *w, const char *head, int64_t bytes, const char *tail)
{
    struct buf b = buf_new(&w->arena, (isize)bytes + 100);
    buf_put(&b, str_from_z(head));
    for (int64_t i = (isize)(strlen(head) + strlen(tail)); i < bytes; i++)
        buf_char(&b, 'x');
    buf_put(&b, str_from_z(tail));
    return buf_str(&b);
}

static str get(struct world *w, str address, str header)
{
    return arena_fmt(&w->arena,
                     "GET " STR_FMT " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" STR_FMT
                     "\r\n",
                     STR_ARG(address), STR_ARG(header));
}

static void H1_the_address_and_the_headers(struct world *w)
{
    struct http *h = open_echo(w);
    for (int i = 0; i < 3; i++) {
        static const char *const begins[] = {"/", "/a?b=", "/?b&c="};
        str most = filled(w, begins[i], LIMIT_REQUEST_URL, "");
        check(has(say(w, h, get(w, most, S("")), 9999), "HTTP/1.1 200"));
        str more = filled(w, begins[i], LIMIT_REQUEST_URL + 1, "");
        check(has(say(w, h, get(w, more, S("")), 9999), "HTTP/1.1 414"));
    }
    isize rest = LIMIT_REQUEST_HEADERS - 1 - 9 - 19;    // "/", Host: a, Connection: close
    str header = filled(w, "X: ", rest, "\r\n");
    check(has(say(w, h, get(w, S("/"), header), 9999), "HTTP/1.1 200"));
    header = filled(w, "X: ", rest + 1, "\r\n");
    check(has(say(w, h, get(w, S("/"), header), 9999), "HTTP/1.1 431"));
    header = filled(w, "X: ", 3 * LIMIT_REQUEST_HEADERS, "\r\n");    // by the library
    check(has(say(w, h, get(w, S("/"), header), 9999), "HTTP/1.1 431"));
    http_stop(h);
}

static str repeated(struct world *w, const char *head, const char *text, int64_t n,
                    const char *tail)
{
    struct buf b = buf_new(&w->arena, 4096);
    buf_put(&b, str_from_z(head));
    for (int64_t i = 0; i < n; i++)
        buf_put(&b, str_from_z(text));
    buf_put(&b, str_from_z(tail));
    return buf_str(&b);
}

static str fields(struct world *w, int64_t n)
{
    return repeated(w, "a=", "&a=", n - 1, "");
}

// The library counts nothing: what does not fit into its room it neither keeps nor answers.
static void H1_the_fields_of_an_address(struct world *w)
{
    struct http *h = open_echo(w);
    str most = arena_join(&w->arena, S("/?"), fields(w, LIMIT_FORM_FIELDS));
    check(has(say(w, h, get(w, most, S("")), 9999), "HTTP/1.1 200"));
    for (int64_t n = LIMIT_FORM_FIELDS + 1; n < 12000; n += n / 5) {
        str more = arena_join(&w->arena, S("/?"), fields(w, n));
        check(has(say(w, h, get(w, more, S("")), 9999), "HTTP/1.1 414"));
    }
    check(
        has(say(w, h, get(w, repeated(w, "/?", "&", 30000, ""), S("")), 9999), "HTTP/1.1 414"));
    http_stop(h);
}

// Of these the library says by itself that they do not fit.
static void H1_many_headers_and_many_cookies(struct world *w)
{
    struct http *h = open_echo(w);
    for (int64_t n = 3000; n <= 9000; n += 3000) {
        str lines = repeated(w, "", "a: b\r\n", n, "");
        check(has(say(w, h, get(w, S("/"), lines), 9999), "HTTP/1.1 431"));
        str cookies = repeated(w, "Cookie: ", "a=b; ", n, "c=d\r\n");
        check(has(say(w, h, get(w, S("/"), cookies), 9999), "HTTP/1.1 431"));
    }
    http_stop(h);
}

static void H1_the_fields_of_a_form(struct world *w)
{
    struct http *h = open_echo(w);
    check(has(say(w, h, post(w, form, fields(w, LIMIT_FORM_FIELDS)), 9999), "HTTP/1.1 200"));
    str more = fields(w, LIMIT_FORM_FIELDS + 1);
    check(has(say(w, h, post(w, form, more), 9999), "HTTP/1.1 413"));
    http_stop(h);
}

// The whole body is sent before the answer is read, as a browser does.
static void H1_the_bytes_of_a_form_and_of_json(struct world *w)
{
    static const struct {
        const char *type, *head;
        int64_t most;
    } bodies[] = {{form, "abcdefgh=", LIMIT_FORM_BODY},
                  {"application/json", "", LIMIT_JSON_BODY}};
    struct http *h = open_echo(w);
    for (isize i = 0; i < countof(bodies); i++) {
        str most = filled(w, bodies[i].head, bodies[i].most, "");
        check(has(say(w, h, post(w, bodies[i].type, most), 1 << 14), "HTTP/1.1 200"));
        str more = filled(w, bodies[i].head, bodies[i].most + 1, "");
        check(has(say(w, h, post(w, bodies[i].type, more), 1 << 14), "HTTP/1.1 413"));
        more = filled(w, bodies[i].head, 10 * bodies[i].most, "");
        check(has(say(w, h, post(w, bodies[i].type, more), 1 << 20), "HTTP/1.1 413"));
    }
    http_stop(h);
}

static str with_file(struct world *w, int64_t bytes)
{
    str x = filled(w, "", bytes, "");
    return post(w, parts,
                arena_fmt(&w->arena,
                          "--bb\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a\""
                          "\r\n\r\n" STR_FMT "\r\n--bb--\r\n",
                          STR_ARG(x)));
}

// One file may have 1000 bytes here (open_echo), to be quick; what is announced, the real size.
static void H1_the_bytes_of_a_file(struct world *w)
{
    struct http *h = open_echo(w);
    check(has(say(w, h, with_file(w, 1000), 9999), "file f=a 1000"));
    check(has(say(w, h, with_file(w, 1001), 9999), "HTTP/1.1 413"));
    int64_t most = LIMIT_UPLOAD_FILE * LIMIT_UPLOAD_FILES + LIMIT_FORM_BODY;
    str head = arena_fmt(&w->arena,
                         "POST /x HTTP/1.1\r\nHost: a\r\nContent-Type: %s\r\n"
                         "Content-Length: %lld\r\n\r\n",
                         parts, (long long)most + 1);
    check(has(say(w, h, head, 9999), "HTTP/1.1 413"));
    http_stop(h);
}

static void H7_no_file_of_who_may_bring_none(struct world *w)
{
    struct http *h = open_with(w, NULL, 1);
    str all = say(w, h, with_file(w, 1000), 9999);
    check(has(all, "HTTP/1.1 200") && str_find(all, S("file f")) < 0);
    http_stop(h);
    h = open_with(w, may_bring_little, 1);
    check(has(say(w, h, with_file(w, 900), 9999), "file f=a 900"));
    check(has(say(w, h, with_file(w, 901), 9999), "HTTP/1.1 413"));
    http_stop(h);
}

static void H7_a_disk_that_is_nearly_full_takes_none(struct world *w)
{
    struct http *h = open_with(w, may_bring_all, LIMIT_DISK_UPLOAD << 30);
    check(has(say(w, h, with_file(w, 10), 9999), "HTTP/1.1 507"));
    check(has(say(w, h, post(w, form, fields(w, 3)), 9999), "HTTP/1.1 200"));
    http_stop(h);
}

// Says which thread answers.
static void tell_thread(void *arg, struct exchange *x)
{
    (void)arg;
    x->status = 200;
    x->reply_type = "text/plain";
    x->reply = arena_fmt(&x->arena, "thread %ld.", (long)gettid());
    http_answer(x);
}

// Both ends lie in this process, so their numbers go up by two: every second time one is left
// out.
static void H8_connections_are_dealt_in_turn(struct world *w)
{
    enum { CLIENTS = 16 };
    struct http *h = open_of(w, tell_thread, NULL, 1);
    struct dial d[CLIENTS];
    int spare[CLIENTS];
    for (int i = 0; i < CLIENTS; i++) {
        spare[i] = i % 2 ? dup(0) : -1;
        check(dial_open(&d[i], http_port(h)));
        dial_say(&d[i], S("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"));
    }
    int same = 0;
    str first = {0};
    for (int i = 0; i < CLIENTS; i++) {
        str all = dial_rest(&d[i], &w->arena);
        str thread = str_cut(all, str_find(all, S("thread ")));
        first = i == 0 ? thread : first;
        same += str_eq(thread, first);
        dial_close(&d[i]);
        if (spare[i] >= 0)
            close(spare[i]);
    }
    check(same >= CLIENTS / 4 && same <= CLIENTS * 3 / 4);
    http_stop(h);
}

// Who sends a body as slowly as he likes does not keep the desk from closing.
static void H5_what_never_comes_is_not_waited_for(struct world *w)
{
    struct http *h = open_echo(w);
    struct dial slow, kept;
    check(dial_open(&slow, http_port(h)) && dial_open(&kept, http_port(h)));
    dial_say(&slow, S("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\na=1"));
    dial_say(&kept, S("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"));
    check(str_starts(dial_rest(&kept, &w->arena), S("HTTP/1.1 200")));
    int64_t since = now_monotonic_ms();
    http_stop(h);
    check(now_monotonic_ms() - since < (int64_t)2 * LIMIT_KEYS_S * 1000);
    check_text(dial_rest(&slow, &w->arena), S(""));
    dial_close(&slow);
    dial_close(&kept);
}

static struct sockaddr_storage v4(const char *address)
{
    struct sockaddr_storage to = {.ss_family = AF_INET};
    inet_pton(AF_INET, address, &((struct sockaddr_in *)(void *)&to)->sin_addr);
    return to;
}

static struct sockaddr_storage v6(const char *address)
{
    struct sockaddr_storage to = {.ss_family = AF_INET6};
    inet_pton(AF_INET6, address, &((struct sockaddr_in6 *)(void *)&to)->sin6_addr);
    return to;
}

static int let_in(struct door *d, struct sockaddr_storage from, int most)
{
    int n = 0;
    while (n < most && door_enter(d, (const struct sockaddr *)(const void *)&from))
        n++;
    return n;
}

static void H10_a_network_of_ipv6_is_one_address(struct world *w)
{
    struct door *d = make(&w->arena, struct door, 1);
    door_init(d, true);
    int most = (int)LIMIT_CONNECTIONS_ADDRESS;
    check(let_in(d, v6("2001:db8:1:2::1"), 40) == 40);
    check(let_in(d, v6("2001:db8:1:2:ffff::9"), most) == most - 40);
    check(let_in(d, v6("2001:db8:1:3::1"), 1) == 1);
    check(let_in(d, v4("192.0.2.7"), 60) == 60);
    check(let_in(d, v6("::ffff:192.0.2.7"), most) == most - 60);
    struct sockaddr_storage one = v6("2001:db8:1:2::5");
    door_leave(d, (const struct sockaddr *)(const void *)&one);
    check(let_in(d, one, 9) == 1);
}

static void H9_mail_and_files_keep_descriptors(struct world *w)
{
    struct door *d = make(&w->arena, struct door, 1);
    door_init(d, false);
    check(d->most > 0 && d->most <= LIMIT_CONNECTIONS);
    check(door_most(100) == 50 && door_most(1024) == 1024 - LIMIT_DESCRIPTORS_SPARE);
    check(door_most(1 << 20) == LIMIT_CONNECTIONS);
    d->most = 3;
    check(let_in(d, v4("192.0.2.7"), 9) == 3);
}

const struct test http_tests[] = {
    T(H5_what_never_comes_is_not_waited_for),
    T(H9_mail_and_files_keep_descriptors),
    T(H10_a_network_of_ipv6_is_one_address),
    T(H2_a_long_field_in_small_pieces),
    T(H2_a_form_cut_anywhere),
    T(H1_what_is_no_text_is_refused),
    T(H6_a_second_request_is_not_smuggled),
    T(E4_the_address_of_the_client),
    T(H1_the_address_and_the_headers),
    T(H1_the_fields_of_an_address),
    T(H1_many_headers_and_many_cookies),
    T(H1_the_fields_of_a_form),
    T(H1_the_bytes_of_a_form_and_of_json),
    T(H1_the_bytes_of_a_file),
    T(H7_no_file_of_who_may_bring_none),
    T(H7_a_disk_that_is_nearly_full_takes_none),
    T(H8_connections_are_dealt_in_turn),
    {0},
};
