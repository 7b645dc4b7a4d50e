// SPDX-License-Identifier: GPL-3.0-or-later
// What is told to whom, who may decide, and what may be said: E12 to E14, and the lists.
#include "escalation/escalation_test.h"

#include "base/limits.h"
#include "promise/promise.h"
#include "staff/presence.h"

static isize news_of(struct world *w, int person)
{
    struct escalation *e;
    isize n = 0;
    check(escalation_news(begin_as(w, person), &e, &n) == OK && end(w, OK) == OK);
    return n;
}

static void E12_who_said_why_is_told_until_it_is_read(struct world *w)
{
    ticket_id id = a_case_of_ada(w);
    escalation_id e = escalate(w, ADA, id, 0);
    escalate(w, BEN, id, 0);
    check(take(w, EVA, e, 1) == OK && news_of(w, ADA) == 0);
    check(decide(w, EVA, e, 2, OUTCOME_DECLINED) == OK);
    check(news_of(w, ADA) == 1 && news_of(w, BEN) == 1 && news_of(w, EVA) == 0);
    check(end(w, escalation_read(begin_as(w, ADA), e)) == OK);
    check(news_of(w, ADA) == 0 && news_of(w, BEN) == 1);
    e = escalate(w, ADA, a_case_of_ada(w), 0);
    check(withdraw(w, ADA, e) == OK && news_of(w, ADA) == 0);
}

static void E13_nobody_grants_the_own_request(struct world *w)
{
    escalation_id e = escalate(w, EVA, a_case_of_ada(w), 0);
    int ida = a_lead_of(w, NET, "ida");
    check(decide(w, EVA, e, 1, OUTCOME_GRANTED) == ERR_DENIED);
    check_text(w->cx.detail.en,
               S("This is your own request: another lead decides it. You may decline it."));
    check(decide(w, EVA, e, 1, OUTCOME_DONE) == ERR_DENIED && look(w, e).ended.ms == 0);
    check(decide(w, ida, e, 1, OUTCOME_GRANTED) == OK);
    e = escalate(w, EVA, a_case_of_ada(w), 0);
    check(decide(w, EVA, e, 1, OUTCOME_DECLINED) == OK);
}

static void E13_nor_one_that_was_joined(struct world *w)
{
    ticket_id id = a_case_of_ada(w);
    escalation_id e = escalate(w, ADA, id, 0);
    int ida = a_lead_of(w, FIRST, "ida");
    escalate(w, EVA, id, 0);
    int64_t version = look(w, e).version;
    check(decide(w, EVA, e, version, OUTCOME_GRANTED) == ERR_DENIED);
    check(decide(w, ida, e, version, OUTCOME_GRANTED) == OK);
}

static void E13_unless_nobody_else_leads_here(struct world *w)
{
    escalation_id e = escalate(w, EVA, a_case_of_ada(w), 0);
    check(decide(w, EVA, e, 1, OUTCOME_GRANTED) == OK);
    int ida = a_lead_of(w, NET, "ida");
    struct presence_span away = {
        .person.n = ida, .from = w->now, .until = instant_plus(w->now, 86400)};
    check(end(w, presence_leave(begin_as(w, ida), &away)) == OK);
    e = escalate(w, EVA, a_case_of_ada(w), 0);
    check(decide(w, EVA, e, 1, OUTCOME_GRANTED) == OK);
}

static void E13_whom_one_sent_away_oneself_counts(struct world *w)
{
    int ida = a_lead_of(w, NET, "ida");
    struct presence_span away = {
        .person.n = ida, .from = w->now, .until = instant_plus(w->now, 86400)};
    check(end(w, presence_leave(begin_as(w, EVA), &away)) == OK);
    escalation_id e = escalate(w, EVA, a_case_of_ada(w), 0);
    check(decide(w, EVA, e, 1, OUTCOME_GRANTED) == ERR_DENIED);
}

static void E14_what_is_said_is_one_line(struct world *w)
{
    ticket_id id = a_case_of_ada(w);
    check(raise_to(w, ADA, id, 0, ESCALATE_DANGER,
                   S("Brand\r\n\r\nge\u00adruch \u202e\u200bim\u2028 Kel\xc2\x85ler\t!"))
          == OK);
    check(ask(w, "select count(*) from escalation_word where text = 'Brand geruch im Keller !'")
          == 1);
    check(raise_to(w, ADA, id, 0, ESCALATE_DANGER, S("\r\n\u202e\ufeff")) == ERR_INVALID);
    struct ctx *cx = begin_as(w, EVA);
    check(end(w, escalation_take(cx, (struct escalation_at){{1}, 1}, S("Ich\nrufe an"),
                                 instant_plus(cx->now, 60)))
          == OK);
    check_text(look(w, (escalation_id){1}).line, S("Ich rufe an"));
}

static void E14_there_are_enough_reasons(struct world *w)
{
    ticket_id id = a_case_of_ada(w);
    for (int i = 0; i < LIMIT_ESCALATION_REASONS; i++)
        check(raise_to(w, ADA, id, 0, ESCALATE_SILENCE, S("Keiner hebt ab")) == OK);
    check(raise_to(w, ADA, id, 0, ESCALATE_SILENCE, S("Keiner hebt ab")) == ERR_INVALID);
    check(ask(w, "select count(*) from escalation_word") == LIMIT_ESCALATION_REASONS);
    check(look(w, (escalation_id){1}).words == LIMIT_ESCALATION_REASONS);
}

static void a_list_says_when_there_is_more(struct world *w)
{
    struct escalation *e;
    isize n;
    bool more;
    for (int i = 0; i < 50; i++)
        escalate(w, ADA, a_case_of_ada(w), 0);
    check(escalation_mine(begin_as(w, EVA), &e, &n, &more) == OK && n == 50 && !more);
    check(end(w, OK) == OK);
    escalate(w, ADA, a_case_of_ada(w), 0);
    check(escalation_mine(begin_as(w, EVA), &e, &n, &more) == OK && n == 50 && more);
    check(end(w, OK) == OK);
}

static void the_promise_counts_when_it_is_earlier(struct world *w)
{
    ticket_id late = a_case_of_ada(w), soon = a_case_of_ada(w);
    escalation_id a = escalate(w, ADA, late, 0), b = escalate(w, ADA, soon, 0);
    struct escalation *e;
    isize n;
    bool more;
    struct ticket_at at = {soon, TICKET_ANY_VERSION};
    struct ctx *cx = begin_as(w, ADA);
    struct promise_new p = {.kind = PROMISE_ANSWER, .due = instant_plus(cx->now, 600)};
    promise_id id;
    check(end(w, promise_give(cx, &at, &p, &id)) == OK);
    check(escalation_mine(begin_as(w, EVA), &e, &n, &more) == OK && n == 2);
    check(e[0].id.n == b.n && e[1].id.n == a.n);
    check(escalation_when(&e[0]).ms == p.due.ms && escalation_by_promise(&e[0]));
    check(escalation_when(&e[1]).ms == e[1].due.ms && !escalation_by_promise(&e[1]));
    check(end(w, OK) == OK);
}

const struct test escalation_told_tests[] = {
    T(E12_who_said_why_is_told_until_it_is_read),
    T(E13_nobody_grants_the_own_request),
    T(E13_nor_one_that_was_joined),
    T(E13_unless_nobody_else_leads_here),
    T(E13_whom_one_sent_away_oneself_counts),
    T(E14_what_is_said_is_one_line),
    T(E14_there_are_enough_reasons),
    T(a_list_says_when_there_is_more),
    T(the_promise_counts_when_it_is_earlier),
    {0},
};
