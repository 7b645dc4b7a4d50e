// SPDX-License-Identifier: GPL-3.0-or-later
#include "triage/triage_kept.h"

#include "testing/plan.h"
#include "testing/taught.h"

static const char dsl[] = "DSL rot, kein Internet";

static struct ticket_at arrives(struct world *w, const char *subject)
{
    struct ticket_made made = {0};
    struct ticket_new n = {
        .channel = CHANNEL_MAIL, .subject = str_from_z(subject), .team = {FIRST}};
    check(end(w, ticket_create(begin(w), &n, &made)) == OK);
    return made.at;
}

static void drain(struct world *w)
{
    later(w, TRIAGE_REST_S + 1);
    struct ctx *cx = begin(w);
    check(end(w, OK) == OK && job_drain(cx, triage_jobs) == OK);
}

struct glance {
    struct triage_case c;
    int statements;
};

static struct glance look(struct world *w, ticket_id id)
{
    struct glance s = {0};
    struct ticket t;
    for (bool failed = true; failed; s.statements++) {
        struct ctx *cx = begin_as(w, ADA);
        check(ticket_load(cx, id, &t) == OK);
        db_fail_at(w->db, s.statements + 1);
        enum err err = triage_case(cx, &t, &s.c);
        failed = db_failed(w->db);
        db_fail_at(w->db, 0);
        check(err == (failed ? ERR_BUSY : OK));
        s.c.words = keep(w, s.c.words);
        end(w, ERR_BUSY);
    }
    s.statements--;
    return s;
}

static int64_t kept(struct world *w)
{
    return ask(w, "select count(*) from triage_kept");
}

static void H1_what_arrives_is_reckoned_once(struct world *w)
{
    taught(w);
    struct ticket_at at = arrives(w, dsl);
    struct glance before = look(w, at.id);
    drain(w);
    struct glance after = look(w, at.id);
    check(kept(w) == 1 && before.c.any && before.statements == 11 && after.statements == 6);
    check_text(after.c.words, before.c.words);
    for (int i = 1; i <= TRIAGE_TARGETS; i++) {
        check(after.c.value[i] == before.c.value[i]);
        check(after.c.hints.of[i].confidence == before.c.hints.of[i].confidence);
    }
}

// It is asked at every round of the jobs, and there are as many events as years.
static void H1_what_is_new_is_told_by_an_index(struct world *w)
{
    struct ctx *cx = begin(w);
    if (!db_is_postgres(w->db)) {
        str plan = plan_of(cx, plan_statement("triage_kept_due"));
        check(str_find(plan, S("INDEX event_told")) >= 0);
        check(str_find(plan, S("COVERING INDEX triage_sure")) >= 0);
    }
    check(end(w, OK) == OK);
}

static void H1_what_is_classified_is_not_kept(struct world *w)
{
    struct taught d = taught(w);
    struct ticket_at at = arrives(w, dsl);
    struct ticket_class c = {.category = d.line};
    check(end(w, ticket_classify(begin_as(w, ADA), &at, &c)) == OK);
    drain(w);
    check(kept(w) == 0);
}

static void H1_a_desk_that_is_sure_of_nothing_keeps_nothing(struct world *w)
{
    arrives(w, dsl);
    drain(w);
    check(kept(w) == 0);
    check(ask(w, "select event from triage_mark where one = 2") > 0);
}

static void H2_another_text_is_reckoned_from_the_models(struct world *w)
{
    taught(w);
    struct ticket_at at = arrives(w, "Leitung");
    drain(w);
    struct lagebild l = {
        .problem = S("Router geht: Papierstau im Drucker, Toner leer, Drucker steht")};
    check(end(w, ticket_set_lagebild(begin_as(w, ADA), &at, l)) == OK);
    struct glance s = look(w, at.id);
    check(s.statements == 11 && str_find(s.c.words, S("Drucker")) >= 0);
    drain(w);
    s = look(w, at.id);
    check(s.statements == 6 && str_find(s.c.words, S("Drucker")) >= 0);
}

static void H3_what_came_before_the_models_is_kept_too(struct world *w)
{
    struct ticket_at at = arrives(w, dsl);
    drain(w);
    taught(w);
    check(kept(w) == 1 && look(w, at.id).statements == 6);
}

static void H3_models_that_suggest_otherwise_reckon_again(struct world *w)
{
    struct taught d = taught(w);
    struct ticket_at gone = arrives(w, dsl);
    arrives(w, "Leitung rauscht, kein Internet");
    drain(w);
    int64_t made = ask(w, "select min(made) from triage_kept");
    check(made == ask(w, "select max(made) from triage_model") && kept(w) == 2);
    struct ticket_class c = {.category = d.line};
    check(end(w, ticket_classify(begin_as(w, ADA), &gone, &c)) == OK);
    check(ask(w, "update triage_model set made = made + 1 where target = 1 returning 1") == 1);
    drain(w);
    check(kept(w) == 1 && ask(w, "select max(made) from triage_kept") == made + 1);
}

// An eighth more is a step; one case is none.
static void H3_one_more_case_is_no_other_suggestion(struct world *w)
{
    struct taught d = taught(w);
    int64_t made = ask(w, "select max(made) from triage_model");
    taught_solve(w, &d, 0);
    drain(w);
    check(ask(w, "select max(made) from triage_model") == made);
    for (int i = 0; i < 20; i++)
        taught_solve(w, &d, i);
    drain(w);
    check(ask(w, "select max(made) from triage_model") > made);
}

static void H4_no_word_is_kept(struct world *w)
{
    taught(w);
    arrives(w, dsl);
    drain(w);
    check(ask(w, "select length(hints) from triage_kept") == TRIAGE_TARGETS * 48);
}

static void H5_a_case_that_was_missed_is_reckoned_on_its_page(struct world *w)
{
    taught(w);
    struct ticket_at at = arrives(w, dsl);
    drain(w);
    check(ask(w, "delete from triage_kept returning 1") == 1);
    struct glance s = look(w, at.id);
    check(s.c.any && s.statements == 11);
}

static void H3_a_desk_keeps_its_own(struct world *w)
{
    taught(w);
    struct ticket_at at = arrives(w, dsl);
    drain(w);
    struct triage_hints h = {0};
    struct ctx *cx = begin_as(w, NINA);
    bool found = true;
    str text = triage_text(cx->arena, str_from_z(dsl), S(""));
    check(triage_kept_find(cx, at.id, text, &h, &found) == OK);
    check(!found && end(w, OK) == OK);
}

static enum err keep_once(struct world *w)
{
    struct job job = {.kind = S("triage.keep")};
    struct ctx *cx = begin_with(w, tenant_system((tenant_id){1}));
    enum err err = triage_kept_prepare(cx, &job);
    if (err == OK)
        err = triage_kept_apply(cx, &job);
    return end(w, err);
}

static void H5_a_fault_keeps_nothing_by_halves(struct world *w)
{
    taught(w);
    arrives(w, dsl);
    arrives(w, "Toner leer");
    int64_t mark = ask(w, "select event from triage_mark where one = 2");
    EACH_FAULT(w) {
        enum err err = kept(w) > 0 ? OK : keep_once(w);
        check((err == OK) == (kept(w) == 2));
        check((err == OK) == (ask(w, "select event from triage_mark where one = 2") > mark));
    }
    db_fail_at(w->db, 0);
    check(keep_once(w) == OK && kept(w) == 2);    // nothing left to do
}

const struct test triage_kept_tests[] = {
    T(H1_what_arrives_is_reckoned_once),
    T(H1_what_is_new_is_told_by_an_index),
    T(H1_what_is_classified_is_not_kept),
    T(H1_a_desk_that_is_sure_of_nothing_keeps_nothing),
    T(H2_another_text_is_reckoned_from_the_models),
    T(H3_what_came_before_the_models_is_kept_too),
    T(H3_models_that_suggest_otherwise_reckon_again),
    T(H3_one_more_case_is_no_other_suggestion),
    T(H3_a_desk_keeps_its_own),
    T(H4_no_word_is_kept),
    T(H5_a_case_that_was_missed_is_reckoned_on_its_page),
    T(H5_a_fault_keeps_nothing_by_halves),
    {0},
};
