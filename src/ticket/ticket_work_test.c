// SPDX-License-Identifier: GPL-3.0-or-later
#include "ticket/ticket_test.h"

#include "base/now.h"
#include "ticket/ticket_check.h"

static void T2_taking_classifying_and_answering_open_it(struct world *w)
{
    struct ticket_at a = made(w, S("a")).at, b = made(w, S("b")).at, c = made(w, S("c")).at;
    struct ctx *cx = begin_as(w, ADA);
    check(ticket_take(cx, &a) == OK && a.version == 2);
    check(ticket_classify(cx, &b, &(struct ticket_class){.type = TICKET_INCIDENT}) == OK);
    check(ticket_open(cx, &c) == OK);
    check(ticket_open(cx, &c) == ERR_INVALID);
    check(end(w, OK) == OK);
    check(ask(w, "select count(*) from ticket where status = 2") == 3);
    check(ask(w, "select count(*) from event where kind = 'ticket.opened' and person = 1")
          == 3);
    struct ticket t = loaded(w, a.id);
    check(t.work_person.n == ADA && t.care_person.n == ADA);
    check_text(t.work_person_name, S("ada"));
}

static void T2_only_the_own_team_takes_it(struct world *w)
{
    struct ticket_at at = made(w, S("a")).at;
    struct ctx *cx = begin(w);
    check(ticket_move(cx, &at, &(struct ticket_move){.team = {NET}, .level = 2}) == OK);
    check(end(w, OK) == OK);
    cx = begin_as(w, EVA);    // sees it as a lead, and is in another team
    check(end(w, ticket_take(cx, &at)) == ERR_INVALID);
    check(str_find(cx->problems->text.de, S("Übergib")) > 0);
    cx = begin_as(w, CEM);
    check(end(w, ticket_take(cx, &at)) == OK);
}

static void T3_solved_keeps_how_and_by_which_level(struct world *w)
{
    struct ticket_at at;
    struct ctx *cx = begin_as(w, ADA);
    check(opened(cx, &at, S("a")) == OK);
    check(ticket_solve(cx, &at, &described) == OK);
    check(end(w, OK) == OK);
    struct ticket t = loaded(w, at.id);
    check(t.status == TICKET_SOLVED && t.ball == BALL_NOBODY && t.ball_team.n == 0);
    check(t.solved_at.ms == w->now.ms && t.solved_level == 1 && t.solved_how == SOLVED_BY_TEXT);
    check_text(t.solved_text, described.text);
    check(ask(w, "select count(*) from event where kind = 'ticket.solved'") == 1);
}

static void T3_the_solution_must_be_one_the_solver_may_read(struct world *w)
{
    struct ticket_at at;
    struct ctx *cx = begin(w);
    check(db_script(cx, "insert into solution (tenant, key, kind, title, language, audience, "
                        "confidence, created, changed)"
                        " values (1, 1, 1, 'for level 3', 1, 4, 1, 0, 0)")
          == OK);
    check(end(w, OK) == OK);
    cx = begin_as(w, ADA);
    check(opened(cx, &at, S("a")) == OK);
    struct ticket_solving s = {.how = SOLVED_BY_SOLUTION, .solution = 1, .told = true};
    check(ticket_solve(cx, &at, &s) == ERR_INVALID);
    end(w, ERR_INVALID);
    cx = begin_as(w, DORA);
    check(opened(cx, &at, S("a")) == OK);
    check(ticket_solve(cx, &at, &s) == OK);
    end(w, OK);
    check(ask(w, "select solution from ticket") == 1);
}

static void T4_and_T5_to_the_customer_and_back(struct world *w)
{
    struct ticket_at at;
    struct ctx *cx = begin_as(w, ADA);
    check(opened(cx, &at, S("a")) == OK);
    struct ticket_waiting wait = {.for_what = TICKET_WAITING_CUSTOMER, .asked = w->now};
    check(ticket_wait(cx, &at, &wait) == OK && at.version == 3);
    check(end(w, OK) == OK);
    check(ask(w, "select ball from ticket") == BALL_CUSTOMER);
    check(ask(w, "select ball_team is null from ticket") == 1);
    cx = begin(w);
    check(ticket_customer_replied(cx, &at) == OK);
    check(end(w, OK) == OK);
    check(ask(w, "select ball_team from ticket where status = 2 and ball = 1") == FIRST);
    check(ask(w, "select count(*) from event where kind in ('ticket.waiting', "
                 "'ticket.customer_replied')")
          == 2);
}

static void T10_not_before_and_not_when_it_moved(struct world *w)
{
    struct ticket_at at;
    struct ctx *cx = begin_as(w, ADA);
    check(opened(cx, &at, S("a")) == OK);
    check(db_script(cx, "update ticket set due = 1795200000000") == OK);
    struct ticket_waiting wait = {.for_what = TICKET_WAITING_DATE,
                                  .until = {w->now.ms + 3600000}};
    check(ticket_wait(cx, &at, &wait) == OK);
    check(ticket_resume(cx, &at) == OK);
    wait.until.ms += 3600000;
    check(ticket_wait(cx, &at, &wait) == OK);
    check(end(w, OK) == OK);
    later(w, 3601);
    drain(w);
    check(ask(w, "select status from ticket") == TICKET_WAITING_DATE);
    later(w, 3600);
    drain(w);
    check(ask(w, "select status from ticket where wait_until is null") == TICKET_OPEN);
    check(ask(w, "select count(*) from event where kind = 'ticket.resumed' and person is null")
          == 1);
    check(ask(w, "select count(*) from job") == 0);
}

static void T10_a_job_that_comes_early_does_nothing(struct world *w)
{
    struct ticket_at at;
    struct ctx *cx = begin_as(w, ADA);
    check(opened(cx, &at, S("a")) == OK);
    check(db_script(cx, "update ticket set due = 1795200000000") == OK);
    struct ticket_waiting wait = {.for_what = TICKET_WAITING_DATE,
                                  .until = {w->now.ms + 60000}};
    check(ticket_wait(cx, &at, &wait) == OK);
    check(job_add(cx, "ticket.wake", at.id.n, w->now) == OK && end(w, OK) == OK);
    drain(w);
    check(ask(w, "select status from ticket") == TICKET_WAITING_DATE);
}

static void T11_asks_nobody_any_more(struct world *w)
{
    struct ticket_at at;
    struct ctx *cx = begin_as(w, ADA);
    check(opened(cx, &at, S("a")) == OK);
    check(ticket_set_ball(cx, &at, (struct ticket_pending){.asked = {NET}}) == OK);
    check(ticket_solve(cx, &at, &described) == OK);
    check(ticket_reopen(cx, &at, REOPENED_AGAIN) == OK && end(w, OK) == OK);
    check(ask(w, "select ball_team from ticket") == FIRST);
}

// Solved with everything a solving can leave in a case.
static enum err solved_with_all(struct ctx *cx, struct ticket_at *at)
{
    struct ticket_solving s = described;
    TRY(db_script(cx,
                  "insert into solution (tenant, key, kind, confidence, audience, language, "
                  "title, created, changed) values (1, 101, 1, 2, 1, 1, 'WLAN', 1, 1)"));
    s.how = SOLVED_BY_SOLUTION;
    s.solution = 1;
    s.assisted = true;
    return ticket_solve(cx, at, &s);
}

static bool is_unsolved(const struct ticket *t)
{
    return t->solved_at.ms == 0 && t->solved_level == 0 && t->solved_how == 0
           && t->solved_text.n == 0 && t->solution == 0 && !t->assisted;
}

static void T11_opened_again_forgets_the_solution_and_counts(struct world *w)
{
    struct ticket_at at;
    struct ctx *cx = begin_as(w, ADA);
    check(opened(cx, &at, S("a")) == OK && ticket_take(cx, &at) == OK);
    check(solved_with_all(cx, &at) == OK);
    check(ticket_reopen(cx, &at, 0) == ERR_INVALID);
    check(ticket_reopen(cx, &at, REOPENED_BY_CUSTOMER) == OK);
    check(end(w, OK) == OK);
    struct ticket t = loaded(w, at.id);
    check(t.status == TICKET_OPEN && t.reopened == 1 && t.ball_team.n == FIRST
          && t.work_person.n == ADA);
    check(is_unsolved(&t));
}

static void T11_within_14_days(struct world *w)
{
    struct ticket_at at;
    struct ctx *cx = begin_as(w, ADA);
    instant solved = cx->now;
    check(opened(cx, &at, S("a")) == OK && ticket_solve(cx, &at, &described) == OK);
    check(end(w, OK) == OK);
    instant last = instant_plus(solved, 14 * 86400);
    check(ticket_may_reopen(TICKET_SOLVED, solved, last));
    check(!ticket_may_reopen(TICKET_SOLVED, solved, (instant){last.ms + 1}));
    check(!ticket_may_reopen(TICKET_CLOSED, solved, last));
    later(w, 14 * 86400 + 1);
    check(end(w, ticket_reopen(begin_as(w, ADA), &at, REOPENED_BY_US)) == ERR_INVALID);
    later(w, -1);
    check(end(w, ticket_reopen(begin_as(w, ADA), &at, REOPENED_BY_US)) == OK);
}

static void T12_closed_by_itself_after_a_week(struct world *w)
{
    struct ticket_at a, b;
    struct ctx *cx = begin_as(w, ADA);
    check(opened(cx, &a, S("a")) == OK && ticket_solve(cx, &a, &described) == OK);
    check(opened(cx, &b, S("b")) == OK && ticket_solve(cx, &b, &described) == OK);
    check(ticket_reopen(cx, &b, REOPENED_BY_US) == OK);
    check(end(w, OK) == OK);
    later(w, 7 * 86400 - 1);
    drain(w);
    check(ask(w, "select status from ticket where id = 1") == TICKET_SOLVED);
    later(w, 1);
    drain(w);
    check(ask(w, "select status from ticket where id = 1") == TICKET_CLOSED);
    check(ask(w, "select ended from ticket where id = 1") == w->now.ms);
    check(ask(w, "select status from ticket where id = 2") == TICKET_OPEN);
    check(ask(w, "select count(*) from event where kind = 'ticket.closed'") == 1);
}

static void T13_merged_leads_on(struct world *w)
{
    struct ctx *cx = begin(w);
    contact_id karin = customer(cx, S("Karin"), S("Kern")),
               otto = customer(cx, S("Otto"), S("Kern")), udo = customer(cx, S("Udo"), S(""));
    struct ticket_at a = of_customer(cx, karin), b = of_customer(cx, otto),
                     c = of_customer(cx, karin), d = of_customer(cx, udo);
    check(ticket_see(cx, a.id, (team_id){EXPERTS}) == OK);
    check(ticket_merge(cx, &a, &d) == ERR_INVALID);    // another customer
    check(ticket_merge(cx, &a, &a) == ERR_INVALID);
    check(ticket_merge(cx, &a, &b) == OK && a.version == 2
          && b.version == 2);    // the same firm
    check(ticket_merge(cx, &a, &c) == ERR_INVALID);
    check(ticket_merge(cx, &c, &a) == ERR_INVALID);
    check(ticket_merge(cx, &b, &c) == OK);
    check(end(w, OK) == OK);
    struct ticket t = loaded(w, a.id);
    check(t.status == TICKET_MERGED && t.merged_into.n == c.id.n && t.ball == BALL_NOBODY);
    check(t.merged_number == loaded(w, c.id).number && t.ended.ms == w->now.ms);
    cx = begin_as(w, DORA);    // who saw the one sees where it went
    check(ticket_load(cx, c.id, &t) == OK);
    end(w, OK);
    struct ticket_head h;
    cx = begin(w);
    check(ticket_goes_on(cx, a.id, &t) == OK && t.id.n == c.id.n);
    check(ticket_goes_on(cx, c.id, &t) == OK && t.id.n == c.id.n);
    check(ticket_head_goes_on(cx, a.id, &h) == OK && h.id.n == c.id.n);
    check(ticket_goes_on(cx, (ticket_id){99}, &t) == ERR_ABSENT && t.id.n == c.id.n);
    end(w, OK);
    check(ask(w, "select count(*) from event where kind = 'ticket.merged'") == 2);
}

static void T13_topic_and_product_come_along(struct world *w)
{
    struct ctx *cx = begin(w);
    contact_id karin = customer(cx, S("Karin"), S("Kern"));
    struct ticket_at a = of_customer(cx, karin), b = of_customer(cx, karin),
                     c = of_customer(cx, karin);
    category_id net = {0};
    product_id old = {0}, new = {0};
    struct ticket_class class = {0}, other = {0};
    check(category_add(cx, &(struct category){.name = SAY("Net", "Netz")}, &net) == OK);
    check(product_add(cx, &(struct product){.name = S("X2")}, &old) == OK
          && product_add(cx, &(struct product){.name = S("X9")}, &new) == OK);
    class.category = net;
    class.product = old;
    other.product = new;
    check(ticket_classify(cx, &a, &class) == OK && ticket_classify(cx, &b, &other) == OK);
    check(ticket_merge(cx, &a, &b) == OK && ticket_merge(cx, &b, &c) == OK);
    check(end(w, OK) == OK);
    const char *told =
        "select count(*) from event where kind = 'ticket.classified' and ticket = 3"
        " and data like '%\"category\":1,\"product\":2}'";
    check(ask(w, told) == 1);
    struct ticket t = loaded(w, b.id);
    check(t.category.n == net.n && t.product.n == new.n);    // what it knows itself stays
    t = loaded(w, c.id);
    check(t.category.n == net.n && t.product.n == new.n);
}

// category.h C5, product.h R7: also for who sends the key by hand.
static void T2_what_has_ended_is_not_chosen_anew(struct world *w)
{
    struct ticket_at had = made(w, S("eins")).at, other = made(w, S("zwei")).at;
    struct ctx *cx = begin(w);
    struct ticket_class topic = {0}, product = {0};
    struct category net = {.name = SAY("Net", "Netz")};
    check(category_add(cx, &net, &topic.category) == OK
          && product_add(cx, &(struct product){.name = S("X2")}, &product.product) == OK);
    struct ticket_class both = {.category = topic.category, .product = product.product};
    check(ticket_classify(cx, &had, &both) == OK);
    check(db_script(cx, "update category set ended = 7; update product set ended = 7") == OK);
    check(ticket_classify(cx, &other, &topic) == ERR_INVALID);
    check(ticket_classify(cx, &other, &product) == ERR_INVALID);
    check(ticket_classify(cx, &had, &both) == OK);
    check(end(w, OK) == OK);
}

static void T14_spam_for_30_days(struct world *w)
{
    struct ticket_at at = made(w, S("Gewinn!")).at;
    struct ctx *cx = begin_as(w, ADA);
    check(ticket_spam(cx, &at) == OK && ticket_spam(cx, &at) == ERR_INVALID);
    check(ticket_not_spam(cx, &at) == OK && ticket_not_spam(cx, &at) == ERR_INVALID);
    check(ticket_spam(cx, &at) == OK);
    check(end(w, OK) == OK);
    check(ask(w, "select ball from ticket where status = 9") == BALL_NOBODY);
    later(w, 30 * 86400 + 1);
    cx = begin_as(w, ADA);
    check(end(w, ticket_not_spam(cx, &at)) == ERR_INVALID);
}

static void T14_no_spam_after_all_forgets_the_solution(struct world *w)
{
    struct ticket_at at;
    struct ctx *cx = begin_as(w, ADA);
    check(opened(cx, &at, S("a")) == OK && solved_with_all(cx, &at) == OK);
    check(ticket_spam(cx, &at) == OK && ticket_not_spam(cx, &at) == OK && end(w, OK) == OK);
    struct ticket t = loaded(w, at.id);
    check(t.status == TICKET_OPEN && t.reopened == 0 && is_unsolved(&t));
}

// Only what is solved is opened again; for the others another way leads on.
static void W3_who_is_refused_hears_what_helps(struct world *w)
{
    static const struct {
        enum ticket_status status;
        const char *says;
    } rows[] = {{TICKET_SOLVED, "Open it again"},
                {TICKET_CLOSED, "new case that follows"},
                {TICKET_MERGED, "went on in another"},
                {TICKET_SPAM, "No spam after all"}};
    for (isize i = 0; i < countof(rows); i++) {
        struct ctx *cx = begin(w);
        struct ticket t = {.status = rows[i].status};
        check(ticket_check_work(cx, &t) == ERR_INVALID);
        check(str_find(cx->detail.en, str_from_z(rows[i].says)) >= 0);
        end(w, OK);
    }
}

static enum err each_change(struct ctx *cx, int which, struct ticket_at *at)
{
    struct lagebild l = {S("p"), S("t"), S("c")};
    struct ticket_waiting vendor = {.for_what = TICKET_WAITING_VENDOR};
    switch (which) {
    case 0:
        return ticket_take(cx, at);
    case 1:
        return ticket_release(cx, at);
    case 2:
        return ticket_classify(cx, at,
                               &(struct ticket_class){.priority = 1, .why = S("Chefin")});
    case 3:
        return ticket_set_lagebild(cx, at, l);
    case 4:
        return ticket_care(cx, at, (team_id){NET}, (person_id){CEM});
    case 5:
        return ticket_wait(cx, at, &vendor);
    case 6:
        return ticket_resume(cx, at);
    case 7:
        return ticket_solve(cx, at, &described);
    case 8:
        return ticket_reopen(cx, at, REOPENED_AGAIN);
    case 9:
        return ticket_solve(cx, at, &described);
    case 10:
        return ticket_close(cx, at, true);
    default:
        return ticket_spam(cx, at);
    }
}

static void W3_one_version_one_event_or_nothing(struct world *w)
{
    struct ticket_at at = made(w, S("a")).at;
    struct who ada = begin_as(w, ADA)->who;
    end(w, OK);
    for (int which = 0; which < 12; which++) {
        int64_t before = at.version;
        EACH_FAULT(w) {
            struct ticket_at tried = {at.id, before};
            struct ctx *cx = begin(w);
            cx->who = ada;    // looked up before: the fault is not meant for that
            enum err err = end(w, each_change(cx, which, &tried));
            check(err == OK || err == ERR_BUSY);
            at.version = tried.version;
            check(ask(w, "select version from ticket") == before + (err == OK));
            check(ask(w, "select count(*) from event") == before + (err == OK));
        }
        check(at.version == before + 1);
    }
    check(ask(w, "select count(*) from lagebild") == 1);
}

const struct test ticket_work_tests[] = {
    T(T2_taking_classifying_and_answering_open_it),
    T(T2_only_the_own_team_takes_it),
    T(T3_solved_keeps_how_and_by_which_level),
    T(T3_the_solution_must_be_one_the_solver_may_read),
    T(T4_and_T5_to_the_customer_and_back),
    T(T10_not_before_and_not_when_it_moved),
    T(T10_a_job_that_comes_early_does_nothing),
    T(T11_asks_nobody_any_more),
    T(T11_within_14_days),
    T(T11_opened_again_forgets_the_solution_and_counts),
    T(T12_closed_by_itself_after_a_week),
    T(T13_merged_leads_on),
    T(T13_topic_and_product_come_along),
    T(T2_what_has_ended_is_not_chosen_anew),
    T(T14_spam_for_30_days),
    T(T14_no_spam_after_all_forgets_the_solution),
    T(W3_who_is_refused_hears_what_helps),
    T(W3_one_version_one_event_or_nothing),
    {0},
};
