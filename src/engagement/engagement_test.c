// SPDX-License-Identifier: GPL-3.0-or-later
#include "engagement/engagement_test.h"

#include "base/now.h"
#include "promise/promise.h"

static void G1_one_hand_over_waits(struct world *w)
{
    engagement_id e;
    ticket_id id = a_case(w);
    check(hand(w, ADA, id, NET, &e) == OK);
    check(hand(w, ADA, id, NET, &e) == ERR_INVALID);
    check(ask(w, "select count(*) from engagement") == 1);
}

static void G1_one_question_waits(struct world *w)
{
    engagement_id e;
    ticket_id id = a_case(w);
    check(ask_team(w, ADA, id, NET, &e) == OK);
    check(ask_team(w, ADA, id, EXPERTS, &e) == ERR_INVALID);
    check(hand(w, ADA, id, NET, &e) == OK);    // beside a hand-over it may stand
}

static void G2_nobody_is_in_the_team(struct world *w)
{
    engagement_id e;
    ticket_id id = a_case(w);
    struct ctx *cx = begin(w);
    check(db_script(cx, "update person set disabled = 1 where login = 'cem'") == OK);
    check(end(w, OK) == OK);
    check(hand(w, ADA, id, NET, &e) == ERR_INVALID);
}

static void G2_a_team_of_another_desk_does_not_exist(struct world *w)
{
    engagement_id e;
    ticket_id id = a_case(w);
    check(hand(w, ADA, id, FOREIGN, &e) == ERR_ABSENT);
    check(ask_team(w, ADA, id, FOREIGN, &e) == ERR_ABSENT);
}

static void G3_the_contract_is_kept_with_its_completeness(struct world *w)
{
    engagement_id e;
    ticket_id id = a_case(w);
    struct ticket_at a = at(w, id);
    struct engagement_contract c = contract;
    c.situation = S("");
    check(end(w, engagement_hand_over(begin_as(w, ADA), &a, (team_id){NET}, &c, &e)) == OK);
    struct engagement got = see(w, e);
    check_text(got.contract.promised, contract.promised);
    check(got.completeness == 75 && got.from_person.n == ADA);
}

static void G3_the_contract_is_prefilled(struct world *w)
{
    ticket_id id = a_case(w);
    struct engagement_contract c = {0};
    struct ctx *cx = begin_as(w, ADA);
    cx->lang = LANG_DE;
    check(engagement_contract_from(cx, id, &c) == OK);
    check_text(c.problem, S("Alle Lampen an"));
    check(c.asked_for == ASK_SOLVE && c.promised.n == 0);
    struct ticket t;
    promise_id given;
    check(ticket_load(cx, id, &t) == OK);
    struct ticket_at a = ticket_at(&t);
    const struct promise_new answer = {.kind = PROMISE_ANSWER,
                                       .due = instant_plus(cx->now, 2 * 3600)};
    const struct promise_new call = {
        .kind = PROMISE_OTHER, .what = S("Rückruf"), .due = instant_plus(cx->now, 3600)};
    check(promise_give(cx, &a, &answer, &given) == OK);
    check(engagement_contract_from(cx, id, &c) == OK);
    check(str_find(c.promised, S("13:00")) >= 0);    // 12:00 UTC in November
    check(promise_give(cx, &a, &call, &given) == OK);
    check(engagement_contract_from(cx, id, &c) == OK);
    check_text(c.promised, S("Rückruf bis 20.11.2026, 12:00 Uhr"));    // the earliest
    check(end(w, OK) == OK);
}

static void G6_a_team_is_asked_and_who_takes_it_says_so(struct world *w)
{
    engagement_id e;
    ticket_id id = a_case(w);
    check(hand(w, ADA, id, NET, &e) == OK && see(w, e).to_person.n == 0);
    check(take(w, CEM, e) == OK);
    check(see(w, e).to_person.n == CEM && look(w, id).work_person.n == CEM);
}

static void G7_only_a_lead_skips_and_the_event_says_so(struct world *w)
{
    engagement_id e;
    ticket_id id = a_case(w);
    check(hand(w, ADA, id, EXPERTS, &e) == ERR_INVALID);
    check(hand(w, EVA, id, EXPERTS, &e) == OK);
    check(ask(w, "select count(*) from event where data like '%\"skip\":true%'") == 1);
    check(hand(w, EVA, a_case(w), NET, &e) == OK);
    check(ask(w, "select count(*) from event where data like '%\"skip\":true%'") == 1);
}

static str tried(struct world *w, ticket_id id)
{
    return look(w, id).tried;
}

static void G21_what_was_tried_stands_on_the_card(struct world *w)
{
    engagement_id e;
    ticket_id id = a_case(w);
    check(hand(w, ADA, id, NET, &e) == OK);
    check_text(tried(w, id), contract.tried);
    ticket_id known = a_case(w);
    struct ticket_at at_known = at(w, known);
    struct lagebild more = {S("Alle Lampen an"), S("Neustart (ohne Erfolg), Netzteil"), S("")};
    check(end(w, ticket_set_lagebild(begin_as(w, ADA), &at_known, more)) == OK);
    check(hand(w, ADA, known, NET, &e) == OK);    // the contract says less
    check_text(tried(w, known), more.tried);
}

static void G9_no_engagement_deletes_a_draft(struct world *w)
{
    engagement_id e, back;
    ticket_id id = a_case(w);
    struct ctx *cx = begin(w);
    check(db_script(cx, "insert into draft (tenant, ticket, person, kind, body, at) "
                        "select 1, t.id, 1, 1, 'halb', 0 from ticket t")
          == OK);
    check(end(w, OK) == OK);
    check(hand(w, ADA, id, NET, &e) == OK && take(w, CEM, e) == OK);
    check(give_back(w, CEM, id, RETURN_INCOMPLETE, (solution_id){0}, &back) == OK);
    check(take(w, ADA, back) == OK);
    check(ask(w, "select count(*) from draft where body = 'halb'") == 1);
}

static void G10_declining_keeps_what_would_be_accepted(struct world *w)
{
    engagement_id e;
    ticket_id id = a_case(w);
    check(hand(w, ADA, id, NET, &e) == OK);
    struct engagement_at a = now(w, e);
    check(end(w, engagement_decline(begin_as(w, CEM), a, S("nö"))) == ERR_INVALID);
    check(end(w, engagement_decline(begin_as(w, CEM), a, S("Mit Seriennummer gern"))) == OK);
    check(see(w, e).state == ENGAGED_DECLINED);
    check_text(see(w, e).reason_text, S("Mit Seriennummer gern"));
    struct ticket t = look(w, id);
    check(t.work_team.n == FIRST && t.ball == BALL_TEAM && t.ball_team.n == FIRST);
    check(hand(w, ADA, id, NET, &e) == OK);    // G1: the way is free again
}

static void G12_until_accepted_the_sender_answers_for_it(struct world *w)
{
    engagement_id e;
    ticket_id id = a_case(w);
    check(hand(w, ADA, id, NET, &e) == OK);
    struct ticket t = look(w, id);
    check(t.work_team.n == FIRST && t.care_team.n == FIRST && t.level == 1);
    check(t.ball == BALL_TEAM && t.ball_team.n == FIRST);
    check(take(w, CEM, e) == OK);
    t = look(w, id);
    check(t.work_team.n == NET && t.level == 2 && t.ball_team.n == NET);
    check(t.care_team.n == FIRST);    // was asked at acceptance: stays
}

static void G12_care_moves_when_the_receiver_says_so(struct world *w)
{
    engagement_id e;
    ticket_id id = a_case(w);
    check(hand(w, ADA, id, NET, &e) == OK);
    struct engagement_at a = now(w, e);
    check(end(w, engagement_accept(begin_as(w, CEM), a, next_line, true)) == OK);
    struct ticket t = look(w, id);
    check(t.care_team.n == NET && t.care_person.n == CEM);
}

static void G13_the_line_of_acceptance_becomes_the_lagebild(struct world *w)
{
    engagement_id e;
    ticket_id id = a_case_of_net(w, &e);
    struct ticket t = look(w, id);
    check(str_ends(t.current, next_line) && str_starts(t.current, S("Net")));    // whose
    check_text(t.problem, S("Alle Lampen an"));
    check_text(see(w, e).answer, next_line);
}

static void G14_what_is_solved_is_not_moved(struct world *w)
{
    engagement_id e;
    ticket_id id = a_case(w);
    check(hand(w, ADA, id, NET, &e) == OK);
    struct ticket_at a = at(w, id);
    struct ctx *cx = begin_as(w, ADA);
    check(end(w, ticket_solve(cx, &a,
                              &(struct ticket_solving){.how = SOLVED_WITHDRAWN, .told = true}))
          == OK);
    check(take(w, CEM, e) == ERR_INVALID);
    check(ask_team(w, ADA, id, NET, &e) == ERR_INVALID);
}

static void G16_a_request_is_forwarded_not_bounced(struct world *w)
{
    engagement_id first, second, third;
    ticket_id id = a_case(w);
    struct ctx *cx = begin(w);
    team_id mail;
    check(team_add(cx, &(struct team){.name = SAY("Mail", "Mail"), .level = 2}, &mail) == OK);
    check(person_join(cx, (person_id){BEN}, mail) == OK);
    check(end(w, OK) == OK);
    check(hand(w, ADA, id, NET, &first) == OK);
    struct engagement_at a = now(w, first);
    check(end(w, engagement_forward(begin_as(w, ADA), a, mail, &second)) == ERR_DENIED);
    check(end(w, engagement_forward(begin_as(w, CEM), a, (team_id){FIRST}, &second))
          == ERR_INVALID);
    check(end(w, engagement_forward(begin_as(w, CEM), a, (team_id){NET}, &second))
          == ERR_INVALID);
    check(end(w, engagement_forward(begin_as(w, CEM), a, mail, &second)) == OK);
    check(see(w, first).state == ENGAGED_HANDED_ON);
    struct engagement got = see(w, second);
    check(got.from_team.n == FIRST && got.from_person.n == ADA && got.to_team.n == mail.n);
    check_text(got.contract.problem, contract.problem);
    check(look(w, id).work_team.n == FIRST);    // G12
    check(end(w, engagement_forward(begin_as(w, BEN), now(w, second), (team_id){NET}, &third))
          == ERR_INVALID);
    check(take(w, BEN, second) == OK && look(w, id).work_team.n == mail.n);
}

static void G16_an_accepted_case_is_forwarded_too(struct world *w)
{
    engagement_id first, second;
    ticket_id id = a_case_of_net(w, &first);
    struct engagement_at a = now(w, first);
    check(end(w, engagement_forward(begin_as(w, CEM), a, (team_id){EXPERTS}, &second))
          == ERR_INVALID);    // G3: what is asked of level 3?
    check(hand(w, CEM, id, EXPERTS, &second) == OK);
    check(see(w, first).state == ENGAGED_ACCEPTED);    // still theirs
    check(take(w, DORA, second) == OK);
    check(see(w, first).state == ENGAGED_HANDED_ON && look(w, id).level == 3);
    check(events(w, "engagement.handed_on") == 1);
}

static void G18_of_two_who_take_it_one_wins(struct world *w)
{
    engagement_id e;
    ticket_id id = a_case(w);
    check(hand(w, ADA, id, NET, &e) == OK);
    struct engagement_at a = now(w, e);
    check(end(w, engagement_accept(begin_as(w, CEM), a, next_line, false)) == OK);
    check(end(w, engagement_accept(begin_as(w, CEM), a, next_line, false)) == ERR_STALE);
    check(end(w, engagement_decline(begin_as(w, CEM), a, S("doch lieber nicht"))) == ERR_STALE);
    check(end(w, engagement_withdraw(begin_as(w, ADA), a)) == ERR_STALE);
}

static void G18_a_stale_picture_hands_nothing_over(struct world *w)
{
    engagement_id e;
    ticket_id id = a_case(w);
    struct ticket_at old = at(w, id), touched = old;
    check(end(w, ticket_touch(begin(w), &touched, TICKET_TOUCHED)) == OK);
    check(end(w, engagement_hand_over(begin_as(w, ADA), &old, (team_id){NET}, &contract, &e))
          == ERR_STALE);
    check(ask(w, "select count(*) from engagement") == 0);
}

// A mail that came meanwhile does not refuse who takes the case.
static void G18_an_answer_does_not_depend_on_the_case(struct world *w)
{
    engagement_id e;
    ticket_id id = a_case(w);
    check(hand(w, ADA, id, NET, &e) == OK);
    struct engagement_at a = now(w, e);
    struct ticket_at touched = at(w, id);
    check(end(w, ticket_touch(begin(w), &touched, TICKET_ASKED)) == OK);
    check(end(w, engagement_accept(begin_as(w, CEM), a, next_line, false)) == OK);
}

static enum err open_as(struct world *w, int person, ticket_id id)
{
    struct ticket t;
    enum err err = ticket_load(begin_as(w, person), id, &t);
    check(end(w, OK) == OK);
    return err;
}

static void G19_the_asked_team_sees_the_case_from_then_on(struct world *w)
{
    engagement_id e;
    ticket_id id = a_case(w);
    check(open_as(w, CEM, id) == ERR_ABSENT);
    check(hand(w, ADA, id, NET, &e) == OK);
    check(open_as(w, CEM, id) == OK && open_as(w, DORA, id) == ERR_ABSENT);
    struct ticket_at a = at(w, id);
    check(end(w, engagement_swarm(begin_as(w, ADA), &a, (team_id){EXPERTS}, S("Netz"), &e))
          == OK);
    check(open_as(w, DORA, id) == OK && open_as(w, NINA, id) == ERR_ABSENT);
}

static void another_desk_touches_nothing(struct world *w)
{
    engagement_id e, other;
    ticket_id id = a_case(w);
    check(hand(w, NINA, id, FOREIGN, &e) == ERR_ABSENT);
    check(hand(w, ADA, id, NET, &e) == OK);
    struct engagement_at a = now(w, e);
    check(end(w, engagement_accept(begin_as(w, NINA), a, next_line, false)) == ERR_ABSENT);
    check(end(w, engagement_decline(begin_as(w, NINA), a, S("das geht so nicht")))
          == ERR_ABSENT);
    check(end(w, engagement_withdraw(begin_as(w, NINA), a)) == ERR_ABSENT);
    check(end(w, engagement_forward(begin_as(w, NINA), a, (team_id){FOREIGN}, &other))
          == ERR_ABSENT);
    check(end(w, engagement_answer(begin_as(w, NINA), a, S("ja"))) == ERR_ABSENT);
    struct engagement *list;
    isize n;
    check(engagement_list(begin_as(w, NINA), id, &list, &n) == OK && n == 0);
    check(end(w, OK) == OK);
    check(see(w, e).state == ENGAGED_REQUESTED);
}

static void withdrawing_and_expiring(struct world *w)
{
    engagement_id e;
    ticket_id id = a_case(w);
    check(hand(w, ADA, id, NET, &e) == OK);
    check(end(w, engagement_withdraw(begin_as(w, CEM), now(w, e))) == ERR_DENIED);
    check(end(w, engagement_withdraw(begin_as(w, BEN), now(w, e))) == OK);    // the team's
    check(see(w, e).state == ENGAGED_WITHDRAWN);
    check(hand(w, ADA, id, NET, &e) == OK);
    check(end(w, engagement_expire(begin_as(w, ADA), now(w, e))) == ERR_INVALID);
    later(w, 60 * 60);
    check(end(w, engagement_expire(begin_as(w, ADA), now(w, e))) == OK);
    check(see(w, e).state == ENGAGED_EXPIRED && look(w, id).ball_team.n == FIRST);
}

static void accepting_is_due_by_priority(struct world *w)
{
    static const int64_t due_s[] = {0, 5 * 60, 15 * 60, 60 * 60, 4 * 3600};
    for (int priority = 1; priority <= 4; priority++) {
        engagement_id e;
        ticket_id id = a_case(w);
        struct ctx *cx = begin(w);
        check(db_script(
                  cx, arena_z(cx->arena, arena_fmt(cx->arena, "update ticket set priority = %d",
                                                   priority)))
              == OK);
        check(end(w, OK) == OK);
        check(hand(w, ADA, id, NET, &e) == OK);
        check(see(w, e).accept_due.ms == instant_plus(w->now, due_s[priority]).ms);
    }
}

static void a_late_acceptance_is_told_once(struct world *w)
{
    engagement_id e;
    ticket_id id = a_case(w);
    check(hand(w, ADA, id, NET, &e) == OK);
    run_jobs(w);
    check(events(w, "clock.breached") == 0);
    later(w, 60 * 60);
    run_jobs(w);
    run_jobs(w);
    check(events(w, "clock.breached") == 1 && see(w, e).state == ENGAGED_REQUESTED);
    check(look(w, id).work_team.n == FIRST);
}

const struct test engagement_tests[] = {
    T(G1_one_hand_over_waits),
    T(G1_one_question_waits),
    T(G2_nobody_is_in_the_team),
    T(G2_a_team_of_another_desk_does_not_exist),
    T(G3_the_contract_is_kept_with_its_completeness),
    T(G3_the_contract_is_prefilled),
    T(G6_a_team_is_asked_and_who_takes_it_says_so),
    T(G7_only_a_lead_skips_and_the_event_says_so),
    T(G21_what_was_tried_stands_on_the_card),
    T(G9_no_engagement_deletes_a_draft),
    T(G10_declining_keeps_what_would_be_accepted),
    T(G12_until_accepted_the_sender_answers_for_it),
    T(G12_care_moves_when_the_receiver_says_so),
    T(G13_the_line_of_acceptance_becomes_the_lagebild),
    T(G14_what_is_solved_is_not_moved),
    T(G16_a_request_is_forwarded_not_bounced),
    T(G16_an_accepted_case_is_forwarded_too),
    T(G18_of_two_who_take_it_one_wins),
    T(G18_a_stale_picture_hands_nothing_over),
    T(G18_an_answer_does_not_depend_on_the_case),
    T(G19_the_asked_team_sees_the_case_from_then_on),
    T(another_desk_touches_nothing),
    T(withdrawing_and_expiring),
    T(accepting_is_due_by_priority),
    T(a_late_acceptance_is_told_once),
    {0},
};
