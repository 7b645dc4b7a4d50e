// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/test.h"

#include "engagement/engagement.h"
#include "promise/promise.h"
#include "solving/solving.h"

static struct solution_step one_step = {{"Funkkanal wechseln", 18}, {"", 0}};

// A case that Network works on; a question to the experts and a hand-over to them may wait.
static ticket_id a_case_of_net(struct world *w)
{
    struct ctx *cx = begin_as(w, CEM);
    struct ticket_made made = {0};
    check(ticket_create(cx,
                        &(struct ticket_new){.channel = CHANNEL_PHONE,
                                             .subject = S("WLAN geht nicht"),
                                             .team = {NET}},
                        &made)
          == OK);
    check(ticket_open(cx, &made.at) == OK);
    check(end(w, OK) == OK);
    return made.at.id;
}

static struct ticket look(struct world *w, ticket_id id)
{
    struct ticket t = {0};
    check(ticket_load(begin(w), id, &t) == OK);
    check(end(w, OK) == OK);
    return t;
}

static struct ticket_at at(struct world *w, ticket_id id)
{
    struct ticket t = look(w, id);
    return ticket_at(&t);
}

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

static enum err solve(struct world *w, int person, ticket_id id, struct solving s,
                      struct solving_done *out)
{
    struct ticket_at a = at(w, id);
    return end(w, solving_finish(begin_as(w, person), &a, &s, out));
}

static const struct solving in_words = {.text = {"Funkkanal gewechselt, läuft wieder", 35},
                                        .told = true};

static engagement_id ask_experts(struct world *w, ticket_id id)
{
    engagement_id e = {0};
    struct ticket_at a = at(w, id);
    struct engagement_question q = {.text = S("Ist das bekannt?")};
    check(end(w, engagement_ask(begin_as(w, CEM), &a, (team_id){EXPERTS}, &q, &e)) == OK);
    return e;
}

static void S1_all_of_it_or_nothing(struct world *w)
{
    ticket_id id = a_case_of_net(w);
    ask_experts(w, id);
    struct ticket_at first = at(w, id);
    struct solution fresh = {.kind = SOLUTION_FIX,
                             .confidence = SOLUTION_NOT_VALIDATED,
                             .audience = SOLUTION_L2,
                             .lang = LANG_DE,
                             .title = S("WLAN"),
                             .step = &one_step,
                             .steps = 1};
    struct solving s = {.fresh = &fresh, .told = true};
    const struct who cem = who_is(w, CEM);
    EACH_FAULT(w) {
        struct ticket_at a = first;
        struct solving_done done;
        end(w, solving_finish(begin_with(w, cem), &a, &s, &done));
        int64_t solved = ask(w, "select count(*) from ticket where status = 6");
        check(solved == ask(w, "select count(*) from solution"));
        check(solved == ask(w, "select count(*) from solution_link"));
        check(solved == ask(w, "select count(*) from duty"));
        check(solved == 1 - ask(w, "select count(*) from engagement where state = 1"));
        check(solved == ask(w, "select count(*) from event where kind = 'ticket.solved'"));
        check(solved == ask(w, "select count(*) from event where kind = 'duty.created'"));
    }
    check(look(w, id).status == TICKET_SOLVED);
}

static void S2_a_known_solution_solves_it(struct world *w)
{
    struct solving_done done;
    ticket_id id = a_case_of_net(w);
    solution_id s = given(w, SOLUTION_L1);
    check(solve(w, CEM, id, (struct solving){.solution = s, .told = true}, &done) == OK);
    check(done.solution.n == s.n && done.duty.n == 0 && !done.assisted);
    struct ticket t = look(w, id);
    check(t.solved_how == SOLVED_BY_SOLUTION && t.solution == s.n && t.solved_level == 2);
    check(ask(w, "select reused from solution") == 1);
}

static void S2_a_new_one_is_written_along(struct world *w)
{
    struct solving_done done;
    struct solution fresh = {.kind = SOLUTION_FIX,
                             .confidence = SOLUTION_NOT_VALIDATED,
                             .audience = SOLUTION_L1,
                             .lang = LANG_DE,
                             .title = S("WLAN"),
                             .step = &one_step,
                             .steps = 1};
    ticket_id id = a_case_of_net(w);
    check(solve(w, CEM, id, (struct solving){.fresh = &fresh, .told = true}, &done) == OK);
    check(done.solution.n != 0 && done.duty.n == 0);
    check(ask(w, "select existed from solution_link") == 0);
    check(solve(w, CEM, a_case_of_net(w),
                (struct solving){.fresh = &fresh, .solution = done.solution, .told = true},
                &done)
          == ERR_INVALID);
}

static void S11_an_empty_card_is_refused(struct world *w)
{
    struct solving_done done;
    struct solution fresh = {.kind = SOLUTION_FIX,
                             .confidence = SOLUTION_NOT_VALIDATED,
                             .audience = SOLUTION_L1,
                             .lang = LANG_DE,
                             .title = S("WLAN"),
                             .body = S("Stand am Kanal.")};
    ticket_id id = a_case_of_net(w);
    const struct solving s = {.fresh = &fresh, .told = true};
    check(solve(w, CEM, id, s, &done) == ERR_INVALID);
    check(ask(w, "select count(*) from solution") == 0 && look(w, id).status == TICKET_OPEN);
    fresh.step = &one_step;
    fresh.steps = 1;
    check(solve(w, CEM, id, s, &done) == OK);
}

static void S2_words_must_say_something(struct world *w)
{
    struct solving_done done;
    ticket_id id = a_case_of_net(w);
    check(solve(w, CEM, id, (struct solving){.text = S("geht"), .told = true}, &done)
          == ERR_INVALID);
    check(solve(w, CEM, id, in_words, &done) == OK && done.duty.n != 0);
    check(look(w, id).solved_how == SOLVED_BY_TEXT);
}

static void S3_nothing_is_left_open(struct world *w)
{
    struct solving_done done;
    ticket_id id = a_case_of_net(w);
    ask_experts(w, id);
    check(solve(w, CEM, id, in_words, &done) == OK);
    check(ask(w, "select count(*) from engagement where state in (1, 2)") == 0);
    check(look(w, id).ball == BALL_NOBODY && !done.assisted);
}

static void S4_an_answer_of_another_team_is_assistance(struct world *w)
{
    struct solving_done done;
    ticket_id id = a_case_of_net(w);
    engagement_id e = ask_experts(w, id);
    check(end(w, engagement_answer(begin_as(w, DORA), (struct engagement_at){e, 1}, S("Ja")))
          == OK);
    check(solve(w, CEM, id, in_words, &done) == OK && done.assisted && look(w, id).assisted);
}

static void S5_promises_end_with_the_case(struct world *w)
{
    struct solving_done done;
    ticket_id id = a_case_of_net(w);
    struct ticket_at a = at(w, id);
    promise_id answer, call;
    struct ctx *cx = begin_as(w, CEM);
    const struct promise_new one = {.kind = PROMISE_ANSWER, .due = {cx->now.ms + 3600000}};
    const struct promise_new two = {
        .kind = PROMISE_OTHER, .what = S("Rückruf"), .due = {cx->now.ms + 7200000}};
    check(promise_give(cx, &a, &one, &answer) == OK);
    check(promise_give(cx, &a, &two, &call) == OK);
    check(end(w, OK) == OK);
    check(solve(w, CEM, id, in_words, &done) == OK);
    check(look(w, id).due.ms == 0);
    struct promise p;
    ticket_id of;
    check(promise_load(begin_as(w, CEM), answer, &of, &p) == OK && p.state == PROMISE_KEPT);
    end(w, OK);
    check(promise_load(begin_as(w, CEM), call, &of, &p) == OK && p.state == PROMISE_DROPPED);
    end(w, OK);
}

static void S6_the_writer_needs_the_right(struct world *w)
{
    struct solving_done done;
    struct solution fresh = {.kind = SOLUTION_FIX,
                             .confidence = SOLUTION_VALIDATED,
                             .audience = SOLUTION_PUBLIC,
                             .lang = LANG_DE,
                             .title = S("WLAN"),
                             .step = &one_step,
                             .steps = 1};
    struct ticket_made made;
    struct ctx *cx = begin_as(w, ADA);
    check(ticket_create(
              cx, &(struct ticket_new){.channel = CHANNEL_PHONE, .subject = S("WLAN")}, &made)
          == OK);
    check(ticket_open(cx, &made.at) == OK);
    check(end(w, OK) == OK);
    const struct solving s = {.fresh = &fresh, .told = true};
    check(solve(w, ADA, made.at.id, s, &done) == ERR_DENIED);
    fresh.confidence = SOLUTION_NOT_VALIDATED;
    fresh.audience = SOLUTION_L1;
    check(solve(w, ADA, made.at.id, s, &done) == OK);
}

static void S7_a_case_that_waits_is_taken_up_first(struct world *w)
{
    struct solving_done done;
    ticket_id id = a_case_of_net(w);
    struct ticket_at a = at(w, id);
    const struct ticket_waiting vendor = {.for_what = TICKET_WAITING_VENDOR};
    check(end(w, ticket_wait(begin_as(w, CEM), &a, &vendor)) == OK);
    check(solve(w, CEM, id, in_words, &done) == OK && look(w, id).status == TICKET_SOLVED);
    check(ask(w, "select count(*) from event where kind = 'ticket.resumed'") == 1);

    struct ticket_made made = {0};
    const struct ticket_new fresh = {
        .channel = CHANNEL_PHONE, .subject = S("WLAN"), .team = {NET}};
    check(end(w, ticket_create(begin_as(w, CEM), &fresh, &made)) == OK);
    check(look(w, made.at.id).status == TICKET_NEW);
    check(solve(w, CEM, made.at.id, in_words, &done) == OK);

    id = a_case_of_net(w);
    a = at(w, id);
    check(end(w, ticket_wait(begin_as(w, CEM), &a, &vendor)) == OK);
    const struct solving gone = {.how = SOLVED_WITHDRAWN};
    check(solve(w, CEM, id, gone, &done) == OK && done.duty.n == 0);
    check(ask(w, "select count(*) from event where kind = 'ticket.resumed'") == 1);
}

static void a_duty_of_a_return_is_settled_by_the_solution(struct world *w)
{
    struct solving_done done;
    ticket_id id = a_case_of_net(w);
    duty_id owed;
    check(end(w, duty_on_return(begin_as(w, CEM), id, (team_id){NET}, (solution_id){0}, &owed))
          == OK);
    solution_id s = given(w, SOLUTION_L1);
    check(solve(w, CEM, id, (struct solving){.solution = s, .told = true}, &done) == OK);
    struct duty d = {0};
    check(duty_load(begin_as(w, CEM), owed, &d) == OK && d.state == DUTY_PUBLISHED);
    check(end(w, OK) == OK);
}

static void another_desk_solves_nothing(struct world *w)
{
    struct solving_done done;
    ticket_id id = a_case_of_net(w);
    check(solve(w, NINA, id, in_words, &done) == ERR_ABSENT);
    check(solve(w, ADA, id, in_words, &done) == ERR_ABSENT);    // not her team's either
    struct ticket_at old = at(w, id), touched = old;
    check(end(w, ticket_touch(begin(w), &touched, TICKET_TOUCHED)) == OK);
    check(end(w, solving_finish(begin_as(w, CEM), &old, &in_words, &done)) == ERR_STALE);
    check(ask(w, "select count(*) from duty") == 0);
}

static void S9_says_whether_level_1_could_have(struct world *w)
{
    struct solving_done done;
    ticket_id id = a_case_of_net(w);
    struct solving s = {.how = SOLVED_BY_ITSELF, .told = true, .front = FRONT_YES};
    check(solve(w, CEM, id, s, &done) == ERR_INVALID);    // by what?
    s.front = FRONT_NO + 1;
    check(solve(w, CEM, id, s, &done) == ERR_INVALID);
    s = in_words;
    s.front = FRONT_YES;
    check(solve(w, CEM, id, s, &done) == OK && done.duty.n != 0);    // owed from now on
    check(ask(w, "select front from ticket") == FRONT_YES);
    check(ask(w, "select count(*) from event where kind = 'ticket.front' and level = 2") == 1);
}

static void S9_yes_with_the_solution_owes_nothing(struct world *w)
{
    struct solving_done done;
    solution_id known = given(w, SOLUTION_L1);
    struct solving s = {.solution = known, .told = true, .front = FRONT_YES};
    check(solve(w, CEM, a_case_of_net(w), s, &done) == OK && done.duty.n == 0);
    s = (struct solving){.solution = given(w, SOLUTION_L2), .told = true, .front = FRONT_YES};
    check(solve(w, CEM, a_case_of_net(w), s, &done) == OK && done.duty.n != 0);
    s = (struct solving){.how = SOLVED_BY_ITSELF, .told = true, .front = FRONT_NO};
    check(solve(w, CEM, a_case_of_net(w), s, &done) == OK && done.duty.n == 0);
    check(ask(w, "select count(*) from ticket where front = 2") == 1);
}

const struct test solving_tests[] = {
    T(S9_says_whether_level_1_could_have),
    T(S9_yes_with_the_solution_owes_nothing),
    T(S1_all_of_it_or_nothing),
    T(S2_a_known_solution_solves_it),
    T(S2_a_new_one_is_written_along),
    T(S11_an_empty_card_is_refused),
    T(S2_words_must_say_something),
    T(S3_nothing_is_left_open),
    T(S4_an_answer_of_another_team_is_assistance),
    T(S5_promises_end_with_the_case),
    T(S6_the_writer_needs_the_right),
    T(S7_a_case_that_waits_is_taken_up_first),
    T(a_duty_of_a_return_is_settled_by_the_solution),
    T(another_desk_solves_nothing),
    {0},
};
