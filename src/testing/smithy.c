// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/smithy.h"

#include "base/io.h"
#include "base/zone.h"

#include <pthread.h>
#include <stdatomic.h>
#include <sys/socket.h>
#include <sys/time.h>

enum { ISSUES = 40, COMMENTS = 40, ACTS = 32, QUESTION = 128 << 10, WAIT_S = 20 };

struct piece {
    str title, body, version, reason;
    bool closed;
    instant created, changed;
};

struct remark {
    int issue;
    str author, text;
    instant at;
};

struct smithy {
    struct arena arena;
    enum forge_kind kind;
    str url;
    int fd;
    pthread_t thread;
    pthread_mutex_t mutex;
    _Atomic bool stop;
    _Atomic int peer;
    instant now;
    struct piece piece[ISSUES];
    int pieces;
    struct remark remark[COMMENTS];
    int remarks;
    enum smithy_act act[ACTS];
    int acts, at, asked, unchanged;
};

// --- what it says ----------------------------------------------------------------------------

static void put_issue(struct smithy *s, struct json_out *j, int number)
{
    const struct piece *p = &s->piece[number - 1];
    bool lab = s->kind == FORGE_GITLAB;
    str page = forge_talk_page(&s->arena, s->kind, s->url, S("nord/router"), number);
    json_open(j, '{');
    json_key_int(j, "id", number + 1000);
    json_key_int(j, lab ? "iid" : "number", number);
    json_key_str(j, "title", p->title);
    json_key_str(j, lab ? "description" : "body", p->body);
    json_key_str(j, "state", p->closed ? S("closed") : lab ? S("opened") : S("open"));
    json_key_str(j, "state_reason", p->reason);
    json_key(j, "milestone");
    if (p->version.n == 0) {
        json_none(j);
    } else {
        json_open(j, '{');
        json_key_str(j, "title", p->version);
        json_close(j, '}');
    }
    json_key(j, "assignees");
    json_open(j, '[');
    json_open(j, '{');
    json_key_str(j, lab ? "username" : "login", S("dev"));
    json_close(j, '}');
    json_close(j, ']');
    json_key_str(j, lab ? "web_url" : "html_url", page);
    json_key_str(j, "created_at", zone_iso(&s->arena, p->created));
    json_key_str(j, "updated_at", zone_iso(&s->arena, p->changed));
    json_close(j, '}');
}

static void put_remark(struct smithy *s, struct json_out *j, int i)
{
    const struct remark *r = &s->remark[i];
    bool lab = s->kind == FORGE_GITLAB;
    json_open(j, '{');
    json_key_int(j, "id", i + 1);
    json_key_str(j, "body", r->text);
    json_key_str(j, "created_at", zone_iso(&s->arena, r->at));
    json_key_str(j, "author_association",
                 str_eq(r->author, S("dev")) ? S("MEMBER") : S("NONE"));
    json_key(j, lab ? "author" : "user");
    json_open(j, '{');
    json_key_str(j, lab ? "username" : "login", r->author);
    json_close(j, '}');
    json_close(j, '}');
}

static str answer_with(struct smithy *s, int status, const char *head, str body)
{
    return arena_fmt(
        &s->arena,
        "HTTP/1.1 %d x\r\nConnection: close\r\nContent-Length: %td\r\n%s\r\n" STR_FMT, status,
        body.n, head, STR_ARG(body));
}

// --- what it is asked ------------------------------------------------------------------------

static str field_of(str question, const char *name)
{
    while (question.n > 0) {
        str line = str_token(&question, '\n');
        if (str_eq_nocase(str_token(&line, ':'), str_from_z(name)))
            return str_trim(line);
    }
    return (str){0};
}

static bool has_key(struct smithy *s, str question)
{
    str said = field_of(question, s->kind == FORGE_GITLAB ? "PRIVATE-TOKEN" : "Authorization");
    return str_eq(said, s->kind == FORGE_GITHUB   ? S("Bearer geheim")
                        : s->kind == FORGE_GITLAB ? S("geheim")
                                                  : S("token geheim"));
}

static str list_of(struct smithy *s, int comments_of)
{
    struct buf b = buf_new(&s->arena, 4096);
    struct json_out j = {.buf = &b};
    json_open(&j, '[');
    for (int i = s->remarks; comments_of > 0 && i-- > 0;)
        if (s->remark[i].issue == comments_of)
            put_remark(s, &j, i);
    for (int i = s->pieces; comments_of == 0 && i > 0; i--)
        put_issue(s, &j, i);
    json_close(&j, ']');
    return buf_str(&b);
}

static str create(struct smithy *s, str body)
{
    struct ctx cx = {.arena = &s->arena};
    struct json *o;
    if (json_read(&cx, body, &o) != OK || s->pieces == ISSUES)
        return answer_with(s, 422, "", S("{}"));
    s->piece[s->pieces++] =
        (struct piece){.title = json_text(o, "title"),
                       .body = json_text(o, s->kind == FORGE_GITLAB ? "description" : "body"),
                       .created = s->now,
                       .changed = s->now};
    struct buf b = buf_new(&s->arena, 4096);
    struct json_out j = {.buf = &b};
    put_issue(s, &j, s->pieces);
    return answer_with(s, 201, "", buf_str(&b));
}

static str one(struct smithy *s, int number, str question)
{
    struct buf b = buf_new(&s->arena, 4096);
    struct json_out j = {.buf = &b};
    const struct piece *p = &s->piece[number - 1];
    str tag =
        arena_fmt(&s->arena, "\"%d-%lld-%d\"", number, (long long)p->changed.ms, s->remarks);
    if (str_eq(field_of(question, "If-None-Match"), tag)) {
        s->unchanged++;
        return answer_with(s, 304, "", S(""));
    }
    put_issue(s, &j, number);
    str head = arena_fmt(&s->arena, "ETag: " STR_FMT "\r\n", STR_ARG(tag));
    return answer_with(s, 200, arena_z(&s->arena, head), buf_str(&b));
}

static str told(struct smithy *s, str question, str body)
{
    str rest = question, method = str_token(&rest, ' '), path = str_token(&rest, ' ');
    str root = forge_talk_root(&s->arena, s->kind, s->url, S("nord/router"));
    root = str_cut(root, s->url.n);
    if (!has_key(s, question))
        return answer_with(s, 401, "", S("{}"));
    if (!str_starts(path, root))
        return answer_with(s, 404, "", S("{}"));
    path = str_cut(path, root.n);
    if (path.n == 0)
        return answer_with(s, 200, "", S("{\"id\":1}"));
    if (str_eq(path, S("/issues")) && str_eq(method, S("POST")))
        return create(s, body);
    if (str_starts(path, S("/issues?")))
        return answer_with(s, 200, "",
                           str_find(path, S("page=1")) >= 0 && !str_ends(path, S("page=2"))
                                   && !str_ends(path, S("page=3"))
                               ? list_of(s, 0)
                               : S("[]"));
    path = str_cut(path, 8);    // "/issues/"
    int64_t number = 0;
    str head = path;
    head = str_token(&head, '/');
    bool known = str_to_int(head, &number) && number > 0 && number <= s->pieces;
    if (!known)
        return answer_with(s, 404, "", S("{}"));
    return head.n == path.n ? one(s, (int)number, question)
                            : answer_with(s, 200, "", list_of(s, (int)number));
}

static void say(int fd, str words)
{
    while (words.n > 0) {
        ssize_t n = send(fd, words.p, (size_t)words.n, MSG_NOSIGNAL);
        if (n <= 0)
            return;
        words = str_cut(words, n);
    }
}

static str giant(struct smithy *s)
{
    isize n = SMITHY_GIANT_BYTES;
    char *p = make(&s->arena, char, n);
    memset(p, ' ', (size_t)n);
    return (str){p, n};
}

static str misbehave(struct smithy *s, enum smithy_act act)
{
    switch (act) {
    case SMITHY_401:
        return answer_with(s, 401, "", S("{}"));
    case SMITHY_404:
        return answer_with(s, 404, "", S("{}"));
    case SMITHY_LIMIT:
        return answer_with(
            s, 403,
            arena_z(&s->arena, arena_fmt(&s->arena,
                                         "X-RateLimit-Remaining: 0\r\nX-RateLimit-Reset: "
                                         "%lld\r\n",
                                         (long long)(s->now.ms / 1000 + 100))),
            S("{}"));
    case SMITHY_429:
        return answer_with(s, 429, "Retry-After: 7\r\n", S("{}"));
    case SMITHY_503:
        return answer_with(s, 503, "", S("{}"));
    case SMITHY_GIANT:
        return answer_with(s, 200, "", giant(s));
    case SMITHY_LIE:
        return answer_with(s, 200, "",
                           S("{\"number\":77,\"iid\":77,\"state\":\"closed\",\"title\":\"x\","
                             "\"updated_at\":\"2030-01-01T00:00:00Z\"}"));
    case SMITHY_NOISE:
        return answer_with(s, 200, "", S("<html>please sign in</html>"));
    case SMITHY_MOVED:
        return answer_with(s, 301, "Location: http://127.0.0.1:1/\r\n", S(""));
    case SMITHY_ANSWER:
    case SMITHY_HANG:
    case SMITHY_LOSE:
        break;
    }
    return (str){0};
}

static str read_question(int fd, char *p, str *body)
{
    isize n = 0, end = -1;
    int64_t length = 0;
    while (n < QUESTION && (end < 0 || n < end + 4 + length)) {
        ssize_t got = recv(fd, p + n, (size_t)(QUESTION - n), 0);
        if (got <= 0)
            return (str){0};
        n += got;
        end = str_find((str){p, n}, S("\r\n\r\n"));
        if (end >= 0)
            (void)str_to_int(field_of((str){p, end}, "Content-Length"), &length);
    }
    *body = (str){p + end + 4, n - end - 4};
    return (str){p, end};
}

static void converse(struct smithy *s, int fd, char *p)
{
    struct timeval wait = {.tv_sec = WAIT_S};
    char left;
    str body = {0};
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
    str question = read_question(fd, p, &body);
    if (question.n == 0)
        return;
    pthread_mutex_lock(&s->mutex);
    enum smithy_act act = s->at < s->acts ? s->act[s->at++] : SMITHY_ANSWER;
    s->asked++;
    bool does = act == SMITHY_ANSWER || act == SMITHY_LOSE;
    str words = does ? told(s, question, body) : misbehave(s, act);
    pthread_mutex_unlock(&s->mutex);
    if (act == SMITHY_HANG)
        (void)recv(fd, &left, 1, 0);
    else if (act != SMITHY_LOSE)
        say(fd, words);
}

static void *serve(void *arg)
{
    struct smithy *s = arg;
    struct arena a = arena_new(1 << 20);
    char *p = make(&a, char, QUESTION);
    int fd;
    while (!s->stop && (fd = accept(s->fd, NULL, NULL)) >= 0) {
        s->peer = fd;
        converse(s, fd, p);
        s->peer = -1;
        io_close(fd);
    }
    arena_free(&a);
    return NULL;
}

// --- what the test does ------------------------------------------------------------------------

struct smithy *smithy_start(enum forge_kind kind)
{
    struct arena a = arena_new((isize)256 << 20);
    struct smithy *s = make(&a, struct smithy, 1);
    s->arena = a;
    s->kind = kind;
    s->peer = -1;
    struct ctx cx = {.arena = &s->arena};
    int port = 0;
    if (io_listen(&cx, S("127.0.0.1:0"), &s->fd, &port) != OK)
        abort();
    s->url = arena_fmt(&s->arena, "http://127.0.0.1:%d", port);
    pthread_mutex_init(&s->mutex, NULL);
    if (pthread_create(&s->thread, NULL, serve, s) != 0)
        abort();
    return s;
}

void smithy_stop(struct smithy *s)
{
    s->stop = true;
    shutdown(s->fd, SHUT_RDWR);    // ends accept()
    int peer = s->peer;
    if (peer >= 0)
        shutdown(peer, SHUT_RDWR);
    pthread_join(s->thread, NULL);
    io_close(s->fd);
    pthread_mutex_destroy(&s->mutex);
    struct arena a = s->arena;
    arena_free(&a);
}

str smithy_url(struct smithy *s)
{
    return s->url;
}

void smithy_will(struct smithy *s, enum smithy_act act)
{
    pthread_mutex_lock(&s->mutex);
    if (s->acts == ACTS)
        abort();
    s->act[s->acts++] = act;
    pthread_mutex_unlock(&s->mutex);
}

void smithy_clock(struct smithy *s, instant now)
{
    pthread_mutex_lock(&s->mutex);
    s->now = now;
    pthread_mutex_unlock(&s->mutex);
}

int smithy_issue(struct smithy *s, const char *title)
{
    pthread_mutex_lock(&s->mutex);
    s->piece[s->pieces++] = (struct piece){
        .title = str_from_z(title), .body = S("x"), .created = s->now, .changed = s->now};
    int number = s->pieces;
    pthread_mutex_unlock(&s->mutex);
    return number;
}

void smithy_close(struct smithy *s, int number, const char *version, const char *reason)
{
    pthread_mutex_lock(&s->mutex);
    struct piece *p = &s->piece[number - 1];
    p->closed = true;
    p->version = str_from_z(version);
    p->reason = str_from_z(reason);
    p->changed = s->now;
    pthread_mutex_unlock(&s->mutex);
}

void smithy_reopen(struct smithy *s, int number)
{
    pthread_mutex_lock(&s->mutex);
    s->piece[number - 1].closed = false;
    s->piece[number - 1].changed = s->now;
    pthread_mutex_unlock(&s->mutex);
}

void smithy_comment(struct smithy *s, int number, const char *author, const char *text)
{
    pthread_mutex_lock(&s->mutex);
    if (s->remarks == COMMENTS)
        abort();
    s->remark[s->remarks++] =
        (struct remark){number, str_from_z(author), str_from_z(text), s->now};
    s->piece[number - 1].changed = s->now;
    pthread_mutex_unlock(&s->mutex);
}

static int counted(struct smithy *s, const int *n)
{
    pthread_mutex_lock(&s->mutex);
    int value = *n;
    pthread_mutex_unlock(&s->mutex);
    return value;
}

int smithy_asked(struct smithy *s)
{
    return counted(s, &s->asked);
}

int smithy_unchanged(struct smithy *s)
{
    return counted(s, &s->unchanged);
}

int smithy_issues(struct smithy *s)
{
    return counted(s, &s->pieces);
}

str smithy_body(struct smithy *s, int number)
{
    return s->piece[number - 1].body;
}

str smithy_json(struct smithy *s, struct arena *a, int number)
{
    pthread_mutex_lock(&s->mutex);
    struct buf b = buf_new(&s->arena, 4096);
    struct json_out j = {.buf = &b};
    put_issue(s, &j, number);
    str json = arena_str(a, buf_str(&b));
    pthread_mutex_unlock(&s->mutex);
    return json;
}
