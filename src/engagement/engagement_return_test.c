// SPDX-License-Identifier: GPL-3.0-or-later
#include "engagement/engagement_test.h"

#include "duty/duty.h"

static solution_id given(struct world *w, int audience)
{
    struct solution s = {.kind = SOLUTION_FIX,
                         .confidence = SOLUTION_VALIDATED,
                         .audience = audience,
                         .lang = LANG_DE,
                         .title = S("WLAN")};
    solution_id id = {0};
    check(end(w, solution_add(begin_as(w, EVA), &s, &id)) == OK);
    return id;
}

static void G2_nobody_there_gets_nothing_back(struct world *w)
{
    engagement_id e;
    ticket_id id = a_case_of_net(w, &e);
    struct ctx *cx = begin(w);
    check(end(w, db_script(cx, "delete from person_team where team = 1")) == OK);
    struct ticket_at a = at(w, id);
    struct engagement_return r = {.reason = RETURN_NOT_SEEN, .text = S("nie gesehen")};
    cx = begin_as(w, CEM);
    check(engagement_return(cx, &a, &r, &e) == ERR_INVALID);
    check(str_find(cx->detail.en, S("Hand it over to another team")) >= 0);
    end(w, ERR_INVALID);
    later(w, 30 * 60);
    run_jobs(w);
    check(look(w, id).work_team.n == NET);
    check(hand(w, CEM, id, EXPERTS, &e) == OK);    // the other way is open
}

static void G2_nobody_is_left_when_it_would_be_accepted(struct world *w)
{
    engagement_id e;
    ticket_id id = a_case_of_net(w, &e);
    check(give_back(w, CEM, id, RETURN_NOT_SEEN, (solution_id){0}, &e) == OK);
    check(end(w, db_script(begin(w), "delete from person_team where team = 1")) == OK);
    later(w, 30 * 60);
    run_jobs(w);
    struct ticket t = look(w, id);
    check(see(w, e).state == ENGAGED_WITHDRAWN && t.work_team.n == NET && t.ball_team.n == NET);
    check(events(w, "engagement.withdrawn") == 1 && events(w, "engagement.returned") == 0);
    check(hand(w, CEM, id, EXPERTS, &e) == OK);    // the other way is open
}

static void G2_who_is_only_asked_by_now_accepts_no_case(struct world *w)
{
    engagement_id e;
    ticket_id id = a_case(w);
    check(hand(w, ADA, id, NET, &e) == OK);
    check(end(w, db_script(begin(w), "update team set department = 1 where id = 2")) == OK);
    check(take(w, CEM, e) == ERR_INVALID);
    check(look(w, id).work_team.n == FIRST && see(w, e).state == ENGAGED_REQUESTED);
}

static void G4_with_the_solution_nothing_is_owed(struct world *w)
{
    engagement_id e;
    ticket_id id = a_case_of_net(w, &e);
    solution_id s = given(w, SOLUTION_L1);
    check(give_back(w, CEM, id, RETURN_KNOWN, s, &e) == OK);
    check(see(w, e).solution.n == s.n && ask(w, "select count(*) from duty") == 0);
}

static void G4_the_named_solution_is_linked(struct world *w)
{
    engagement_id e;
    ticket_id id = a_case_of_net(w, &e);
    check(give_back(w, CEM, id, RETURN_KNOWN, given(w, SOLUTION_L1), &e) == OK);
    struct solution_link *link;
    isize n;
    check(solution_links(begin_as(w, ADA), id, &link, &n) == OK && n == 1);
    check(link[0].role == LINK_NAMED && link[0].key == 101);
    check(end(w, OK) == OK && ask(w, "select reused from solution") == 0);
}

static void G4_what_level_1_may_not_see_is_not_named_to_it(struct world *w)
{
    engagement_id e;
    ticket_id id = a_case_of_net(w, &e);
    struct engagement_return r = {.reason = RETURN_KNOWN, .solution = given(w, SOLUTION_L2)};
    struct ticket_at a = at(w, id);
    struct ctx *cx = begin_as(w, CEM);
    check(engagement_return(cx, &a, &r, &e) == ERR_INVALID);
    check(str_find(cx->detail.de, S("1. Level darf L-101 nicht sehen")) >= 0);
    check(end(w, ERR_INVALID) == ERR_INVALID && ask(w, "select count(*) from duty") == 0);
}

static void G4_without_it_the_returning_team_owes_it(struct world *w)
{
    engagement_id e;
    ticket_id id = a_case_of_net(w, &e);
    check(give_back(w, CEM, id, RETURN_KNOWN, (solution_id){0}, &e) == OK);
    struct duty *d;
    isize n;
    check(duty_of_ticket(begin_as(w, CEM), id, &d, &n) == OK && n == 1);
    check(d[0].team.n == NET && d[0].cause == DUTY_RETURN);
    check(end(w, OK) == OK);
}

static void G4_other_reasons_owe_nothing(struct world *w)
{
    engagement_id e;
    ticket_id id = a_case_of_net(w, &e);
    check(give_back(w, CEM, id, RETURN_NOT_SEEN, (solution_id){0}, &e) == OK);
    check(ask(w, "select count(*) from duty") == 0);
}

static void G4_what_is_missing_names_itself(struct world *w)
{
    engagement_id e;
    ticket_id id = a_case(w);
    struct ticket_at a = at(w, id);
    struct engagement_contract c = contract;
    c.situation = S("");
    check(end(w, engagement_hand_over(begin_as(w, ADA), &a, (team_id){NET}, &c, &e)) == OK);
    check(take(w, CEM, e) == OK);
    a = at(w, id);
    struct engagement_return r = {.reason = RETURN_INCOMPLETE};
    check(end(w, engagement_return(begin_as(w, CEM), &a, &r, &e)) == OK);
    check_text(see(w, e).reason_text, S("Lage"));
}

static void G5_a_second_return_is_refused(struct world *w)
{
    engagement_id e;
    ticket_id id = a_case_of_net(w, &e);
    check(give_back(w, CEM, id, RETURN_NOT_SEEN, (solution_id){0}, &e) == OK);
    check(take(w, ADA, e) == OK);
    check(look(w, id).returns == 1 && look(w, id).level == 1);
    check(hand(w, ADA, id, NET, &e) == OK && take(w, CEM, e) == OK);
    struct ticket_at a = at(w, id);
    struct engagement_return r = {.reason = RETURN_NOT_SEEN, .text = S("wieder nicht")};
    struct ctx *cx = begin_as(w, CEM);
    check(engagement_return(cx, &a, &r, &e) == ERR_INVALID);
    check(str_find(cx->detail.en, S("must become a consult or go to the lead")) >= 0);
    end(w, ERR_INVALID);
    check(hand(w, CEM, id, FIRST, &e) == ERR_INVALID);    // nor under another name
    check(ask_team(w, CEM, id, FIRST, &e) == OK);         // but they can talk
}

static void G5_a_withdrawn_return_does_not_count(struct world *w)
{
    engagement_id e;
    ticket_id id = a_case_of_net(w, &e);
    check(give_back(w, CEM, id, RETURN_NOT_SEEN, (solution_id){0}, &e) == OK);
    check(end(w, engagement_withdraw(begin_as(w, CEM), now(w, e))) == OK);
    check(give_back(w, CEM, id, RETURN_NOT_SEEN, (solution_id){0}, &e) == OK);
}

static void G17_a_return_is_accepted_by_itself(struct world *w)
{
    engagement_id e, first;
    ticket_id id = a_case_of_net(w, &first);
    check(give_back(w, CEM, id, RETURN_NOT_SEEN, (solution_id){0}, &e) == OK);
    check(look(w, id).work_team.n == NET);    // G12
    check(end(w, engagement_decline(begin_as(w, ADA), now(w, e), S("bitte nicht zurück")))
          == ERR_INVALID);
    later(w, 30 * 60 - 1);
    run_jobs(w);
    check(see(w, e).state == ENGAGED_REQUESTED);
    later(w, 1);
    run_jobs(w);
    struct ticket t = look(w, id);
    check(see(w, e).state == ENGAGED_ACCEPTED && t.work_team.n == FIRST && t.level == 1);
    check(t.work_person.n == 0 && t.returns == 1 && t.ball_team.n == FIRST);
    check(see(w, first).state == ENGAGED_CONCLUDED && events(w, "engagement.returned") == 1);
}

static void G17_nobody_waits_for_what_is_over(struct world *w)
{
    engagement_id e, first;
    ticket_id id = a_case_of_net(w, &first);
    check(give_back(w, CEM, id, RETURN_NOT_SEEN, (solution_id){0}, &e) == OK);
    struct ticket_at a = at(w, id);
    check(end(w, ticket_spam(begin_as(w, CEM), &a)) == OK);
    later(w, 30 * 60);
    run_jobs(w);
    check(see(w, e).state == ENGAGED_WITHDRAWN && look(w, id).work_team.n == NET);
    check(ask(w, "select count(*) from job where kind = 'engagement_due' and tries > 0") == 0);
}

const struct test engagement_return_tests[] = {
    T(G17_nobody_waits_for_what_is_over),
    T(G2_nobody_there_gets_nothing_back),
    T(G2_nobody_is_left_when_it_would_be_accepted),
    T(G2_who_is_only_asked_by_now_accepts_no_case),
    T(G4_with_the_solution_nothing_is_owed),
    T(G4_the_named_solution_is_linked),
    T(G4_what_level_1_may_not_see_is_not_named_to_it),
    T(G4_without_it_the_returning_team_owes_it),
    T(G4_other_reasons_owe_nothing),
    T(G4_what_is_missing_names_itself),
    T(G5_a_second_return_is_refused),
    T(G5_a_withdrawn_return_does_not_count),
    T(G17_a_return_is_accepted_by_itself),
    {0},
};
