// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/test.h"

#include "base/zone.h"
#include "duty/duty.h"
#include "job/job.h"

static solution_id given(struct world *w, int audience, enum confidence confidence)
{
    struct solution s = {.kind = SOLUTION_FIX,
                         .confidence = confidence,
                         .audience = audience,
                         .lang = LANG_DE,
                         .title = S("WLAN geht nicht")};
    solution_id id = {0};
    check(end(w, solution_add(begin_as(w, EVA), &s, &id)) == OK);
    return id;
}

// A case that Network works on and has solved, with this solution if any.
static ticket_id solved_by(struct world *w, int64_t team, int level, solution_id solution)
{
    struct ctx *cx = begin(w);
    struct ticket_made made = {0};
    check(ticket_create(cx,
                        &(struct ticket_new){.channel = CHANNEL_PHONE,
                                             .subject = S("WLAN geht nicht"),
                                             .team = {team}},
                        &made)
          == OK);
    struct ticket_at at = made.at;
    check(ticket_open(cx, &at) == OK);
    if (solution.n != 0)
        check(solution_link(cx, at.id, solution, LINK_RESOLVED) == OK);
    check(ticket_solve(cx, &at,
                       &(struct ticket_solving){.how = solution.n != 0 ? SOLVED_BY_SOLUTION
                                                                       : SOLVED_BY_TEXT,
                                                .solution = solution.n,
                                                .text = S("Funkkanal gewechselt, läuft wieder"),
                                                .level = level,
                                                .told = true})
          == OK);
    check(end(w, OK) == OK);
    return at.id;
}

static enum err owe(struct world *w, ticket_id ticket, duty_id *out)
{
    return end(w, duty_on_solved(begin_as(w, CEM), ticket, out));
}

static duty_id owed_by_net(struct world *w, solution_id solution)
{
    duty_id id = {0};
    check(owe(w, solved_by(w, NET, 2, solution), &id) == OK);
    return id;
}

static struct duty look(struct world *w, duty_id id)
{
    struct duty d = {0};
    struct ctx *cx = begin_as(w, CEM);
    check(duty_load(cx, id, &d) == OK);
    check(end(w, OK) == OK);
    return d;
}

static void F1_needed_above_level_1_only(struct world *w)
{
    (void)w;
    enum duty_cause cause;
    int audience;
    const struct duty_link l1 = {SOLUTION_L1, SOLUTION_VALIDATED};
    const struct duty_link l2 = {SOLUTION_L2, SOLUTION_VALIDATED};
    const struct duty_link unfinished = {SOLUTION_L1, SOLUTION_WIP};
    const struct duty_link both[] = {l2, l1};
    check(!duty_needed(1, SOLVED_BY_TEXT, NULL, 0, &cause, &audience));
    check(duty_needed(2, SOLVED_BY_TEXT, NULL, 0, &cause, &audience));
    check(cause == DUTY_NO_SOLUTION && audience == SOLUTION_L1);
    check(!duty_needed(2, SOLVED_BY_SOLUTION, &l1, 1, &cause, &audience));
    check(duty_needed(2, SOLVED_BY_SOLUTION, &l2, 1, &cause, &audience));
    check(cause == DUTY_AUDIENCE);
    check(duty_needed(2, SOLVED_BY_SOLUTION, &unfinished, 1, &cause, &audience));
    check(!duty_needed(2, SOLVED_BY_SOLUTION, both, 2, &cause, &audience));
}

static void F1_what_was_not_solved_teaches_nothing(struct world *w)
{
    (void)w;
    enum duty_cause cause;
    int audience;
    static const enum solved_how none[] = {SOLVED_BY_ITSELF, SOLVED_NOT_OURS, SOLVED_NO_REPLY,
                                           SOLVED_WITHDRAWN};
    for (isize i = 0; i < countof(none); i++)
        check(!duty_needed(3, none[i], NULL, 0, &cause, &audience));
}

static void F1_solving_creates_it(struct world *w)
{
    duty_id id;
    check(owe(w, solved_by(w, NET, 2, (solution_id){0}), &id) == OK && id.n != 0);
    struct duty d = look(w, id);
    check(d.state == DUTY_OPEN && d.cause == DUTY_NO_SOLUTION && d.team.n == NET);
    check_text(d.subject, S("WLAN geht nicht"));
    check(owe(w, solved_by(w, NET, 2, given(w, SOLUTION_L1, SOLUTION_VALIDATED)), &id) == OK);
    check(id.n == 0);
    check(owe(w, solved_by(w, NET, 1, (solution_id){0}), &id) == OK && id.n == 0);
    check(ask(w, "select count(*) from duty") == 1);
    check(ask(w, "select count(*) from event where kind = 'duty.created'") == 1);
}

static void F1_a_return_without_a_solution_creates_it(struct world *w)
{
    duty_id id;
    ticket_id ticket = solved_by(w, NET, 2, (solution_id){0});
    solution_id usable = given(w, SOLUTION_L1, SOLUTION_VALIDATED);
    solution_id hidden = given(w, SOLUTION_L2, SOLUTION_VALIDATED);
    check(end(w, duty_on_return(begin_as(w, CEM), ticket, (team_id){NET}, usable, &id)) == OK);
    check(id.n == 0);
    check(end(w, duty_on_return(begin_as(w, CEM), ticket, (team_id){NET}, hidden, &id)) == OK);
    struct duty d = look(w, id);
    check(d.cause == DUTY_RETURN && d.state == DUTY_DRAFTED && d.solution.n == hidden.n);
}

// What solved it before it came back did not solve it.
static void F1_an_earlier_solution_does_not_count(struct world *w)
{
    duty_id id;
    solution_id s = given(w, SOLUTION_L1, SOLUTION_VALIDATED);
    ticket_id ticket = solved_by(w, NET, 2, s);
    later(w, 60);
    struct ctx *cx = begin(w);
    struct ticket t;
    check(ticket_load(cx, ticket, &t) == OK);
    struct ticket_at at = ticket_at(&t);
    check(ticket_reopen(cx, &at, REOPENED_BY_CUSTOMER) == OK);
    check(ticket_solve(cx, &at,
                       &(struct ticket_solving){.how = SOLVED_BY_TEXT,
                                                .text = S("Netzteil getauscht, läuft wieder"),
                                                .told = true})
          == OK);
    check(end(w, OK) == OK);
    check(owe(w, ticket, &id) == OK && id.n != 0);
    check(end(w, duty_settle(begin(w), s)) == OK);
    check(look(w, id).state == DUTY_OPEN);
}

static void F3_two_working_days(struct world *w)
{
    (void)w;
    static const struct {
        struct local from, due;
    } table[] = {
        {{2026, 11, 23, 10, 0, 0, 0, 0}, {2026, 11, 25, 10, 0, 0, 0, 0}},    // Monday
        {{2026, 11, 19, 10, 0, 0, 0, 0}, {2026, 11, 23, 10, 0, 0, 0, 0}},    // Thursday
        {{2026, 11, 20, 10, 0, 0, 0, 0}, {2026, 11, 24, 10, 0, 0, 0, 0}},    // Friday
        {{2026, 11, 21, 10, 0, 0, 0, 0}, {2026, 11, 24, 10, 0, 0, 0, 0}},    // Saturday
        {{2026, 11, 22, 10, 0, 0, 0, 0}, {2026, 11, 24, 10, 0, 0, 0, 0}},    // Sunday
        {{2026, 10, 23, 10, 0, 0, 0, 0},
         {2026, 10, 27, 10, 0, 0, 0, 0}},    // over the end of summer time
        {{2026, 11, 23, 0, 30, 0, 0, 0},
         {2026, 11, 25, 0, 30, 0, 0, 0}},    // Sunday still, in UTC
        {{2026, 12, 31, 23, 30, 0, 0, 0}, {2027, 1, 4, 23, 30, 0, 0, 0}},
    };
    for (isize i = 0; i < countof(table); i++)
        check(duty_due(zone_instant(table[i].from)).ms == zone_instant(table[i].due).ms);
}

static void F4_publishing_settles_it(struct world *w)
{
    solution_id s = given(w, SOLUTION_L2, SOLUTION_VALIDATED);
    duty_id id = owed_by_net(w, s);
    check(look(w, id).state == DUTY_DRAFTED && look(w, id).cause == DUTY_AUDIENCE);
    check(end(w, solution_set_audience(begin_as(w, CEM), s, 1, SOLUTION_L1 | SOLUTION_L2,
                                       SOLUTION_VALIDATED))
          == OK);
    check(look(w, id).state == DUTY_DRAFTED);    // until the job has run
    struct ctx cx = {.arena = &w->arena, .db = w->db, .now = w->now, .lang = LANG_DE};
    check(job_drain(&cx, duty_jobs) == OK);
    check(look(w, id).state == DUTY_PUBLISHED && look(w, id).closed.ms == w->now.ms);
    check(ask(w, "select count(*) from event where kind = 'duty.published'") == 1);
    check(ask(w, "select count(*) from job where kind = 'duty_settle'") == 0);
}

static void F4_a_draft_is_the_way_there(struct world *w)
{
    duty_id id = owed_by_net(w, (solution_id){0});
    solution_id s = given(w, SOLUTION_L1, SOLUTION_WIP);
    check(end(w, duty_draft(begin_as(w, ADA), id, s)) == ERR_ABSENT);    // another team's
    check(end(w, duty_draft(begin_as(w, CEM), id, s)) == OK);
    check(look(w, id).state == DUTY_DRAFTED && look(w, id).solution_key == 101);
    check(end(w, solution_set_audience(begin_as(w, CEM), s, 1, SOLUTION_L1,
                                       SOLUTION_NOT_VALIDATED))
          == OK);
    check(end(w, duty_settle(begin(w), s)) == OK);
    check(look(w, id).state == DUTY_PUBLISHED);
    check(end(w, duty_draft(begin_as(w, CEM), id, s)) == ERR_STALE);
}

static void F4_the_same_draft_again_is_no_event(struct world *w)
{
    duty_id id = owed_by_net(w, (solution_id){0});
    solution_id s = given(w, SOLUTION_L1, SOLUTION_WIP), other = given(w, SOLUTION_L1, SOLUTION_WIP);
    for (int i = 0; i < 3; i++)
        check(end(w, duty_draft(begin_as(w, CEM), id, s)) == OK);
    check(ask(w, "select count(*) from event where kind = 'duty.drafted'") == 1);
    check(end(w, duty_draft(begin_as(w, CEM), id, other)) == OK);
    check(ask(w, "select count(*) from event where kind = 'duty.drafted'") == 2);
}

static void F4_what_is_usable_settles_at_once(struct world *w)
{
    duty_id id = owed_by_net(w, (solution_id){0});
    solution_id s = given(w, SOLUTION_L1, SOLUTION_VALIDATED);
    check(end(w, duty_draft(begin_as(w, CEM), id, s)) == OK);
    check(look(w, id).state == DUTY_PUBLISHED);
}

static void F4_what_is_taken_back_opens_it_again(struct world *w)
{
    duty_id id = owed_by_net(w, (solution_id){0});
    solution_id s = given(w, SOLUTION_L1, SOLUTION_WIP);
    check(end(w, duty_draft(begin_as(w, CEM), id, s)) == OK);
    check(end(w, solution_archive(begin_as(w, CEM), s, 1)) == OK);
    check(end(w, duty_settle(begin(w), s)) == OK);
    check(look(w, id).state == DUTY_OPEN && look(w, id).solution.n == 0);
    check(end(w, duty_draft(begin_as(w, CEM), id, s)) == ERR_INVALID);
}

// A second solution of the case that is worse than the first takes nothing away.
static void F4_only_what_it_rests_on_takes_it_back(struct world *w)
{
    solution_id first = given(w, SOLUTION_L2, SOLUTION_VALIDATED);
    solution_id second = given(w, SOLUTION_L2, SOLUTION_VALIDATED);
    ticket_id ticket = solved_by(w, NET, 2, first);
    check(end(w, solution_link(begin(w), ticket, second, LINK_RESOLVED)) == OK);
    duty_id id;
    check(owe(w, ticket, &id) == OK);
    solution_id rests = look(w, id).solution;
    solution_id other = rests.n == first.n ? second : first;
    check(end(w, solution_archive(begin_as(w, EVA), other, 1)) == OK);
    check(end(w, duty_settle(begin(w), other)) == OK);
    check(look(w, id).state == DUTY_DRAFTED && look(w, id).solution.n == rests.n);
}

static void F5_waiving_needs_the_right_and_a_reason(struct world *w)
{
    duty_id id = owed_by_net(w, (solution_id){0});
    check(end(w, duty_waive(begin_as(w, CEM), id, S("Einzelfall, altes Gerät"))) == ERR_DENIED);
    check(end(w, duty_waive(begin_as(w, NINA), id, S("Einzelfall, altes Gerät")))
          == ERR_ABSENT);
    check(end(w, duty_waive(begin_as(w, EVA), id, S("nein"))) == ERR_INVALID);
    check(end(w, duty_waive(begin_as(w, EVA), id, S("Einzelfall, altes Gerät"))) == OK);
    check(look(w, id).state == DUTY_WAIVED);
    check_text(look(w, id).waived, S("Einzelfall, altes Gerät"));
    check(end(w, duty_waive(begin_as(w, EVA), id, S("Einzelfall, altes Gerät"))) == ERR_STALE);
}

static void F5_waived_or_not_at_all(struct world *w)
{
    duty_id id = owed_by_net(w, (solution_id){0});
    const struct who eva = who_is(w, EVA);
    EACH_FAULT(w) {
        end(w, duty_waive(begin_with(w, eva), id, S("Einzelfall, altes Gerät")));
        check(ask(w, "select count(*) from duty where state = 6")
              == ask(w, "select count(*) from event where kind = 'duty.waived'"));
    }
    check(ask(w, "select count(*) from duty where state = 6") == 1);
}

static void F6_one_open_for_a_case_and_a_team(struct world *w)
{
    duty_id first, again;
    ticket_id ticket = solved_by(w, NET, 2, (solution_id){0});
    check(owe(w, ticket, &first) == OK && owe(w, ticket, &again) == OK);
    check(first.n == again.n);
    check(ask(w, "select count(*) from duty") == 1);
    check(end(w, duty_waive(begin_as(w, EVA), first, S("Einzelfall, altes Gerät"))) == OK);
    check(owe(w, ticket, &again) == OK && again.n != first.n);
}

static void F7_level_3_owes_it_to_both(struct world *w)
{
    duty_id id;
    enum duty_cause cause;
    int audience;
    check(duty_needed(3, SOLVED_BY_TEXT, NULL, 0, &cause, &audience));
    check(audience == (SOLUTION_L1 | SOLUTION_L2));
    const struct duty_link only_l2 = {SOLUTION_L2, SOLUTION_VALIDATED};
    const struct duty_link for_l1 = {SOLUTION_L1, SOLUTION_VALIDATED};
    check(duty_state_with(audience, &only_l2) == DUTY_DRAFTED);
    check(duty_state_with(audience, &for_l1) == DUTY_PUBLISHED);    // level 2 reads it too
    ticket_id solved = solved_by(w, EXPERTS, 3, (solution_id){0});
    check(end(w, duty_on_solved(begin(w), solved, &id)) == OK);
    check(ask(w, "select audience from duty") == 3);
}

static void a_duty_and_its_event_or_neither(struct world *w)
{
    ticket_id ticket = solved_by(w, NET, 2, (solution_id){0});
    const struct who cem = who_is(w, CEM);
    EACH_FAULT(w) {
        duty_id id;
        end(w, duty_on_solved(begin_with(w, cem), ticket, &id));
        check(ask(w, "select count(*) from duty")
              == ask(w, "select count(*) from event where kind = 'duty.created'"));
    }
    check(ask(w, "select count(*) from duty") == 1);
}

static isize listed(struct world *w, int person, int64_t team)
{
    struct duty *d;
    isize n = -1;
    check(duty_list(begin_as(w, person), (team_id){team}, &d, &n) == OK);
    check(end(w, OK) == OK);
    return n;
}

static void lists_are_the_teams_own(struct world *w)
{
    duty_id id = owed_by_net(w, (solution_id){0});
    duty_id other;
    ticket_id solved = solved_by(w, EXPERTS, 3, (solution_id){0});
    check(end(w, duty_on_solved(begin(w), solved, &other)) == OK);
    check(listed(w, CEM, 0) == 1 && listed(w, DORA, 0) == 1 && listed(w, ADA, 0) == 0);
    check(listed(w, EVA, 0) == 2 && listed(w, EVA, NET) == 1 && listed(w, NINA, 0) == 0);
    check(listed(w, ADA, NET) == 0);
    check(end(w, duty_waive(begin_as(w, EVA), id, S("Einzelfall, altes Gerät"))) == OK);
    check(listed(w, CEM, 0) == 0);
    struct duty *d;
    isize n;
    ticket_id ticket = look(w, id).ticket;
    check(duty_of_ticket(begin_as(w, CEM), ticket, &d, &n) == OK && n == 1);
    check(end(w, OK) == OK);
}

const struct test duty_tests[] = {
    T(F1_needed_above_level_1_only),
    T(F1_what_was_not_solved_teaches_nothing),
    T(F1_solving_creates_it),
    T(F1_a_return_without_a_solution_creates_it),
    T(F1_an_earlier_solution_does_not_count),
    T(F3_two_working_days),
    T(F4_publishing_settles_it),
    T(F4_a_draft_is_the_way_there),
    T(F4_the_same_draft_again_is_no_event),
    T(F4_what_is_usable_settles_at_once),
    T(F4_what_is_taken_back_opens_it_again),
    T(F4_only_what_it_rests_on_takes_it_back),
    T(F5_waiving_needs_the_right_and_a_reason),
    T(F5_waived_or_not_at_all),
    T(F6_one_open_for_a_case_and_a_team),
    T(F7_level_3_owes_it_to_both),
    T(a_duty_and_its_event_or_neither),
    T(lists_are_the_teams_own),
    {0},
};
