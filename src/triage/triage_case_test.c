// SPDX-License-Identifier: GPL-3.0-or-later
#include "triage/triage_case.h"

#include "testing/taught.h"

struct made {
    struct ticket_at at;
    struct ticket ticket;
};

static struct made a_case(struct world *w, const char *subject)
{
    struct made m = {0};
    struct ticket_made made = {0};
    struct ticket_new n = {
        .channel = CHANNEL_MAIL, .subject = str_from_z(subject), .team = {FIRST}};
    struct ctx *cx = begin(w);
    check(ticket_create(cx, &n, &made) == OK && ticket_load(cx, made.at.id, &m.ticket) == OK);
    m.at = made.at;
    m.ticket.subject = keep(w, m.ticket.subject);
    m.ticket.problem = keep(w, m.ticket.problem);
    check(end(w, OK) == OK);
    return m;
}

static struct triage_case asked(struct world *w, int person, const struct ticket *t)
{
    struct triage_case c = {0};
    struct ctx *cx = begin_as(w, person);
    check(triage_case(cx, t, &c) == OK);
    c.category.en = keep(w, c.category.en);
    c.product = keep(w, c.product);
    c.team.en = keep(w, c.team.en);
    c.words = keep(w, c.words);
    check(end(w, OK) == OK);
    return c;
}

static struct triage_answer answer(const struct triage_case *c)
{
    struct triage_answer a = {.words = c->words};
    for (int i = 1; i <= TRIAGE_TARGETS; i++)
        a.value[i] = c->value[i];
    return a;
}

static int64_t events(struct world *w, const char *kind, int target)
{
    return ask(w, arena_z(&w->kept, arena_fmt(&w->kept,
                                              "select count(*) from event where kind = '%s'"
                                              " and object = %d",
                                              kind, target)));
}

static void K1_what_is_classified_costs_no_statement(struct world *w)
{
    struct triage_case c;
    struct ticket t = {.status = TICKET_OPEN, .category = {1}, .subject = S("DSL rot")};
    check(triage_case_wants(&(struct ticket){.status = TICKET_NEW}));
    check(triage_case_wants(&(struct ticket){.status = TICKET_OPEN}));
    check(!triage_case_wants(&t));
    check(!triage_case_wants(&(struct ticket){.status = TICKET_WAITING_CUSTOMER}));
    check(!triage_case_wants(&(struct ticket){.status = TICKET_SOLVED}));
    struct ctx *cx = begin_as(w, ADA);
    db_fail_at(w->db, 1);
    check(triage_case(cx, &t, &c) == OK && !c.any && !db_failed(w->db));
    db_fail_at(w->db, 0);
    check(end(w, OK) == OK);
}

static void K2_a_product_that_the_case_names_is_suggested(struct world *w)
{
    product_id id;
    taught(w);
    check(end(w, product_add(begin(w), &(struct product){.name = S("Fjord 2")}, &id)) == OK);
    struct made m = a_case(w, "DSL rot am Fjord 2, kein Internet");
    struct triage_case c = asked(w, ADA, &m.ticket);
    check(c.value[TRIAGE_PRODUCT] == id.n && c.value[TRIAGE_CATEGORY] != 0);
    check_text(c.product, S("Fjord 2"));
    check(str_find(c.words, S("Fjord 2")) >= 0);
}

static void K3_what_has_ended_is_not_suggested(struct world *w)
{
    struct taught d = taught(w);
    struct made m = a_case(w, "DSL rot, kein Internet");
    struct triage_case c = asked(w, ADA, &m.ticket);
    check(c.value[TRIAGE_CATEGORY] == d.line.n);
    struct ctx *cx = begin(w);
    check(db_script(cx, "update category set ended = 7; update product set ended = 7") == OK);
    end(w, OK);
    c = asked(w, ADA, &m.ticket);
    check(c.value[TRIAGE_CATEGORY] == 0 && c.value[TRIAGE_PRODUCT] == 0);
}

// One look, one for what is kept, one for each model that is sure, one for what can still be
// chosen, one for the products and one for the names.
static void K1_as_many_statements_as_models(struct world *w)
{
    struct triage_case c;
    taught(w);
    struct made m = a_case(w, "DSL rot, kein Internet");
    int n = 0;
    for (bool failed = true; failed;) {
        struct ctx *cx = begin_as(w, ADA);
        db_fail_at(w->db, ++n);
        enum err err = triage_case(cx, &m.ticket, &c);
        failed = db_failed(w->db);
        db_fail_at(w->db, 0);
        check(err == (failed ? ERR_BUSY : OK));
        end(w, ERR_BUSY);
    }
    check(n - 1 == 11);
}

static void K2_what_the_case_lacks_is_suggested(struct world *w)
{
    struct taught d = taught(w);
    struct made m = a_case(w, "DSL rot, kein Internet");
    struct triage_case c = asked(w, ADA, &m.ticket);
    check(c.any && c.value[TRIAGE_CATEGORY] == d.line.n
          && c.value[TRIAGE_PRODUCT] == d.router.n);
    check(c.value[TRIAGE_PRIORITY] == 2 && c.value[TRIAGE_TEAM] == NET && c.level == 2);
    check(c.value[TRIAGE_LEVEL] == 0);    // the team says it
    check_text(c.category.en, S("Line"));
    check_text(c.product, S("Fjord 4"));
    check(str_find(c.words, S("DSL")) >= 0 || str_find(c.words, S("Internet")) >= 0);
    m.ticket.product = (product_id){1};
    m.ticket.priority_why = S("Messe");
    m.ticket.work_team = (team_id){NET};
    c = asked(w, ADA, &m.ticket);
    check(c.value[TRIAGE_CATEGORY] == d.line.n && c.value[TRIAGE_PRODUCT] == 0);
    check(c.value[TRIAGE_PRIORITY] == 0 && c.value[TRIAGE_TEAM] == 0);
}

static void K2_never_back_to_a_lower_level(struct world *w)
{
    taught(w);
    struct made m = a_case(w, "Papierstau im Drucker");
    m.ticket.work_team = (team_id){NET};
    m.ticket.level = 2;
    struct triage_case c = asked(w, CEM, &m.ticket);
    check(c.value[TRIAGE_TEAM] == 0 && c.value[TRIAGE_LEVEL] == 0);
    check(c.value[TRIAGE_CATEGORY] != 0);
}

static void K2_only_a_lead_skips_a_level(struct world *w)
{
    taught(w);
    struct made m = a_case(w, "DSL rot, kein Internet");
    check(ask(w, "update team set level = 3 where id = 2 returning level") == 3);
    struct triage_case c = asked(w, ADA, &m.ticket);
    check(c.value[TRIAGE_TEAM] == 0 && c.value[TRIAGE_LEVEL] == 2 && c.level == 2);
    c = asked(w, EVA, &m.ticket);
    check(c.value[TRIAGE_TEAM] == NET && c.level == 3);
}

static void K3_a_team_without_people_is_not_suggested(struct world *w)
{
    taught(w);
    struct made m = a_case(w, "DSL rot, kein Internet");
    check(ask(w, "update person set disabled = 1 where id = 3 returning disabled") == 1);
    struct triage_case c = asked(w, ADA, &m.ticket);
    check(c.value[TRIAGE_TEAM] == 0 && c.value[TRIAGE_CATEGORY] != 0);
    c = asked(w, NINA, &m.ticket);    // another desk learned nothing
    check(!c.any);
}

static void K4_accepting_classifies_and_asks_for_the_hand_over(struct world *w)
{
    struct taught d = taught(w);
    struct made m = a_case(w, "DSL rot, kein Internet");
    struct triage_case c = asked(w, ADA, &m.ticket);
    struct triage_answer a = answer(&c);
    struct ticket t = {0};
    struct who ada = who_is(w, ADA);
    bool hand_over = false;
    EACH_FAULT(w) {
        struct ticket_at at = m.at;
        enum err err = end(w, triage_case_accept(begin_with(w, ada), &at, &a, &hand_over));
        check((err == OK) == !db_failed(w->db));
    }
    db_fail_at(w->db, 0);
    check(hand_over && end(w, ticket_load(begin(w), m.at.id, &t)) == OK);
    check(t.category.n == d.line.n && t.product.n == d.router.n && t.priority == 2);
    check(t.status == TICKET_OPEN && t.work_team.n == FIRST && t.work_person.n == 0);
    check(str_starts(t.priority_why, S("Like solved cases, because: ")));
    check(events(w, "triage.accepted", TRIAGE_CATEGORY) == 1);
    check(events(w, "triage.accepted", TRIAGE_PRIORITY) == 1);
    check(events(w, "triage.accepted", TRIAGE_TEAM) == 0);    // nothing is sent yet
}

static void K4_a_lead_sends_it(struct world *w)
{
    taught(w);
    struct made m = a_case(w, "DSL rot, kein Internet");
    struct triage_case c = asked(w, EVA, &m.ticket);
    struct triage_answer a = answer(&c);
    struct ticket t = {0};
    bool hand_over = true;
    check(end(w, triage_case_accept(begin_as(w, EVA), &m.at, &a, &hand_over)) == OK);
    check(!hand_over && end(w, ticket_load(begin(w), m.at.id, &t)) == OK);
    check(t.work_team.n == NET && t.level == 2 && t.priority == 2);
    check(events(w, "triage.accepted", TRIAGE_TEAM) == 1);
    check(ask(w, "select count(*) from event where kind = 'ticket.routed'") == 1);
}

static void K4_who_saw_another_version_is_refused(struct world *w)
{
    taught(w);
    struct made m = a_case(w, "DSL rot, kein Internet");
    struct triage_case c = asked(w, ADA, &m.ticket);
    struct triage_answer a = answer(&c);
    struct ticket_at ben = m.at;
    struct ticket t = {0};
    bool hand_over;
    check(end(w, ticket_classify(begin_as(w, BEN), &ben, &(struct ticket_class){0})) == OK);
    check(end(w, triage_case_accept(begin_as(w, ADA), &m.at, &a, &hand_over)) == ERR_STALE);
    check(end(w, ticket_load(begin(w), m.at.id, &t)) == OK && t.category.n == 0);
    check(events(w, "triage.accepted", TRIAGE_CATEGORY) == 0);
}

static void judge(struct world *w, const struct made *m, int times, int64_t chosen)
{
    struct ctx *cx = begin_as(w, ADA);
    for (int i = 0; i < times; i++)
        check(triage_case_judge(cx, &m->at, TRIAGE_TEAM, NET, chosen) == OK);
    check(triage_case_judge(cx, &m->at, TRIAGE_LEVEL, 0, 2) == OK);    // nothing was suggested
    check(end(w, OK) == OK);
}

static struct triage_record record(struct world *w, int person)
{
    struct triage_record r[TRIAGE_TARGETS + 1];
    check(end(w, triage_case_record(begin_as(w, person), r)) == OK);
    check(r[TRIAGE_LEVEL].answered == 0);
    return r[TRIAGE_TEAM];
}

static void K5_how_often_they_are_followed(struct world *w)
{
    struct made m = a_case(w, "DSL rot");
    judge(w, &m, TRIAGE_ANSWERS - 5, NET);
    judge(w, &m, 4, FIRST);
    check(record(w, EVA).answered == 0);    // too few
    judge(w, &m, 1, FIRST);
    check(record(w, EVA).answered == TRIAGE_ANSWERS);
    check(record(w, EVA).accepted == TRIAGE_ANSWERS - 5);
    check(record(w, NINA).answered == 0);
    later(w, TRIAGE_DAYS * 86400 + 1);
    check(record(w, EVA).answered == 0);
    check(events(w, "triage.corrected", TRIAGE_LEVEL) == 0);
}

const struct test triage_case_tests[] = {
    T(K1_what_is_classified_costs_no_statement),
    T(K2_a_product_that_the_case_names_is_suggested),
    T(K3_what_has_ended_is_not_suggested),
    T(K1_as_many_statements_as_models),
    T(K2_what_the_case_lacks_is_suggested),
    T(K2_never_back_to_a_lower_level),
    T(K2_only_a_lead_skips_a_level),
    T(K3_a_team_without_people_is_not_suggested),
    T(K4_accepting_classifies_and_asks_for_the_hand_over),
    T(K4_a_lead_sends_it),
    T(K4_who_saw_another_version_is_refused),
    T(K5_how_often_they_are_followed),
    {0},
};
