// SPDX-License-Identifier: GPL-3.0-or-later
// Webhooks, over a real connection.
#include "forge/forge_test.h"
#include "testing/edge.h"

#include "base/secret.h"

struct bench {
    struct smithy *s;
    struct edge edge;
    struct made_case c;
    forge_id forge;
    enum forge_kind kind;
    const char *path;
};

static struct bench bench_of(struct world *w, enum forge_kind kind)
{
    struct bench b = {.s = smithy_start(kind), .kind = kind};
    edge_open(w, &b.edge);
    smithy_clock(b.s, w->now);
    b.forge = connected_to(w, kind, smithy_url(b.s));
    b.c = a_case(w);
    smithy_issue(b.s, "Router hängt");
    linked(w, &b.c, b.forge, "1");
    work(w);
    b.path = "/hook/forge/1";
    later(w, 60);
    smithy_clock(b.s, w->now);
    return b;
}

static void finish(struct bench *b)
{
    smithy_stop(b->s);
}

// The issue as it is now, in the words of the service.
static const char *call_of(struct world *w, struct bench *b)
{
    str issue = smithy_json(b->s, &w->kept, 1);
    const char *before = b->kind == FORGE_GITLAB ? "{\"object_attributes\":"
                                                 : "{\"action\":\"closed\",\"issue\":";
    const char *after = b->kind == FORGE_GITLAB
                            ? ",\"project\":{\"path_with_namespace\":\"nord/router\"}}"
                            : ",\"repository\":{\"full_name\":\"nord/router\"}}";
    return arena_z(&w->kept,
                   arena_fmt(&w->kept, "%s" STR_FMT "%s", before, STR_ARG(issue), after));
}

static str headers_of(struct world *w, enum forge_kind kind, const char *body, str secret)
{
    str hex = secret_hex(&w->kept, secret_hmac(&w->kept, secret, str_from_z(body)));
    if (kind == FORGE_GITLAB)
        return arena_fmt(&w->kept,
                         "X-Gitlab-Event: Issue Hook\r\nX-Gitlab-Token: " STR_FMT "\r\n",
                         STR_ARG(secret));
    if (kind == FORGE_GITEA)
        return arena_fmt(&w->kept,
                         "X-Gitea-Event: issues\r\nX-Gitea-Signature: " STR_FMT "\r\n",
                         STR_ARG(hex));
    return arena_fmt(&w->kept,
                     "X-GitHub-Event: issues\r\nX-Hub-Signature-256: sha256=" STR_FMT "\r\n",
                     STR_ARG(hex));
}

static int call(struct bench *b, const char *path, const char *body, str headers)
{
    struct edge_ask q = {.method = "POST",
                         .path = path,
                         .json = body,
                         .headers = arena_z(&b->edge.w->kept, headers)};
    return edge_ask(&b->edge, &q).status;
}

static int call_well(struct bench *b, const char *body)
{
    return call(b, b->path, body, headers_of(b->edge.w, b->kind, body, forge_hook_secret));
}

static void tells_of_a_fix(struct world *w, enum forge_kind kind)
{
    struct bench b = bench_of(w, kind);
    waits(w, &b.c);
    smithy_close(b.s, 1, "2.3.1", "completed");
    const char *closed = call_of(w, &b);
    int asked = smithy_asked(b.s);
    edge_serve(&b.edge);
    check(call_well(&b, closed) == 204);
    check(call_well(&b, closed) == 204);    // again: harmless
    edge_close(&b.edge);
    check(smithy_asked(b.s) == asked);    // what it said was enough
    check(state_of(w) == ISSUE_FIXED && told(w, "forge.fixed") == 1);
    check(look(w, &b.c).status == TICKET_OPEN);
    later(w, 60);
    work(w);    // and is looked up
    check(smithy_asked(b.s) > asked && told(w, "forge.fixed") == 1);
    finish(&b);
}

static void G5_github_calls(struct world *w)
{
    tells_of_a_fix(w, FORGE_GITHUB);
}

static void G5_gitlab_calls(struct world *w)
{
    tells_of_a_fix(w, FORGE_GITLAB);
}

static void G5_gitea_calls(struct world *w)
{
    tells_of_a_fix(w, FORGE_GITEA);
}

static void G6_what_comes_late_changes_nothing(struct world *w)
{
    struct bench b = bench_of(w, FORGE_GITHUB);
    smithy_close(b.s, 1, "1", "");
    const char *closed = call_of(w, &b);
    later(w, 60);
    smithy_clock(b.s, w->now);
    smithy_reopen(b.s, 1);
    const char *open = call_of(w, &b);
    edge_serve(&b.edge);
    check(call_well(&b, closed) == 204 && call_well(&b, open) == 204
          && call_well(&b, closed) == 204);
    edge_close(&b.edge);
    check(state_of(w) == ISSUE_OPEN);
    check(told(w, "forge.fixed") == 1 && told(w, "forge.reopened") == 1);
    finish(&b);
}

static void K1_what_is_not_signed_is_not_heard(struct world *w)
{
    for (int kind = FORGE_GITHUB; kind <= FORGE_GITEA; kind++) {
        struct bench b = bench_of(w, (enum forge_kind)kind);
        b.path = arena_z(&w->kept, arena_fmt(&w->kept, "/hook/forge/%d", kind));
        smithy_close(b.s, 1, "1", "");
        const char *closed = call_of(w, &b);
        str good = headers_of(w, b.kind, closed, forge_hook_secret);
        edge_serve(&b.edge);
        check(call(&b, b.path, closed, S("")) == 403);
        check(call(&b, b.path, closed, headers_of(w, b.kind, closed, S("another secret")))
              == 403);
        check(call(&b, b.path, closed, headers_of(w, b.kind, closed, S(""))) == 403);
        check(call(&b, "/hook/forge/99", closed, good) == 403);
        check(call(&b, "/hook/forge/x", closed, good) == 403);
        if (b.kind != FORGE_GITLAB)
            check(call(&b, b.path, "{\"changed\":1}", good) == 403);
        edge_close(&b.edge);
        check(told(w, "forge.fixed") == 0);
        check(ask(w, "select max(heard) from forge") == 0);
        finish(&b);
    }
}

static void K2_too_much_is_refused(struct world *w)
{
    struct bench b = bench_of(w, FORGE_GITHUB);
    char *body = make(&w->kept, char, LIMIT_JSON_BODY + 100);
    memset(body, ' ', LIMIT_JSON_BODY + 50);
    edge_serve(&b.edge);
    check(call_well(&b, body) == 413);
    edge_close(&b.edge);
    finish(&b);
}

static void K3_no_browser_calls_for_somebody(struct world *w)
{
    struct bench b = bench_of(w, FORGE_GITHUB);
    str me = edge_session(&b.edge, GERO);
    edge_serve(&b.edge);
    struct edge_ask q = {.method = "POST", .path = b.path, .json = "{}", .session = me};
    check(edge_ask(&b.edge, &q).status == 403);
    edge_close(&b.edge);
    check(ask(w, "select max(heard) from forge") == 0);
    finish(&b);
}

static void K4_what_is_about_nothing_of_ours(struct world *w)
{
    static const char *const rows[] = {
        "{\"zen\":\"Keep it logically awesome.\"}",
        "[]",
        "7",
        "{\"issue\":{\"number\":1,\"state\":\"closed\",\"updated_at\":\"2031-01-01T00:00:00Z\"}"
        ","
        "\"repository\":{\"full_name\":\"nord/other\"}}",
        "{\"issue\":{\"number\":99,\"state\":\"closed\",\"updated_at\":\"2031-01-01T00:00:"
        "00Z\"},"
        "\"repository\":{\"full_name\":\"nord/router\"}}",
    };
    struct bench b = bench_of(w, FORGE_GITHUB);
    edge_serve(&b.edge);
    for (isize i = 0; i < countof(rows); i++)
        check(call_well(&b, rows[i]) == 204);
    check(call_well(&b, "{broken") == 422);
    edge_close(&b.edge);
    check(state_of(w) == ISSUE_OPEN && ask(w, "select max(heard) from forge") > 0);
    finish(&b);
}

const struct test forge_hook_tests[] = {
    T(G5_github_calls),
    T(G5_gitlab_calls),
    T(G5_gitea_calls),
    T(G6_what_comes_late_changes_nothing),
    T(K1_what_is_not_signed_is_not_heard),
    T(K2_too_much_is_refused),
    T(K3_no_browser_calls_for_somebody),
    T(K4_what_is_about_nothing_of_ours),
    {0},
};
