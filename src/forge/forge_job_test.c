// SPDX-License-Identifier: GPL-3.0-or-later
// The jobs, against services of the three kinds.
#include "forge/forge_test.h"

#include "base/now.h"
#include "testing/plan.h"

struct bench {
    struct smithy *s;
    forge_id forge;
    struct made_case c;
    int number;
    forge_issue_id issue;
};

static struct bench bench_of(struct world *w, enum forge_kind kind)
{
    struct bench b = {.s = smithy_start(kind)};
    smithy_clock(b.s, w->now);
    b.forge = connected_to(w, kind, smithy_url(b.s));
    b.c = a_case(w);
    b.number = smithy_issue(b.s, "Router hängt");
    b.issue = linked(w, &b.c, b.forge, "#1");
    work(w);
    check(state_of(w) == ISSUE_OPEN);
    return b;
}

static void next_round(struct world *w, struct bench *b, int64_t seconds)
{
    later(w, seconds);
    smithy_clock(b->s, w->now);
}

static void closed_and_opened(struct world *w, enum forge_kind kind)
{
    struct bench b = bench_of(w, kind);
    waits(w, &b.c);
    next_round(w, &b, FORGE_LOOK_S);
    smithy_close(b.s, b.number, "2.3.1", "completed");
    work(w);
    check(state_of(w) == ISSUE_FIXED && told(w, "forge.fixed") == 1);
    check(look(w, &b.c).status == TICKET_OPEN);
    w->lang = LANG_DE;
    struct seen s = web_get(w, ADA, at(w, &b.c, ""));
    check(web_shows(&s, "<b>Entwicklung: Fehler behoben</b> in 2.3.1, nord/router#1"));
    check(web_shows(&s, "</b> nord/router#1"));    // linked, without a version
    check(web_shows(&s, "Sag es der Kundin oder dem Kunden."));
    s = web_get(w, ADA, "/w");
    check(web_shows(&s, "Aus der Entwicklung") && web_shows(&s, "nord/router#1"));
    s = web_get(w, CEM, "/w");    // another team's
    check(hides(&s, "Aus der Entwicklung"));
    next_round(w, &b, 6 * FORGE_CALM_S);
    smithy_reopen(b.s, b.number);
    work(w);
    check(state_of(w) == ISSUE_OPEN && told(w, "forge.reopened") == 1);
    smithy_stop(b.s);
}

static void G5_github_closes_and_opens(struct world *w)
{
    closed_and_opened(w, FORGE_GITHUB);
}

static void G5_gitlab_closes_and_opens(struct world *w)
{
    closed_and_opened(w, FORGE_GITLAB);
}

static void G5_gitea_closes_and_opens(struct world *w)
{
    closed_and_opened(w, FORGE_GITEA);
}

static void G5_a_comment_of_the_project_says_it(struct world *w)
{
    struct bench b = bench_of(w, FORGE_GITHUB);
    next_round(w, &b, FORGE_LOOK_S);
    smithy_comment(b.s, b.number, "eve", "Fixed in 9.9");
    work(w);
    check(state_of(w) == ISSUE_OPEN);    // a stranger
    next_round(w, &b, FORGE_LOOK_S);
    smithy_comment(b.s, b.number, "dev", "Behoben in 2.4");
    work(w);
    check(state_of(w) == ISSUE_FIXED && told(w, "forge.fixed") == 1);
    check(ask(w, "select count(*) from forge_issue where version = '2.4'") == 1);
    next_round(w, &b, FORGE_LOOK_S);
    smithy_close(b.s, b.number, "", "");    // nothing new
    work(w);
    check(told(w, "forge.fixed") == 1 && told(w, "forge.reopened") == 0);
    smithy_stop(b.s);
}

static void G5_what_will_not_be_done(struct world *w)
{
    struct bench b = bench_of(w, FORGE_GITHUB);
    waits(w, &b.c);
    next_round(w, &b, FORGE_LOOK_S);
    smithy_close(b.s, b.number, "", "not_planned");
    work(w);
    check(state_of(w) == ISSUE_DECLINED && told(w, "forge.declined") == 1);
    check(look(w, &b.c).status == TICKET_OPEN);
    smithy_stop(b.s);
}

static void want_notes(struct world *w)
{
    struct ctx *cx = begin(w);
    check(end(w, db_script(cx, "update forge set notes = 1")) == OK);
}

static void G7_comments_become_notes_where_wanted(struct world *w)
{
    struct bench b = bench_of(w, FORGE_GITEA);
    next_round(w, &b, FORGE_LOOK_S);
    smithy_comment(b.s, b.number, "dev", "Kann ich nachstellen");
    work(w);
    check(ask(w, "select count(*) from message where kind = 5") == 0);    // nobody asked
    want_notes(w);
    next_round(w, &b, FORGE_LOOK_S);
    smithy_comment(b.s, b.number, "dev", "Liegt am Treiber");
    work(w);
    next_round(w, &b, FORGE_LOOK_S);
    smithy_comment(b.s, b.number, "dev", "Morgen mehr");    // the list has all three again
    work(w);
    check(ask(w, "select count(*) from message where kind = 5 and internal = 1") == 2);
    check(ask(w, "select count(*) from message where kind = 5 and internal = 0") == 0);
    check(ask(w, "select count(*) from outbox") == 0);
    struct ctx *cx = begin(w);
    struct message_page page;
    cx->who = (struct who){.tenant = {1}, .contact = b.c.contact, .see = SEE_OWN};
    check(message_list(cx, b.c.id, (message_id){0}, 50, &page) == OK && page.n == 0);
    check(end(w, OK) == OK);
    smithy_stop(b.s);
}

static void G7_a_long_comment_is_cut(struct world *w)
{
    struct bench b = bench_of(w, FORGE_GITHUB);
    char *text = make(&w->kept, char, LIMIT_FORGE_NOTE + 100);
    memset(text, 'x', LIMIT_FORGE_NOTE + 50);
    want_notes(w);
    next_round(w, &b, FORGE_LOOK_S);
    smithy_comment(b.s, b.number, "dev", text);
    work(w);
    int64_t n = ask(w, "select length(body) from message where kind = 5");
    check(n > LIMIT_FORGE_NOTE && n < LIMIT_FORGE_NOTE + 40);
    smithy_stop(b.s);
}

static void G8_nothing_new_costs_nothing(struct world *w)
{
    struct bench b = bench_of(w, FORGE_GITHUB);
    int asked = smithy_asked(b.s);
    work(w);
    check(smithy_asked(b.s) == asked);    // not before its time
    next_round(w, &b, FORGE_LOOK_S);
    work(w);
    check(smithy_asked(b.s) == asked + 1 && smithy_unchanged(b.s) == 1);
    struct ctx *cx = begin(w);
    check(end(w, forge_look_now(cx, b.forge)) == OK);    // a person wants to know
    work(w);
    check(smithy_asked(b.s) == asked + 2 && smithy_unchanged(b.s) == 2);
    smithy_stop(b.s);
}

static int64_t forge_state(struct world *w)
{
    return ask(w, "select state from forge");
}

static void G8_a_service_that_asks_us_to_wait(struct world *w)
{
    static const struct {
        enum smithy_act act;
        int64_t wait;
    } rows[] = {{SMITHY_429, 7}, {SMITHY_LIMIT, 100}};
    struct bench b = bench_of(w, FORGE_GITHUB);
    for (isize i = 0; i < countof(rows); i++) {
        next_round(w, &b, 6 * FORGE_CALM_S);
        smithy_will(b.s, rows[i].act);
        work(w);
        int asked = smithy_asked(b.s);
        check(forge_state(w) == FORGE_BUSY && state_of(w) == ISSUE_OPEN);
        struct ctx *cx = begin(w);
        check(end(w, forge_look_now(cx, b.forge)) == OK);    // impatience changes nothing
        next_round(w, &b, rows[i].wait - 1);
        work(w);
        check(smithy_asked(b.s) == asked);
        next_round(w, &b, 1);
        work(w);
        check(smithy_asked(b.s) == asked + 1 && forge_state(w) == FORGE_WORKS);
    }
    smithy_stop(b.s);
}

static void G8_trouble_waits_longer_each_time(struct world *w)
{
    static const struct {
        enum smithy_act act;
        enum forge_state state;
    } rows[] = {
        {SMITHY_401, FORGE_KEY},        {SMITHY_503, FORGE_ILL},
        {SMITHY_GIANT, FORGE_SPEECH},   {SMITHY_NOISE, FORGE_SPEECH},
        {SMITHY_LIE, FORGE_SPEECH},     {SMITHY_LOSE, FORGE_NO_ANSWER},
        {SMITHY_HANG, FORGE_NO_ANSWER},
    };
    struct bench b = bench_of(w, FORGE_GITLAB);
    int64_t wait = 60;
    check(SMITHY_GIANT_BYTES > LIMIT_FORGE_ANSWER);
    next_round(w, &b, FORGE_LOOK_S);
    for (isize i = 0; i < countof(rows); i++) {
        smithy_will(b.s, rows[i].act);
        work(w);
        int asked = smithy_asked(b.s);
        check(forge_state(w) == (int)rows[i].state && state_of(w) == ISSUE_OPEN);
        next_round(w, &b, wait - 1);
        work(w);
        check(smithy_asked(b.s) == asked);
        next_round(w, &b, 1);
        wait *= 2;
    }
    work(w);
    check(forge_state(w) == FORGE_WORKS && ask(w, "select fails from forge") == 0);
    check(told(w, "forge.fixed") == 0);
    smithy_stop(b.s);
}

static void G8_whoever_asks_for_a_year_is_asked_tomorrow(struct world *w)
{
    struct bench b = bench_of(w, FORGE_GITHUB);
    next_round(w, &b, FORGE_LOOK_S);
    smithy_clock(b.s, instant_plus(w->now, 365 * 86400));    // its reset lies far away
    smithy_will(b.s, SMITHY_LIMIT);
    work(w);
    check(ask(w, "select again from forge") == instant_plus(w->now, LIMIT_FORGE_WAIT_S).ms);
    smithy_stop(b.s);
}

static void G8_an_issue_that_is_gone_and_a_project_that_is(struct world *w)
{
    struct bench b = bench_of(w, FORGE_GITEA);
    next_round(w, &b, FORGE_LOOK_S);
    smithy_will(b.s, SMITHY_404);
    smithy_will(b.s, SMITHY_404);    // the project, too
    work(w);
    check(forge_state(w) == FORGE_ABSENT && state_of(w) == ISSUE_OPEN);
    next_round(w, &b, FORGE_PAUSE_S);
    smithy_will(b.s, SMITHY_MOVED);
    work(w);
    check(forge_state(w) == FORGE_WORKS && state_of(w) == ISSUE_GONE);
    check(told(w, "forge.gone") == 1);
    smithy_stop(b.s);
}

static void A2_an_inner_address_only_if_the_operator_says_so(struct world *w)
{
    struct smithy *s = smithy_start(FORGE_GITHUB);
    connected_to(w, FORGE_GITHUB, smithy_url(s));
    work_with(w, &(struct forge_config){.seconds = 1});
    check(forge_state(w) == FORGE_NOT_PUBLIC && smithy_asked(s) == 0);
    smithy_stop(s);
}

static void G2_one_issue_of_many_cases(struct world *w)
{
    struct bench b = bench_of(w, FORGE_GITHUB);
    struct made_case two = a_case(w), three = a_case(w);
    str page = arena_fmt(&w->kept, STR_FMT "/nord/router/issues/1", STR_ARG(smithy_url(b.s)));
    check(linked(w, &two, (forge_id){0}, arena_z(&w->kept, page)).n == b.issue.n);
    check(ask(w, "select count(*) from forge_issue") == 1);
    struct ctx *cx = begin_as(w, ADA);
    struct ticket_at from = {two.id, TICKET_ANY_VERSION}, into = {three.id, TICKET_ANY_VERSION};
    check(end(w, message_merge(cx, &from, &into)) == OK);
    next_round(w, &b, FORGE_LOOK_S);
    int asked = smithy_asked(b.s);
    smithy_close(b.s, b.number, "3", "");
    work(w);
    check(smithy_asked(b.s) == asked + 2);    // it and its comments, once
    check(told(w, "forge.fixed") == 2);       // G9: the merged one where it went
    check(ask(w, "select count(*) from event where kind = 'forge.fixed' and ticket = 3") == 1);
    struct seen s = web_get(w, ADA, at(w, &three, ""));
    check(web_shows(&s, "Development: bug fixed in 3."));
    smithy_stop(b.s);
}

static void G5_the_cases_of_a_problem(struct world *w)
{
    struct bench b = bench_of(w, FORGE_GITHUB);
    struct made_case other = a_case(w);
    forge_issue_id id;
    int number = smithy_issue(b.s, "Ursache");
    struct ctx *cx = begin_as(w, ADA);
    check(db_script(
              cx, "insert into problem (tenant, number, title, state, team, created, "
                  "changed) values (1, 1, 'x', 2, 1, 1, 1);"
                  "insert into problem_link (ticket, tenant, problem, at) values (2, 1, 1, 1)")
          == OK);
    check(end(w, forge_issue_link(cx, (struct forge_about){.problem = 1}, b.forge, S("2"), &id))
          == OK);
    waits(w, &other);
    smithy_close(b.s, number, "4", "");
    work(w);
    check(ask(w, "select count(*) from event where kind = 'forge.fixed' and ticket = 2") == 1);
    check(look(w, &other).status == TICKET_OPEN);
    struct seen s = web_get(w, ADA, "/w/p/P-1");
    check(web_shows(&s, "nord/router#2 Ursache") && web_shows(&s, "fixed in 4"));
    s = web_get(w, ADA, at(w, &other, "/entwicklung"));
    check(web_shows(&s, "Linked by the problem of this case."));
    smithy_stop(b.s);
}

static void G8_a_round_reads_an_index(struct world *w)
{
    static const char *const asked[] = {"forge_issue_due", "forge_issue_due_next"};
    struct ctx *cx = begin(w);
    for (isize i = 0; i < countof(asked) && !db_is_postgres(w->db); i++)
        check(str_find(plan_of(cx, plan_statement(asked[i])), S("INDEX forge_issue_due")) >= 0);
    if (!db_is_postgres(w->db)) {
        str plan = plan_of(cx, plan_statement("forge_issue_cases"));
        check(str_find(plan, S("INDEX forge_case_issue")) >= 0
              && str_find(plan, S("INDEX forge_problem_issue")) >= 0
              && str_find(plan, S("ticket_1 (tenant")) < 0);
        plan = plan_of(cx, plan_statement("forge_issue_news"));
        check(str_find(plan, S("INDEX forge_issue_done")) >= 0
              && str_find(plan, S("ticket_1 (tenant")) < 0);
    }
    check(end(w, OK) == OK);
}

static void each_fault_leaves_all_or_nothing(struct world *w)
{
    struct bench b = bench_of(w, FORGE_GITHUB);
    struct forge f = {.id = b.forge, .tenant = {1}, .project = S("nord/router")};
    struct forge_seen seen = {.number = 1, .closed = true, .changed = instant_plus(w->now, 9)};
    struct who system = tenant_system((tenant_id){1});
    waits(w, &b.c);
    EACH_FAULT(w) {
        struct ctx *cx = begin_with(w, system);
        enum err err = end(w, forge_issue_take(cx, &f, b.issue, &seen));
        bool fixed = state_of(w) == ISSUE_FIXED;
        check(err == OK || db_failed(w->db));
        check(fixed == (err == OK) && fixed == (told(w, "forge.fixed") == 1));
    }
    smithy_stop(b.s);
}

const struct test forge_job_tests[] = {
    T(G5_github_closes_and_opens),
    T(G5_gitlab_closes_and_opens),
    T(G5_gitea_closes_and_opens),
    T(G5_a_comment_of_the_project_says_it),
    T(G5_what_will_not_be_done),
    T(G5_the_cases_of_a_problem),
    T(G7_comments_become_notes_where_wanted),
    T(G7_a_long_comment_is_cut),
    T(G8_a_round_reads_an_index),
    T(G8_nothing_new_costs_nothing),
    T(G8_a_service_that_asks_us_to_wait),
    T(G8_trouble_waits_longer_each_time),
    T(G8_whoever_asks_for_a_year_is_asked_tomorrow),
    T(G8_an_issue_that_is_gone_and_a_project_that_is),
    T(A2_an_inner_address_only_if_the_operator_says_so),
    T(G2_one_issue_of_many_cases),
    T(each_fault_leaves_all_or_nothing),
    {0},
};
