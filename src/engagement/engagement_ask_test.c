// SPDX-License-Identifier: GPL-3.0-or-later
#include "engagement/engagement_test.h"

#include "contact/contact.h"

static void G15_a_question_moves_the_ball_and_nothing_else(struct world *w)
{
    engagement_id e;
    ticket_id id = a_case(w);
    check(ask_team(w, ADA, id, NET, &e) == OK);
    struct ticket t = look(w, id);
    check(t.ball == BALL_TEAM && t.ball_team.n == NET);
    check(t.work_team.n == FIRST && t.care_team.n == FIRST && t.level == 1);
    check(end(w, engagement_answer(begin_as(w, ADA), now(w, e), S("ja"))) == ERR_DENIED);
    check(end(w, engagement_answer(begin_as(w, CEM), now(w, e), S(" "))) == ERR_INVALID);
    check(end(w, engagement_answer(begin_as(w, CEM), now(w, e), S("Ja, seit 2.1"))) == OK);
    check(look(w, id).ball_team.n == FIRST && see(w, e).state == ENGAGED_CONCLUDED);
    check_text(see(w, e).answer, S("Ja, seit 2.1"));
    bool assisted = false;
    check(engagement_was_assisted(begin_as(w, ADA), id, &assisted) == OK && assisted);
    check(end(w, OK) == OK);
}

static void G15_the_customer_comes_first(struct world *w)
{
    engagement_id e;
    ticket_id id = a_case(w);
    check(ask_team(w, ADA, id, NET, &e) == OK);
    struct ticket_at a = at(w, id);
    struct ctx *cx = begin_as(w, ADA);
    check(end(w, ticket_wait(cx, &a,
                             &(struct ticket_waiting){.for_what = TICKET_WAITING_CUSTOMER,
                                                      .asked = cx->now}))
          == OK);
    check(look(w, id).ball == BALL_CUSTOMER);
    a = at(w, id);
    check(end(w, ticket_customer_replied(begin(w), &a)) == OK);
    check(look(w, id).ball_team.n == NET);    // the question is still open
}

static void G15_a_question_survives_a_hand_over(struct world *w)
{
    engagement_id question, e;
    ticket_id id = a_case(w);
    struct ctx *cx = begin(w);
    check(db_script(cx, "insert into person_team (person, team) values (5, 3)") == OK);
    check(end(w, OK) == OK);
    check(ask_team(w, ADA, id, EXPERTS, &question) == OK);
    check(hand(w, ADA, id, NET, &e) == OK);
    check(look(w, id).ball_team.n == EXPERTS);
    check(take(w, CEM, e) == OK);
    check(look(w, id).ball_team.n == EXPERTS && look(w, id).work_team.n == NET);
    check(end(w, engagement_answer(begin_as(w, DORA), now(w, question), S("Ja"))) == OK);
    check(look(w, id).ball_team.n == NET);
}

// Who asked is not who has the case any more: its new owner may take the question back.
static void G11_a_question_belongs_to_who_works_on_the_case(struct world *w)
{
    engagement_id question, e;
    ticket_id id = a_case(w);
    check(ask_team(w, ADA, id, EXPERTS, &question) == OK);
    check(hand(w, ADA, id, NET, &e) == OK && take(w, CEM, e) == OK);
    check(end(w, engagement_withdraw(begin_as(w, ADA), now(w, question))) == ERR_DENIED);
    check(end(w, engagement_withdraw(begin_as(w, CEM), now(w, question))) == OK);
    check(look(w, id).ball_team.n == NET);
}

static void G15_nobody_asks_himself(struct world *w)
{
    engagement_id question, swarm, e;
    ticket_id id = a_case(w);
    check(ask_team(w, ADA, id, NET, &question) == OK);
    struct ticket_at a = at(w, id);
    check(end(w, engagement_swarm(begin_as(w, ADA), &a, (team_id){NET}, S("Netz"), &swarm))
          == OK);
    check(take(w, CEM, swarm) == OK);
    check(hand(w, ADA, id, NET, &e) == OK && take(w, CEM, e) == OK);
    check(see(w, question).state == ENGAGED_WITHDRAWN);
    check(see(w, swarm).state == ENGAGED_CONCLUDED && see(w, e).state == ENGAGED_ACCEPTED);
    check(look(w, id).ball_team.n == NET);
}

static void G15_looking_at_a_question_keeps_the_ball(struct world *w)
{
    engagement_id e;
    ticket_id id = a_case(w);
    check(ask_team(w, ADA, id, NET, &e) == OK);
    check(take(w, CEM, e) == OK);
    check(see(w, e).to_person.n == CEM && look(w, id).ball_team.n == NET);
    check(look(w, id).work_team.n == FIRST);
    check(end(w, engagement_withdraw(begin_as(w, ADA), now(w, e))) == OK);
    check(look(w, id).ball_team.n == FIRST);
}

static team_id a_vendor(struct world *w)
{
    team_id id;
    check(end(w, team_add(begin(w),
                          &(struct team){.name = SAY("Maker", "Hersteller"), .level = 4}, &id))
          == OK);
    return id;
}

// Whom the question must not name is known from the case: the customer's name, and how to reach
// him.
static void G8_a_question_that_leaves_does_not_name_the_customer(struct world *w)
{
    static const char *const leaves[] = {"Bei Brandt geht es nicht", "In Kappeln geht es nicht"};
    engagement_id e;
    ticket_id id = a_case(w);
    team_id vendor = a_vendor(w);
    contact_id karin;
    struct contact c = {
        .name = S("Karin Brandt"), .reach = S("Kappeln, ab 16 Uhr"), .lang = LANG_DE};
    check(end(w, contact_add(begin(w), &c, &karin)) == OK);
    struct ticket_at a = at(w, id);
    check(end(w, ticket_set_contact(begin(w), &a, karin)) == OK);
    struct engagement_question q = {0};
    for (isize i = 0; i < countof(leaves); i++) {
        q.text = str_from_z(leaves[i]);
        check(end(w, engagement_ask(begin_as(w, ADA), &a, vendor, &q, &e)) == ERR_INVALID);
    }
    q.released = true;
    check(end(w, engagement_ask(begin_as(w, ADA), &a, vendor, &q, &e)) == OK);
}

static void G6_G8_a_vendor_is_asked_and_sees_nothing(struct world *w)
{
    engagement_id e, beside;
    ticket_id id = a_case(w);
    team_id vendor = a_vendor(w);
    check(hand(w, EVA, id, vendor.n, &e) == ERR_INVALID);
    check(ask_team(w, ADA, id, vendor.n, &e) == OK);
    check(ask(w, "select count(*) from ticket_team where team = 5") == 0);
    check(look(w, id).ball == BALL_VENDOR && look(w, id).status == TICKET_WAITING_VENDOR);
    check(ask_team(w, ADA, id, NET, &beside) == OK);    // may take weeks: others can be asked
    check(end(w, engagement_answer(begin_as(w, CEM), now(w, e), S("ja"))) == ERR_DENIED);
    check(end(w, engagement_answer(begin_as(w, ADA), now(w, e), S("Fix in 2.2"))) == OK);
    check(look(w, id).status == TICKET_OPEN && look(w, id).ball_team.n == NET);
    check(see(w, e).to_person.n == 0);
}

static void a_swarm_leaves_everything_where_it_is(struct world *w)
{
    engagement_id e;
    ticket_id id = a_case(w);
    struct ticket_at a = at(w, id);
    check(
        end(w, engagement_swarm(begin_as(w, ADA), &a, (team_id){NET}, S("Netz fällt aus"), &e))
        == OK);
    struct ticket before = look(w, id);
    check(before.ball_team.n == FIRST && before.work_team.n == FIRST);
    check(end(w, engagement_answer(begin_as(w, CEM), now(w, e), S("x"))) == ERR_INVALID);
    check(take(w, CEM, e) == OK && see(w, e).state == ENGAGED_ACCEPTED);
    check(end(w, engagement_end(begin_as(w, CEM), now(w, e), S("Switch getauscht"))) == OK);
    struct ticket after = look(w, id);
    check(after.ball_team.n == FIRST && after.work_team.n == FIRST && after.level == 1);
    check(see(w, e).state == ENGAGED_CONCLUDED);
    bool assisted = false;
    check(engagement_was_assisted(begin_as(w, ADA), id, &assisted) == OK && assisted);
    check(end(w, OK) == OK);
}

static void a_request_alone_is_no_assistance(struct world *w)
{
    engagement_id e;
    ticket_id id = a_case(w);
    check(ask_team(w, ADA, id, NET, &e) == OK);
    check(end(w, engagement_withdraw(begin_as(w, ADA), now(w, e))) == OK);
    bool assisted = true;
    check(engagement_was_assisted(begin_as(w, ADA), id, &assisted) == OK && !assisted);
    check(end(w, OK) == OK);
}

const struct test engagement_ask_tests[] = {
    T(G15_a_question_moves_the_ball_and_nothing_else),
    T(G15_the_customer_comes_first),
    T(G15_a_question_survives_a_hand_over),
    T(G11_a_question_belongs_to_who_works_on_the_case),
    T(G15_nobody_asks_himself),
    T(G15_looking_at_a_question_keeps_the_ball),
    T(G8_a_question_that_leaves_does_not_name_the_customer),
    T(G6_G8_a_vendor_is_asked_and_sees_nothing),
    T(a_swarm_leaves_everything_where_it_is),
    T(a_request_alone_is_no_assistance),
    {0},
};
