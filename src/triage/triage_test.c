// SPDX-License-Identifier: GPL-3.0-or-later
#include "triage/triage.h"

#include "testing/plan.h"
#include "ticket/ticket.h"

static const char *const said[2][2] = {{"Drucker steht", "Papierstau im Fach, nichts geht"},
                                       {"Router blinkt", "WLAN langsam seit gestern"}};

// Solves a case of desk 1 with this category; what it is about follows from the category.
static struct ticket_at solve(struct world *w, int kind, category_id category)
{
    struct ctx *cx = begin_as(w, ADA);
    struct ticket_made made = {0};
    struct ticket_new n = {.channel = CHANNEL_PHONE,
                           .subject = str_from_z(said[kind][0]),
                           .problem = str_from_z(said[kind][1]),
                           .category = category,
                           .team = {FIRST}};
    check(ticket_create(cx, &n, &made) == OK && ticket_open(cx, &made.at) == OK);
    struct ticket_solving s = {.how = SOLVED_BY_TEXT,
                               .text = S("Neu gestartet, danach ging alles wieder"),
                               .told = true};
    check(end(w, ticket_solve(cx, &made.at, &s)) == OK);
    return made.at;
}

static category_id add(struct world *w, str name)
{
    category_id id = {0};
    struct category c = {.name = {name, name}};
    check(end(w, category_add(begin(w), &c, &id)) == OK);
    return id;
}

static void drain(struct world *w)
{
    later(w, TRIAGE_REST_S + 1);
    struct ctx *cx = begin(w);
    check(end(w, OK) == OK);
    check(job_drain(cx, triage_jobs) == OK);
}

static struct triage_hint hint(struct world *w, int person, const char *text)
{
    struct triage_hints h = {0};
    struct ticket t = {.subject = str_from_z(text)};
    struct ctx *cx = begin_as(w, person);
    check(triage_suggest(cx, TRIAGE_CATEGORY, TRIAGE_TEAM, &t, &h) == OK);
    check(end(w, OK) == OK);
    return h.of[TRIAGE_CATEGORY];
}

static category_id teach(struct world *w, int cases)
{
    category_id id[2] = {add(w, S("Drucker")), add(w, S("Netz"))};
    for (int i = 0; i < cases; i++)
        solve(w, i % 2, id[i % 2]);
    drain(w);
    return id[0];
}

static void R1_solved_cases_teach(struct world *w)
{
    category_id printer = teach(w, 60);
    check(ask(w, "select count(*) from triage_model where target = 1") == 1);
    check(hint(w, ADA, "Papierstau im Drucker").value == printer.n);
    check(ask(w, "select count(*) from triage_model where target = 2") == 0);    // no product
}

static void R8_what_has_ended_is_not_suggested(struct world *w)
{
    teach(w, 60);
    check(hint(w, ADA, "Papierstau im Drucker").value != 0);
    check(end(w, db_script(begin(w), "update category set ended = 7")) == OK);
    check(hint(w, ADA, "Papierstau im Drucker").value == 0);
}

static void R1_what_was_solved_elsewhere_teaches_nothing(struct world *w)
{
    solve(w, 0, add(w, S("Drucker")));
    check(end(w, db_script(begin(w), "update event set data = '{\"by\":\"import\"}'"
                                     " where kind = 'ticket.solved'"))
          == OK);
    drain(w);
    check(ask(w, "select count(*) from triage_model") == 0);
    check(ask(w, "select count(*) from triage_mark where one = 1") == 1);
}

static void R1_an_open_case_teaches_nothing(struct world *w)
{
    struct ticket_at at = solve(w, 0, add(w, S("Drucker")));
    check(end(w, ticket_reopen(begin_as(w, ADA), &at, REOPENED_BY_CUSTOMER)) == OK);
    drain(w);
    check(ask(w, "select count(*) from triage_model") == 0);
}

static void R3_another_desk_learns_nothing_of_it(struct world *w)
{
    teach(w, 60);
    check(hint(w, NINA, "Papierstau im Drucker").value == 0);
}

static void R4_too_few_cases_suggest_nothing(struct world *w)
{
    teach(w, 20);
    check(ask(w, "select count(*) from triage_model where target = 1 and sure = 0") == 1);
    check(hint(w, ADA, "Papierstau im Drucker").value == 0);
}

static void R4_what_is_sure_of_nothing_is_not_read(struct world *w)
{
    teach(w, 60);
    check(ask(w, "select sure from triage_model where target = 1") == 1);
    check(ask(w, "select sure from triage_model where target = 5") == 0);    // one team only
}

// A row is some hundred pages long, and its last column behind all of them.
static void R4_who_is_sure_is_told_by_the_index(struct world *w)
{
    struct ctx *cx = begin(w);
    if (!db_is_postgres(w->db))
        check(str_find(plan_of(cx, plan_statement("triage_sure")),
                       S("USING COVERING INDEX triage_sure"))
              >= 0);
    check(end(w, OK) == OK);
}

static void R5_it_says_why(struct world *w)
{
    teach(w, 60);
    struct triage_hint h = hint(w, ADA, "Papierstau");
    check_text(triage_why(&w->kept, &h).de, S("weil: Papierstau"));
    check(h.confidence > 0.5);
}

static void R6_young_events_wait(struct world *w)
{
    solve(w, 0, add(w, S("Drucker")));
    struct ctx *cx = begin(w);
    check(end(w, OK) == OK);
    check(job_drain(cx, triage_jobs) == OK);
    check(ask(w, "select count(*) from triage_model") == 0);
    drain(w);
    check(ask(w, "select count(*) from triage_model where target = 1") == 1);
}

static enum err learn_once(struct world *w)
{
    struct job job = {.kind = S("triage.learn")};
    struct ctx *cx = begin_with(w, tenant_system((tenant_id){1}));
    enum err err = triage_jobs[0].prepare(cx, &job);
    if (err == OK)
        err = triage_jobs[0].apply(cx, &job);
    return end(w, err);
}

static void R6_a_fault_loses_and_doubles_nothing(struct world *w)
{
    category_id id = add(w, S("Drucker"));
    for (int i = 0; i < 3; i++)
        solve(w, 0, id);
    later(w, TRIAGE_REST_S + 1);
    EACH_FAULT(w) {
        int64_t before = ask(w, "select count(*) from triage_mark where one = 1");
        enum err err = before > 0 ? OK : learn_once(w);
        check((err == OK) == (ask(w, "select count(*) from triage_mark where one = 1") == 1));
        check(err == OK || ask(w, "select count(*) from triage_model") == 0);
    }
    struct ctx *cx = begin(w);
    struct triage_hints h;
    struct ticket t = {.subject = S("Drucker")};
    check(triage_suggest(cx, TRIAGE_CATEGORY, TRIAGE_CATEGORY, &t, &h) == OK);
    check(h.of[TRIAGE_CATEGORY].value == 0);
    check(end(w, OK) == OK);
    check(ask(w, "select count(*) from triage_model") == 4);    // all but the product
    check(ask(w, "select event from triage_mark where one = 1")
          == ask(w, "select max(id) from event where kind = 'ticket.solved'"));
    check(learn_once(w) == OK);    // nothing left to do
}

const struct test triage_tests[] = {
    T(R1_solved_cases_teach),
    T(R8_what_has_ended_is_not_suggested),
    T(R1_what_was_solved_elsewhere_teaches_nothing),
    T(R1_an_open_case_teaches_nothing),
    T(R3_another_desk_learns_nothing_of_it),
    T(R4_too_few_cases_suggest_nothing),
    T(R4_what_is_sure_of_nothing_is_not_read),
    T(R4_who_is_sure_is_told_by_the_index),
    T(R5_it_says_why),
    T(R6_young_events_wait),
    T(R6_a_fault_loses_and_doubles_nothing),
    {0},
};
