// SPDX-License-Identifier: GPL-3.0-or-later
#include "engagement/engagement_test.h"

#include "base/limits.h"
#include "engagement/engagement_live.h"
#include "message/message.h"

static void be_ready(struct world *w, int person)
{
    check(end(w, engagement_live_set_ready(begin_as(w, person), true)) == OK);
}

static enum err ring(struct world *w, int person, ticket_id id, str text, engagement_id *out)
{
    struct ticket_at a = at(w, id);
    struct engagement_question q = {.text = text, .live = true};
    return end(w, engagement_ask(begin_as(w, person), &a, (team_id){NET}, &q, out));
}

static isize rings_for(struct world *w, int person, struct engagement_ring *first)
{
    struct engagement_ring *r;
    isize n = 0;
    check(engagement_live_rings(begin_as(w, person), &r, &n) == OK);
    check(end(w, OK) == OK);
    if (n > 0 && first != NULL)
        *first = r[0];
    return n;
}

static bool is_ready(struct world *w, int person)
{
    bool ready = false;
    check(engagement_live_is_ready(begin_as(w, person), &ready) == OK);
    check(end(w, OK) == OK);
    return ready;
}

// ben helps out in Network, too, so that two can be rung.
static void ben_joins_network(struct world *w)
{
    check(db_script(begin(w), "insert into person_team (person, team) values (2, 2)") == OK);
    check(end(w, OK) == OK);
}

static void E1_it_rings_for_who_is_ready_and_asked(struct world *w)
{
    engagement_id e;
    ticket_id id = a_case(w);
    check(ring(w, ADA, id, S("Wie?"), &e) == ERR_INVALID);    // nobody is ready
    be_ready(w, DORA);
    check(ring(w, ADA, id, S("Wie?"), &e) == ERR_INVALID);    // nobody of that team
    be_ready(w, CEM);
    be_ready(w, NINA);
    check(ring(w, ADA, id, S("Wie?"), &e) == OK);
    struct engagement_ring r = {0};
    check(rings_for(w, CEM, &r) == 1 && r.id.n == e.n && !r.mine);
    check(rings_for(w, ADA, &r) == 1 && r.mine);
    check(rings_for(w, BEN, NULL) == 0 && rings_for(w, DORA, NULL) == 0);
    check(rings_for(w, NINA, NULL) == 0);
    check(end(w, engagement_live_set_ready(begin_as(w, CEM), false)) == OK);
    check(rings_for(w, CEM, NULL) == 0);
}

static void E1_nobody_rings_for_himself(struct world *w)
{
    engagement_id e;
    ticket_id id = a_case(w);
    check(db_script(begin(w), "insert into person_team (person, team) values (1, 2)") == OK);
    check(end(w, OK) == OK);
    be_ready(w, ADA);
    check(ring(w, ADA, id, S("Wie?"), &e) == ERR_INVALID);
    be_ready(w, CEM);
    check(ring(w, ADA, id, S("Wie?"), &e) == OK);
    struct engagement_ring r = {0};
    check(rings_for(w, ADA, &r) == 1 && r.mine);
}

static void E2_ringing_and_talking_move_nothing(struct world *w)
{
    engagement_id e;
    ticket_id id = a_case(w);
    be_ready(w, CEM);
    check(ring(w, ADA, id, S("Wie?"), &e) == OK);
    check(look(w, id).ball_team.n == FIRST && see(w, e).accept_due.ms == 0);
    check(take(w, CEM, e) == OK);
    struct ticket t = look(w, id);
    check(t.ball_team.n == FIRST && t.work_team.n == FIRST && t.care_team.n == FIRST);
    check(end(w, engagement_answer(begin_as(w, CEM), now(w, e), S("So."))) == OK);
    check(look(w, id).ball_team.n == FIRST && see(w, e).state == ENGAGED_CONCLUDED);
    check_text(see(w, e).answer, S("So."));
}

static void E3_the_first_has_it_and_it_stops_for_the_others(struct world *w)
{
    engagement_id e;
    ticket_id id = a_case(w);
    ben_joins_network(w);
    be_ready(w, BEN);
    be_ready(w, CEM);
    check(ring(w, ADA, id, S("Wie?"), &e) == OK);
    check(rings_for(w, BEN, NULL) == 1 && rings_for(w, CEM, NULL) == 1);
    struct engagement_at seen = now(w, e);
    check(end(w, engagement_accept(begin_as(w, CEM), seen, S(""), false)) == OK);
    check(rings_for(w, BEN, NULL) == 0 && rings_for(w, CEM, NULL) == 0);
    check(end(w, engagement_accept(begin_as(w, BEN), seen, S(""), false)) == ERR_STALE);
    check(see(w, e).to_person.n == CEM);
}

static void E4_when_nobody_comes_it_waits_like_any_other(struct world *w)
{
    engagement_id e;
    ticket_id id = a_case(w);
    be_ready(w, CEM);
    check(ring(w, ADA, id, S("Wie?"), &e) == OK);
    later(w, LIMIT_RING_S - 1);
    run_jobs(w);
    check(see(w, e).live == LIVE_NOW && rings_for(w, CEM, NULL) == 1);
    struct engagement_at seen = now(w, e);
    later(w, 1);
    check(rings_for(w, CEM, NULL) == 0);
    run_jobs(w);
    struct engagement now_ = see(w, e);
    check(now_.live == LIVE_MISSED && now_.state == ENGAGED_REQUESTED);
    check(now_.accept_due.ms > w->now.ms && look(w, id).ball_team.n == NET);
    check(events(w, "engagement.rung") == 1 && events(w, "engagement.requested") == 1);
    check(end(w, engagement_accept(begin_as(w, CEM), seen, S(""), false)) == OK);
}

static void E4_what_was_answered_is_not_missed(struct world *w)
{
    engagement_id e;
    ticket_id id = a_case(w);
    be_ready(w, CEM);
    check(ring(w, ADA, id, S("Wie?"), &e) == OK && take(w, CEM, e) == OK);
    later(w, LIMIT_RING_S + 1);
    run_jobs(w);
    check(see(w, e).live == LIVE_NOW && look(w, id).ball_team.n == FIRST);
    check(events(w, "engagement.requested") == 0);
}

static void E4_a_live_transfer_becomes_a_hand_over(struct world *w)
{
    engagement_id e;
    ticket_id id = a_case(w);
    struct engagement_contract c = contract;
    c.live = true;
    be_ready(w, CEM);
    struct ticket_at a = at(w, id);
    check(end(w, engagement_hand_over(begin_as(w, ADA), &a, (team_id){NET}, &c, &e)) == OK);
    check(rings_for(w, CEM, NULL) == 1 && look(w, id).work_team.n == FIRST);
    later(w, LIMIT_RING_S);
    run_jobs(w);
    check(see(w, e).live == LIVE_MISSED && see(w, e).accept_due.ms > w->now.ms);
    check(take(w, CEM, e) == OK && look(w, id).work_team.n == NET);
}

static void E5_without_words_the_problem_is_the_question(struct world *w)
{
    engagement_id e;
    ticket_id id = a_case(w);
    be_ready(w, CEM);
    check(ring(w, ADA, id, S(""), &e) == OK);
    check_text(see(w, e).contract.problem, S("Alle Lampen an"));
    ticket_id other = a_case(w);
    struct ticket_at a = at(w, other);
    struct engagement_question q = {.text = S("")};
    check(end(w, engagement_ask(begin_as(w, ADA), &a, (team_id){NET}, &q, &e)) == ERR_INVALID);
}

static void E6_what_was_said_needs_no_words(struct world *w)
{
    engagement_id e;
    ticket_id id = a_case(w);
    be_ready(w, CEM);
    check(ring(w, ADA, id, S("Wie?"), &e) == OK);
    check(end(w, engagement_answer(begin_as(w, CEM), now(w, e), S(" "))) == ERR_INVALID);
    check(take(w, CEM, e) == OK);
    check(end(w, engagement_answer(begin_as(w, CEM), now(w, e), S(" "))) == OK);
    check_text(see(w, e).answer, S("Im Gespräch geklärt."));
    bool assisted = false;
    check(engagement_was_assisted(begin_as(w, ADA), id, &assisted) == OK && assisted);
    check(end(w, OK) == OK);
}

static enum err take_over(struct world *w, int person, engagement_id e, str line)
{
    struct engagement_at a = now(w, e);
    return end(w, engagement_live_take_over(begin_as(w, person), a, line, false));
}

static void E7_who_talks_may_take_it_over(struct world *w)
{
    engagement_id e;
    ticket_id id = a_case(w);
    be_ready(w, CEM);
    check(ring(w, ADA, id, S("Wie?"), &e) == OK);
    check(take_over(w, CEM, e, next_line) == ERR_INVALID);    // it only rings yet
    check(take(w, CEM, e) == OK);
    check(take_over(w, ADA, e, next_line) == ERR_DENIED);
    check(take_over(w, CEM, e, S("gut")) == ERR_INVALID);
    check(take_over(w, CEM, e, next_line) == OK);
    struct ticket t = look(w, id);
    check(t.work_team.n == NET && t.work_person.n == CEM && t.level == 2);
    check(t.care_team.n == FIRST && t.ball_team.n == NET);
    check(str_ends(t.current, next_line) && str_starts(t.current, S("Net")));    // whose
    check(see(w, e).state == ENGAGED_CONCLUDED);
    struct engagement h = see(w, (engagement_id){e.n + 1});
    check(h.mode == ENGAGE_HANDOVER && h.state == ENGAGED_ACCEPTED && h.from_person.n == ADA);
    check(h.contract.problem.n > 0 && h.contract.promised.n > 0 && h.to_person.n == CEM);
}

static void E7_under_the_guards_of_a_hand_over(struct world *w)
{
    engagement_id e, other;
    ticket_id id = a_case(w);
    be_ready(w, CEM);
    check(ring(w, ADA, id, S("Wie?"), &e) == OK && take(w, CEM, e) == OK);
    check(hand(w, ADA, id, NET, &other) == OK);    // G1: it is under way already
    check(take_over(w, CEM, e, next_line) == ERR_INVALID);
    check(look(w, id).work_team.n == FIRST && see(w, e).state == ENGAGED_ACCEPTED);
}

static void E7_all_of_it_or_nothing(struct world *w)
{
    engagement_id e;
    ticket_id id = a_case(w);
    be_ready(w, CEM);
    check(ring(w, ADA, id, S("Wie?"), &e) == OK && take(w, CEM, e) == OK);
    struct engagement_at a = now(w, e);
    struct who cem = who_is(w, CEM);
    EACH_FAULT(w) {
        struct ctx *cx = begin_with(w, cem);
        bool done = end(w, engagement_live_take_over(cx, a, next_line, false)) == OK;
        db_fail_at(w->db, 0);
        check(done == (look(w, id).work_team.n == NET));
        check(done == (see(w, e).state == ENGAGED_CONCLUDED));
    }
}

static void E8_ready_ends_by_itself(struct world *w)
{
    check(!is_ready(w, CEM));
    be_ready(w, CEM);
    be_ready(w, CEM);
    check(is_ready(w, CEM) && !is_ready(w, ADA));
    later(w, LIMIT_READY_S - 1);
    check(is_ready(w, CEM));
    later(w, 1);
    check(!is_ready(w, CEM));
    be_ready(w, CEM);
    check(end(w, engagement_live_set_ready(begin_as(w, CEM), false)) == OK);
    check(!is_ready(w, CEM) && ask(w, "select count(*) from consult_ready") == 0);
}

static void E9_who_asked_is_told_how_it_ended(struct world *w)
{
    engagement_id e;
    struct engagement_ring r = {0};
    ticket_id id = a_case(w);
    be_ready(w, CEM);
    check(ring(w, ADA, id, S("Wie?"), &e) == OK && take(w, CEM, e) == OK);
    later(w, 3600);    // a long talk
    check(rings_for(w, ADA, &r) == 1 && !engagement_live_ended(&r));
    check(end(w, engagement_answer(begin_as(w, CEM), now(w, e), S("So."))) == OK);
    later(w, LIMIT_TOLD_S - 1);
    check(rings_for(w, ADA, &r) == 1 && engagement_live_ended(&r));
    check_text(r.answer, S("So."));
    check(rings_for(w, CEM, NULL) == 0);
    later(w, 1);
    check(rings_for(w, ADA, NULL) == 0);
}

static void E9_also_when_nobody_came_or_said_no(struct world *w)
{
    engagement_id e;
    struct engagement_ring r = {0};
    ticket_id id = a_case(w);
    be_ready(w, CEM);
    check(ring(w, ADA, id, S("Wie?"), &e) == OK);
    later(w, LIMIT_RING_S);
    run_jobs(w);
    check(rings_for(w, ADA, &r) == 1 && r.live == LIVE_MISSED && engagement_live_ended(&r));
    check(rings_for(w, CEM, NULL) == 0);
    check(end(w, engagement_decline(begin_as(w, CEM), now(w, e), S("Fragt Mail."))) == OK);
    check(rings_for(w, ADA, &r) == 1 && r.state == ENGAGED_DECLINED);
    check_text(r.answer, S("Fragt Mail."));
}

// A case that came by mail, and one whose call is long over.
static void E10_somebody_is_on_the_line_only_during_a_call(struct world *w)
{
    bool calls = true;
    message_id m;
    ticket_id id = a_case(w);
    check(engagement_live_calls(begin_as(w, ADA), id, &calls) == OK && !calls);
    check(end(w, OK) == OK);
    struct ticket_at a = at(w, id);
    struct message_new said = {
        .kind = MESSAGE_CALL, .channel = CHANNEL_PHONE, .body = S("WLAN geht nicht")};
    check(end(w, message_add(begin_as(w, ADA), &a, &said, &m)) == OK);
    check(engagement_live_calls(begin_as(w, ADA), id, &calls) == OK && calls);
    check(end(w, OK) == OK);
    check(engagement_live_calls(begin_as(w, BEN), id, &calls) == OK && !calls);
    check(end(w, OK) == OK);
    later(w, LIMIT_CALL_S);
    check(engagement_live_calls(begin_as(w, ADA), id, &calls) == OK && !calls);
    check(end(w, OK) == OK);
}

const struct test engagement_live_tests[] = {
    T(E1_it_rings_for_who_is_ready_and_asked),
    T(E1_nobody_rings_for_himself),
    T(E2_ringing_and_talking_move_nothing),
    T(E3_the_first_has_it_and_it_stops_for_the_others),
    T(E4_when_nobody_comes_it_waits_like_any_other),
    T(E4_what_was_answered_is_not_missed),
    T(E4_a_live_transfer_becomes_a_hand_over),
    T(E5_without_words_the_problem_is_the_question),
    T(E6_what_was_said_needs_no_words),
    T(E7_who_talks_may_take_it_over),
    T(E7_under_the_guards_of_a_hand_over),
    T(E7_all_of_it_or_nothing),
    T(E8_ready_ends_by_itself),
    T(E9_who_asked_is_told_how_it_ended),
    T(E9_also_when_nobody_came_or_said_no),
    T(E10_somebody_is_on_the_line_only_during_a_call),
    {0},
};
