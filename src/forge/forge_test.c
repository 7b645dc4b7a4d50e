// SPDX-License-Identifier: GPL-3.0-or-later
// What is stored, and what is created.
#include "forge/forge_test.h"

static void G1_secrets_are_locked(struct world *w)
{
    struct seal seal;
    struct forge f;
    str token, hook;
    forge_id id = connected_to(w, FORGE_GITLAB, S("https://git.example/"));
    struct ctx *cx = begin(w);
    check(seal_load(cx, &seal) == OK && forge_load(cx, id, &f) == OK);
    check(str_find(f.token, S("geheim")) < 0 && str_find(f.hook, forge_hook_secret) < 0);
    check(forge_unlock(cx->arena, &seal, &f, &token, &hook));
    check_text(token, S("geheim"));
    check_text(hook, forge_hook_secret);
    check_text(f.url, S("https://git.example"));
    seal.key[0] ^= 1;
    check(!forge_unlock(cx->arena, &seal, &f, &token, &hook));
    check(end(w, OK) == OK);
}

static void G1_what_makes_no_sense_is_refused(struct world *w)
{
    static const struct forge_wish bad[] = {
        {.kind = 0, .url = {"https://g.example", 17}, .project = {"o/p", 3}},
        {.kind = FORGE_GITLAB, .url = {"", 0}, .project = {"o/p", 3}},
        {.kind = FORGE_GITLAB, .url = {"ftp://g.example", 15}, .project = {"o/p", 3}},
        {.kind = FORGE_GITLAB, .url = {"https://u@g.example", 19}, .project = {"o/p", 3}},
        {.kind = FORGE_GITLAB, .url = {"https://g.example", 17}, .project = {"p", 1}},
        {.kind = FORGE_GITLAB, .url = {"https://g.example", 17}, .project = {"o/../p", 6}},
        {.kind = FORGE_GITLAB, .url = {"https://g.example", 17}, .project = {"o/p?x", 5}},
        {.kind = FORGE_GITLAB,
         .url = {"https://g.example", 17},
         .project = {"o/p", 3},
         .token = {"a b", 3}},
        {.kind = FORGE_GITLAB,
         .url = {"https://g.example", 17},
         .project = {"o/p", 3},
         .hook = {"short", 5}},
    };
    for (isize i = 0; i < countof(bad); i++) {
        struct forge_wish wish = bad[i];
        struct ctx *cx = begin(w);
        check(end(w, forge_check(cx, &wish)) == ERR_INVALID);
    }
}

static void G1_there_is_an_end_to_projects(struct world *w)
{
    struct seal seal;
    forge_id id;
    struct ctx *cx = begin(w);
    check(seal_load(cx, &seal) == OK);
    for (int i = 0; i <= LIMIT_FORGES; i++) {
        struct forge_wish wish = {.kind = FORGE_GITHUB,
                                  .project = arena_fmt(cx->arena, "o/p%d", i)};
        check(forge_add(cx, &seal, &wish, &id) == (i < LIMIT_FORGES ? OK : ERR_INVALID));
    }
    check(end(w, OK) == OK);
}

static void G5_what_an_issue_is_after_that(struct world *w)
{
    (void)w;
    struct forge_seen open = {0}, closed = {.closed = true},
                      declined = {.closed = true, .declined = true};
    check(forge_issue_next(ISSUE_LOOKED_FOR, false, &open) == ISSUE_OPEN);
    check(forge_issue_next(ISSUE_OPEN, false, &closed) == ISSUE_FIXED);
    check(forge_issue_next(ISSUE_OPEN, false, &declined) == ISSUE_DECLINED);
    check(forge_issue_next(ISSUE_FIXED, false, &open) == ISSUE_FIXED);    // a comment said so
    check(forge_issue_next(ISSUE_FIXED, true, &open) == ISSUE_OPEN);
    check(forge_issue_next(ISSUE_DECLINED, true, &open) == ISSUE_OPEN);
    check(forge_issue_next(ISSUE_GONE, false, &open) == ISSUE_OPEN);
    check(forge_issue_next(ISSUE_FIXED, true, &declined) == ISSUE_DECLINED);
}

// --- creating --------------------------------------------------------------------------------

struct bench {
    struct smithy *s;
    forge_id forge;
    struct made_case c;
};

static struct bench bench_of(struct world *w, enum forge_kind kind)
{
    struct bench b = {.s = smithy_start(kind), .c = a_case(w)};
    smithy_clock(b.s, w->now);
    b.forge = connected_to(w, kind, smithy_url(b.s));
    work(w);
    return b;
}

static enum err create(struct world *w, struct bench *b, const char *text, bool released)
{
    forge_issue_id id;
    const struct release_customer karin = {.name = S("Karin Brandt"),
                                           .org = S("Kern GmbH"),
                                           .mail = S("k@kanton-bern.example"),
                                           .reach = S("wohnt in Thun"),
                                           .number = S("K-20815")};
    struct forge_issue_new n = {.forge = b->forge,
                                .title = S("Router hängt"),
                                .body = str_from_z(text),
                                .released = released};
    struct ctx *cx = begin_as(w, ADA);
    n.names = forge_issue_names(cx->arena, &n, &karin);
    return end(w, forge_issue_create(cx, (struct forge_about){.ticket = b->c.id}, &n, &id));
}

static void later_by(struct world *w, struct bench *b, int64_t seconds)
{
    later(w, seconds);
    smithy_clock(b->s, w->now);
}

static void G3_what_names_somebody_is_released_first(struct world *w)
{
    static const char *const names[] = {
        "Frau Brandt sagt, er hängt", "bei karin zu Hause",    "Antwort an k@post.example",
        "Ruf an: 089 1234567",        "Beim Kunden Kern GmbH", "Beim Kanton Bern",
        "In Thun steht er",           "Es ist K-20815",
    };
    struct bench b = bench_of(w, FORGE_GITHUB);
    for (isize i = 0; i < countof(names); i++) {
        check(create(w, &b, names[i], false) == ERR_INVALID);
        work(w);
    }
    check(smithy_issues(b.s) == 0 && ask(w, "select count(*) from forge_issue") == 0);
    check(create(w, &b, names[0], true) == OK);
    work(w);
    check(smithy_issues(b.s) == 1);
    smithy_stop(b.s);
}

static void G4_what_is_sent_is_what_was_read(struct world *w)
{
    for (int kind = FORGE_GITHUB; kind <= FORGE_GITEA; kind++) {
        struct bench b = bench_of(w, (enum forge_kind)kind);
        check(create(w, &b, "Er hängt nach dem Update.", false) == OK);
        work(w);
        check(smithy_issues(b.s) == 1 && state_of(w) == ISSUE_OPEN);
        str body = smithy_body(b.s, 1);
        check(str_starts(body, S("Er hängt nach dem Update.\n\nRef: staffel-")));
        check(body.n
              == S("Er hängt nach dem Update.\n\nRef: staffel-").n + 16);    // and nothing else
        struct seen s = web_get(w, ADA, at(w, &b.c, ""));
        check(web_shows(&s, "nord/router#1 Router hängt"));
        smithy_stop(b.s);
    }
}

static void G4_what_may_have_arrived_is_looked_for(struct world *w)
{
    struct bench b = bench_of(w, FORGE_GITLAB);
    smithy_will(b.s, SMITHY_LOSE);    // it is there, and nobody told us
    check(create(w, &b, "Er hängt.", false) == OK);
    work(w);
    check(smithy_issues(b.s) == 1 && state_of(w) == ISSUE_SENDING);
    later_by(w, &b, 60);
    work(w);
    check(smithy_issues(b.s) == 1 && state_of(w) == ISSUE_OPEN);
    check(ask(w, "select number from forge_issue") == 1 && told(w, "forge.created") == 1);
    smithy_stop(b.s);
}

static void G4_what_did_not_arrive_is_sent_again(struct world *w)
{
    static const enum smithy_act acts[] = {SMITHY_503, SMITHY_HANG, SMITHY_429, SMITHY_NOISE};
    struct bench b = bench_of(w, FORGE_GITEA);
    check(create(w, &b, "Er hängt.", false) == OK);
    int64_t wait = 60;
    for (isize i = 0; i < countof(acts); i++) {
        smithy_will(b.s, acts[i]);    // the first time the creation, then the list
        work(w);
        check(smithy_issues(b.s) == 0 && state_of(w) == ISSUE_SENDING);
        later_by(w, &b, wait);
        wait *= 2;
    }
    work(w);
    check(smithy_issues(b.s) == 1 && state_of(w) == ISSUE_OPEN);
    smithy_stop(b.s);
}

static void G4_a_refusal_waits_for_a_person(struct world *w)
{
    struct bench b = bench_of(w, FORGE_GITHUB);
    smithy_will(b.s, SMITHY_401);
    check(create(w, &b, "Er hängt.", false) == OK);
    work(w);
    check(state_of(w) == ISSUE_FAILED && told(w, "forge.failed") == 1);
    later_by(w, &b, 86400);
    work(w);
    check(smithy_issues(b.s) == 0);
    w->lang = LANG_DE;
    struct seen s = web_get(w, ADA, at(w, &b.c, "/entwicklung"));
    check(web_shows(&s, "lehnt den Zugangsschlüssel ab")
          && web_shows(&s, "Noch einmal senden"));
    s = web_post(w, ADA, at(w, &b.c, "/entwicklung"), "tun=nochmal&id=1");
    check(s.status == 303);
    work(w);
    check(smithy_issues(b.s) == 1 && state_of(w) == ISSUE_OPEN);
    smithy_stop(b.s);
}

static void G4_what_stays_unclear_waits_for_a_person(struct world *w)
{
    struct bench b = bench_of(w, FORGE_GITHUB);
    check(create(w, &b, "Er hängt.", false) == OK);
    for (int i = 0; i < LIMIT_FORGE_TRIES; i++) {
        check(state_of(w) == ISSUE_SENDING);
        smithy_will(b.s, SMITHY_503);
        work(w);
        later_by(w, &b, FORGE_PAUSE_S);
    }
    check(state_of(w) == ISSUE_FAILED
          && ask(w, "select tries from forge_issue") == LIMIT_FORGE_TRIES);
    check(smithy_issues(b.s) == 0 && told(w, "forge.failed") == 1);
    smithy_stop(b.s);
}

static void each_fault_leaves_all_or_nothing(struct world *w)
{
    struct bench b = {.c = a_case(w)};
    b.forge = connected_to(w, FORGE_GITHUB, S("https://git.example"));
    struct who ada = who_is(w, ADA);
    struct forge_issue_new n = {.forge = b.forge, .title = S("x"), .body = S("y")};
    EACH_FAULT(w) {
        struct ctx *cx = begin_with(w, ada);
        forge_issue_id id;
        enum err err =
            end(w, forge_issue_create(cx, (struct forge_about){.ticket = b.c.id}, &n, &id));
        int64_t made = ask(w, "select count(*) from forge_issue");
        check(err == OK || db_failed(w->db));
        check(made == (err == OK) && made == ask(w, "select count(*) from forge_case")
              && made == ask(w, "select count(*) from job where kind = 'forge.create'"));
    }
}

const struct test forge_tests[] = {
    T(G1_secrets_are_locked),
    T(G1_what_makes_no_sense_is_refused),
    T(G1_there_is_an_end_to_projects),
    T(G3_what_names_somebody_is_released_first),
    T(G4_what_is_sent_is_what_was_read),
    T(G4_what_may_have_arrived_is_looked_for),
    T(G4_what_did_not_arrive_is_sent_again),
    T(G4_a_refusal_waits_for_a_person),
    T(G4_what_stays_unclear_waits_for_a_person),
    T(G5_what_an_issue_is_after_that),
    T(each_fault_leaves_all_or_nothing),
    {0},
};
