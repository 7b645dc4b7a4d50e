// SPDX-License-Identifier: GPL-3.0-or-later
#include "engagement/engagement_test.h"

#include "engagement/engagement_path.h"

static void the_path_has_no_gap(struct world *w)
{
    engagement_id e, up, back;
    ticket_id id = a_case(w);
    later(w, 60);
    check(ask_team(w, ADA, id, NET, &e) == OK);
    later(w, 60);
    check(end(w, engagement_answer(begin_as(w, CEM), now(w, e), S("Ja"))) == OK);
    check(hand(w, ADA, id, NET, &up) == OK);
    later(w, 60);
    check(take(w, CEM, up) == OK);
    later(w, 60);
    check(give_back(w, CEM, id, RETURN_KNOWN, (solution_id){0}, &back) == OK);
    later(w, 60);
    check(take(w, ADA, back) == OK);
    struct engagement_station *s;
    isize n;
    check(engagement_path(begin_as(w, ADA), id, &s, &n) == OK && n == 4);
    check(s[0].team.n == FIRST && s[0].worked && s[0].level == 1 && s[0].mode == 0);
    check(s[1].mode == ENGAGE_CONSULT && !s[1].worked && s[1].until.ms - s[1].from.ms == 60000);
    check(s[2].mode == ENGAGE_HANDOVER && s[2].worked && s[2].level == 2);
    check(s[0].until.ms == s[2].from.ms && s[2].until.ms == s[3].from.ms);
    check(s[3].mode == ENGAGE_RETURN && s[3].team.n == FIRST && s[3].until.ms == 0);
    check_text(s[2].name.de, S("Netz"));
    check(end(w, OK) == OK);
    check(engagement_path(begin_as(w, NINA), id, &s, &n) == ERR_ABSENT);
    end(w, OK);
}

static isize waiting(struct world *w, int person, int64_t team)
{
    struct engagement_waiting *x;
    isize n = -1;
    check(engagement_path_waiting(begin_as(w, person), (team_id){team}, &x, &n) == OK);
    check(end(w, OK) == OK);
    return n;
}

static void what_waits_for_a_team(struct world *w)
{
    engagement_id one, two;
    check(hand(w, ADA, a_case(w), NET, &one) == OK);
    check(ask_team(w, ADA, a_case(w), NET, &two) == OK);
    check(waiting(w, CEM, 0) == 2 && waiting(w, CEM, NET) == 2);
    check(waiting(w, ADA, 0) == 0 && waiting(w, ADA, NET) == 2 && waiting(w, NINA, NET) == 0);
    struct engagement_waiting *x;
    isize n;
    check(engagement_path_waiting(begin_as(w, CEM), (team_id){NET}, &x, &n) == OK && n == 2);
    check(x[0].mode == ENGAGE_HANDOVER && x[0].completeness == 100);    // an hour before two
    check_text(x[0].from_name.de, S("Servicetelefon"));
    check_text(x[0].subject, S("WLAN geht nicht"));
    check(end(w, OK) == OK);
    check(take(w, CEM, one) == OK && take(w, CEM, two) == OK);
    check(waiting(w, CEM, 0) == 1);    // looked at is not yet answered
}

static void the_ball_in_words(struct world *w)
{
    struct arena *a = &w->kept;
    struct ticket t = {.ball = BALL_TEAM,
                       .ball_team = {FIRST},
                       .ball_team_name = SAY("Service desk", "Servicetelefon")};
    struct engagement e = {.mode = ENGAGE_HANDOVER,
                           .state = ENGAGED_REQUESTED,
                           .to_team = {NET},
                           .to_name = SAY("Network", "Netz")};
    check_text(engagement_path_ball(a, &t, NULL, 0).de, S("Servicetelefon"));
    check_text(engagement_path_ball(a, &t, &e, 1).de, S("Servicetelefon, bis Netz annimmt"));
    check_text(engagement_path_ball(a, &t, &e, 1).en, S("Service desk, until Network accepts"));
    e.state = ENGAGED_DECLINED;
    t.work_person_name = S("ada");
    check_text(engagement_path_ball(a, &t, &e, 1).de, S("Servicetelefon (ada)"));
    t.ball_team = (team_id){NET};
    t.ball_team_name = SAY("Network", "Netz");
    e.mode = ENGAGE_CONSULT;
    e.state = ENGAGED_ACCEPTED;
    check_text(engagement_path_ball(a, &t, &e, 1).de,
               S("Netz muss eine Rückfrage beantworten"));
    t.ball = BALL_CUSTOMER;
    check_text(engagement_path_ball(a, &t, &e, 1).en, ticket_words_ball[BALL_CUSTOMER].name.en);
}

static struct engagement_station stop(int64_t team, bool worked)
{
    return (struct engagement_station){.team = {team},
                                       .name = team == NET ? SAY("Net", "Netz")
                                                           : SAY("First", "Erstes"),
                                       .worked = worked};
}

static void ping_pong_is_a_team_that_has_it_again(struct world *w)
{
    (void)w;
    const struct engagement_station way[] = {stop(FIRST, true),    stop(NET, true),
                                             stop(EXPERTS, false), stop(FIRST, true),
                                             stop(FIRST, true),    stop(NET, true)};
    check(engagement_path_bounce(way, 2).times == 0);
    check(engagement_path_bounce(way, 3).times == 0);    // a question moves nothing
    struct engagement_bounce b = engagement_path_bounce(way, 4);
    check(b.times == 1 && str_eq(b.first.de, S("Erstes")) && str_eq(b.second.de, S("Netz")));
    b = engagement_path_bounce(way, 6);
    check(b.times == 2 && str_eq(b.first.de, S("Netz")) && str_eq(b.second.de, S("Erstes")));
    const struct engagement_station round[] = {stop(FIRST, true), stop(NET, true),
                                               stop(EXPERTS, true), stop(FIRST, true)};
    check(engagement_path_bounce(round, 4).times == 0);    // a way round is no ping-pong
    const struct engagement_station others[] = {stop(FIRST, true), stop(NET, true),
                                                stop(FIRST, true), stop(EXPERTS, true),
                                                stop(FIRST, true)};
    check(engagement_path_bounce(others, 5).times == 1);    // once with each
}

const struct test engagement_path_tests[] = {
    T(ping_pong_is_a_team_that_has_it_again),
    T(the_path_has_no_gap),
    T(what_waits_for_a_team),
    T(the_ball_in_words),
    {0},
};
