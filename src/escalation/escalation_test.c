// SPDX-License-Identifier: GPL-3.0-or-later
#include "escalation/escalation_test.h"

#include "base/buf.h"
#include "base/now.h"
#include "clock/agreement.h"
#include "flow/report.h"
#include "staff/presence.h"
#include "testing/plan.h"
#include "vendor/vendor_test.h"

static isize with(struct world *w, int person)
{
    struct escalation *e;
    isize n = 0;
    bool more = false;
    check(escalation_mine(begin_as(w, person), &e, &n, &more) == OK);
    check(end(w, OK) == OK);
    return n;
}

static struct ticket ticket_of(struct world *w, ticket_id id)
{
    struct ticket t = {0};
    check(ticket_load(begin(w), id, &t) == OK);
    check(end(w, OK) == OK);
    return t;
}

static bool moved(const struct ticket *a, const struct ticket *b)
{
    return a->version != b->version || a->ball != b->ball || a->ball_team.n != b->ball_team.n
           || a->work_team.n != b->work_team.n || a->work_person.n != b->work_person.n
           || a->care_team.n != b->care_team.n || a->status != b->status
           || a->level != b->level;
}

// --- E1, E2 ----------------------------------------------------------------------------------

static void E1_ball_work_and_care_stay(struct world *w)
{
    ticket_id id = cared_for_here_worked_there(w);
    struct ticket before = ticket_of(w, id);
    escalation_id e = escalate(w, CEM, id, 0);
    struct ticket after = ticket_of(w, id);
    check(!moved(&before, &after) && look(w, e).team.n == NET);
    check(ask(w, "select count(*) from engagement") == 0);
    check(take(w, EVA, e, 1) == OK && decide(w, EVA, e, 2, OUTCOME_GRANTED) == OK);
    after = ticket_of(w, id);
    check(!moved(&before, &after));
}

static void E1_the_lead_of_who_acts_or_cares(struct world *w)
{
    ticket_id id = cared_for_here_worked_there(w);
    check(raise_to(w, CEM, id, EXPERTS, ESCALATE_DANGER, S("x")) == ERR_INVALID);
    check(raise_to(w, CEM, id, FIRST, ESCALATE_DANGER, S("x")) == OK);
    check(ask(w, "select team from escalation") == FIRST);
    struct team may[2];
    struct ticket t = ticket_of(w, a_case_of_ada(w));
    check(escalation_teams(&t, may) == 1 && may[0].id.n == FIRST);
}

static void E2_a_reason_a_line_and_an_open_case(struct world *w)
{
    ticket_id id = a_case_of_ada(w);
    check(raise_to(w, ADA, id, 0, 0, S("x")) == ERR_INVALID);
    check(raise_to(w, ADA, id, 0, (enum escalation_reason)99, S("x")) == ERR_INVALID);
    check(raise_to(w, ADA, id, 0, ESCALATE_DEADLINE, S(" ")) == ERR_INVALID);
    char *much = make(&w->kept, char, 501);
    memset(much, 'x', 501);
    check(raise_to(w, ADA, id, 0, ESCALATE_DEADLINE, (str){much, 501}) == ERR_INVALID);
    check(raise_to(w, CEM, id, 0, ESCALATE_DEADLINE, S("x")) == ERR_ABSENT);
    check(raise_to(w, NINA, id, 0, ESCALATE_DEADLINE, S("x")) == ERR_ABSENT);
    struct ticket_at at = {id, TICKET_ANY_VERSION};
    check(end(w, ticket_spam(begin(w), &at)) == OK);
    check(raise_to(w, ADA, id, 0, ESCALATE_DEADLINE, S("x")) == ERR_INVALID);
    check(str_find(w->cx.detail.en, S("This case is spam.")) >= 0);    // and what helps
    check(ask(w, "select count(*) from escalation") == 0);
    check(raise_to(w, ADA, a_case_of_ada(w), 0, ESCALATE_DEADLINE, (str){much, 500}) == OK);
}

// --- E3, E4, E5 ------------------------------------------------------------------------------

static void E3_a_second_one_adds_to_it(struct world *w)
{
    ticket_id id = a_case_of_ada(w);
    struct escalation_raised first, second;
    struct escalation_new n = {.reason = ESCALATE_DEADLINE, .text = S("bis 16 Uhr zugesagt")};
    check(end(w, escalation_raise(begin_as(w, ADA), id, &n, &first)) == OK && !first.added);
    n.reason = ESCALATE_DANGER;
    check(end(w, escalation_raise(begin_as(w, BEN), id, &n, &second)) == OK && second.added);
    check(first.id.n == second.id.n && ask(w, "select count(*) from escalation") == 1);
    struct escalation e = look(w, first.id);
    check(e.words == 2 && e.reason == ESCALATE_DEADLINE && e.version == 1);
    struct escalation_word *word;
    isize words;
    check(escalation_words(begin_as(w, EVA), id, &word, &words) == OK && words == 2);
    check(word[1].reason == ESCALATE_DANGER && str_eq(word[1].person, S("ben")));
    check(end(w, OK) == OK);
    check(decide(w, EVA, first.id, 1, OUTCOME_DONE) == OK);
    check(end(w, escalation_raise(begin_as(w, ADA), id, &n, &second)) == OK && !second.added);
    check(second.id.n != first.id.n);
}

static enum escalation_stage stage_for(struct world *w, int person, ticket_id id)
{
    escalation_id e = escalate(w, person, id, 0);
    enum escalation_stage stage = look(w, e).stage;
    check(decide(w, EVA, e, 1, OUTCOME_DONE) == OK);
    return stage;
}

static void E4_with_the_lead_in_the_team_or_with_all(struct world *w)
{
    ticket_id id = a_case_of_ada(w), there = cared_for_here_worked_there(w);
    check(stage_for(w, ADA, id) == ESCALATION_TEAM);
    check(stage_for(w, EVA, id) == ESCALATION_DESK);       // who else?
    check(stage_for(w, CEM, there) == ESCALATION_DESK);    // nobody leads it
    struct presence_span away = {
        .person.n = EVA, .from = w->now, .until = instant_plus(w->now, 86400)};
    check(end(w, presence_leave(begin_as(w, EVA), &away)) == OK);
    check(stage_for(w, ADA, id) == ESCALATION_DESK);
    later(w, 86401);
    check(stage_for(w, ADA, id) == ESCALATION_TEAM);
}

static void E4_another_teams_lead_does_not_see_it(struct world *w)
{
    int ida = a_lead_of(w, NET, "ida");
    escalation_id e = escalate(w, ADA, a_case_of_ada(w), 0);
    check(with(w, EVA) == 1 && with(w, ida) == 0 && with(w, ADA) == 0 && with(w, FINN) == 0);
    check(take(w, ida, e, 1) == ERR_DENIED && decide(w, ida, e, 1, OUTCOME_DONE) == ERR_DENIED);
    check(take(w, ADA, e, 1) == ERR_DENIED && take(w, CEM, e, 1) == ERR_ABSENT);
    check(take(w, NINA, e, 1) == ERR_ABSENT && look(w, e).state == ESCALATION_OPEN);
}

static void E5_not_taken_in_working_time_it_climbs(struct world *w)
{
    check(end(w, agreement_begin(begin(w))) == OK);
    int ida = a_lead_of(w, NET, "ida");
    escalation_id e = escalate(w, ADA, a_case_of_ada(w), 0);
    struct escalation before = look(w, e);
    check(before.due.ms == instant_plus(w->now, 3600).ms);    // OLA, level 1, priority normal
    later(w, 3580);
    run(w);
    check(look(w, e).stage == ESCALATION_TEAM && with(w, ida) == 0);
    later(w, 10);
    run(w);
    check(look(w, e).stage == ESCALATION_DESK && with(w, ida) == 1 && with(w, EVA) == 1);
    check(events(w, "escalation.climbed") == 1);
    check(look(w, e).due.ms == instant_plus(w->now, 3600).ms);
    later(w, 86400);
    run(w);
    check(events(w, "escalation.climbed") == 1);
    check(take(w, ida, e, 1) == OK);
}

static void E5_in_working_time(struct world *w)
{
    check(end(w, agreement_begin(begin(w))) == OK);
    later(w, 8 * 3600);    // after hours
    ticket_id id = a_case_of_ada(w);
    struct ticket t = ticket_of(w, id);
    struct agreement a;
    struct ctx *cx = begin(w);
    check(agreement_of(cx, id, &a) == OK);
    instant due = agreement_due(&a, CLOCK_ACCEPT, 1, t.priority, t.channel, cx->now);
    check(end(w, OK) == OK && due.ms > instant_plus(w->now, 8 * 3600).ms);
    check(look(w, escalate(w, ADA, id, 0)).due.ms == due.ms);
}

static void E5_what_is_taken_in_time_does_not_climb(struct world *w)
{
    escalation_id e = escalate(w, ADA, a_case_of_ada(w), 0);
    check(take(w, EVA, e, 1) == OK);
    later(w, 3500);
    run(w);
    check(look(w, e).state == ESCALATION_TAKEN && look(w, e).stage == ESCALATION_TEAM);
    check(decide(w, EVA, e, 2, OUTCOME_DONE) == OK);
    later(w, 86400);
    run(w);
    check(events(w, "escalation.climbed") == 0 && events(w, "escalation.overdue") == 0);
}

static void E5_what_is_taken_and_not_ended_is_open_again(struct world *w)
{
    int ida = a_lead_of(w, NET, "ida");
    escalation_id e = escalate(w, ADA, a_case_of_ada(w), 0);
    check(take(w, EVA, e, 1) == OK && with(w, ida) == 0);
    later(w, 3700);
    run(w);
    struct escalation now = look(w, e);
    check(now.state == ESCALATION_OPEN && now.stage == ESCALATION_DESK);
    check(now.due.ms > w->now.ms && !now.raiser);
    check_text(now.line, S("Ich rufe beim Netzbetreiber an"));    // what was said stays
    check(events(w, "escalation.overdue") == 1 && with(w, ida) == 1 && with(w, EVA) == 1);
    check(take(w, ida, e, 2) == OK);
    later(w, 60);
    run(w);
    check(look(w, e).state == ESCALATION_TAKEN && events(w, "escalation.overdue") == 1);
}

// --- E6, E7 ----------------------------------------------------------------------------------

static void E6_taken_with_a_line_and_a_time(struct world *w)
{
    escalation_id e = escalate(w, ADA, a_case_of_ada(w), 0);
    struct ctx *cx = begin_as(w, EVA);
    struct escalation_at at = {e, 1};
    check(end(w, escalation_take(cx, at, S(" "), instant_plus(cx->now, 60))) == ERR_INVALID);
    cx = begin_as(w, EVA);
    check(end(w, escalation_take(cx, at, S("x"), cx->now)) == ERR_INVALID);
    check(take(w, EVA, e, 1) == OK);
    struct escalation now = look(w, e);
    check(now.state == ESCALATION_TAKEN && str_eq(now.person, S("eva")));
    check(now.until.ms == instant_plus(w->now, 3600).ms && now.taken.ms == w->now.ms);
    check_text(now.line, S("Ich rufe beim Netzbetreiber an"));
}

static void E6_of_two_one_wins_and_the_other_is_told(struct world *w)
{
    int ida = a_lead_of(w, FIRST, "ida");
    escalation_id e = escalate(w, ADA, a_case_of_ada(w), 0);
    check(take(w, EVA, e, 1) == OK && take(w, ida, e, 1) == ERR_STALE);
    check_text(w->cx.detail.de, S("eva war schneller und hat übernommen."));
    check(take(w, ida, e, 2) == ERR_STALE && decide(w, ida, e, 1, OUTCOME_DONE) == ERR_STALE);
    check(decide(w, ida, e, 2, OUTCOME_DECLINED) == OK);
    check_text(look(w, e).person, S("eva"));    // who took it
    check(decide(w, EVA, e, 2, OUTCOME_GRANTED) == ERR_STALE);
    check_text(w->cx.detail.en, S("This is over already: Declined."));
    check(events(w, "escalation.taken") == 1 && events(w, "escalation.decided") == 1);
}

static void E6_of_oneself_nobody_is_told(struct world *w)
{
    escalation_id e = escalate(w, ADA, a_case_of_ada(w), 0);
    check(decide(w, EVA, e, 9, OUTCOME_DONE) == ERR_STALE);    // nobody was faster
    check_text(w->cx.detail.en, S("Something has changed here. Look, and send it once more."));
    check(take(w, EVA, e, 1) == OK && take(w, EVA, e, 1) == ERR_STALE);
    check_text(w->cx.detail.de, S("Du hast es schon übernommen."));
    check(decide(w, EVA, e, 2, OUTCOME_DONE) == OK
          && decide(w, EVA, e, 2, OUTCOME_DONE) == ERR_STALE);
    check_text(w->cx.detail.de, S("Das ist schon beendet: Geregelt."));
}

static void E6_a_decision_has_a_line(struct world *w)
{
    escalation_id e = escalate(w, ADA, a_case_of_ada(w), 0);
    struct escalation_at at = {e, 1};
    check(end(w, escalation_decide(begin_as(w, EVA), at, OUTCOME_DECLINED, S("")))
          == ERR_INVALID);
    check(decide(w, EVA, e, 1, OUTCOME_OVER) == ERR_INVALID);
    check(decide(w, EVA, e, 1, 0) == ERR_INVALID);
    check(decide(w, EVA, e, 1, OUTCOME_GRANTED) == OK);    // at once
    struct escalation now = look(w, e);
    check(now.outcome == OUTCOME_GRANTED && str_eq(now.person, S("eva")) && now.taken.ms == 0);
    check_text(now.decision, S("Gutschrift bis 50 Euro"));
    check(with(w, EVA) == 0);
    struct escalation *past;
    isize n;
    bool more;
    struct ctx *cx = begin_as(w, EVA);
    check(escalation_lately(cx, instant_plus(cx->now, -60), &past, &n, &more) == OK);
    check(n == 1 && !more);
    check(end(w, OK) == OK);
}

static void E7_taken_back_by_who_escalated(struct world *w)
{
    ticket_id id = a_case_of_ada(w);
    escalation_id e = escalate(w, ADA, id, 0);
    check(withdraw(w, BEN, e) == ERR_DENIED && withdraw(w, EVA, e) == ERR_DENIED);
    check(withdraw(w, ADA, e) == OK && look(w, e).outcome == OUTCOME_WITHDRAWN);
    check(events(w, "escalation.withdrawn") == 1);
    e = escalate(w, ADA, id, 0);
    escalate(w, BEN, id, 0);    // now it is not ada's alone
    check(withdraw(w, ADA, e) == ERR_DENIED);
    e = escalate(w, ADA, a_case_of_ada(w), 0);
    check(take(w, EVA, e, 1) == OK && withdraw(w, ADA, e) == ERR_STALE);
}

// --- E8, E9 ----------------------------------------------------------------------------------

static void E8_a_vendor_is_overdue(struct world *w)
{
    engagement_id asked_id;
    check(end(w, agreement_begin(begin(w))) == OK);
    a_vendor(w, S(""));
    ticket_id id = a_case_of_ada(w);
    check(ask_them(w, id, "Zieht der Drucker bei euch auch kein Papier?", 0, &asked_id) == OK);
    run(w);
    check(ask(w, "select count(*) from escalation") == 0);
    later(w, 5 * 3600);    // not even confirmed
    run(w);
    check(ask(w, "select count(*) from escalation where team = 1 and state = 1") == 1);
    check(ask(w, "select count(*) from escalation_word where reason = 6 and person is null")
          == 1);
    later(w, 30 * 86400);    // nor answered: it is at the lead already
    run(w);
    check(events(w, "clock.breached") >= 2);
    check(ask(w, "select count(*) from escalation_word") == 1 && with(w, EVA) == 1);
}

static void E8_also_when_he_has_confirmed_and_says_no_more(struct world *w)
{
    engagement_id id;
    check(end(w, agreement_begin(begin(w))) == OK);
    a_vendor(w, S(""));
    check(ask_them(w, a_case_of_ada(w), "Zieht er kein Papier?", 0, &id) == OK);
    later(w, 60);
    struct engagement_at at = {id, 1};
    check(end(w, engagement_accept(begin_as(w, ADA), at, S(""), false)) == OK);
    later(w, 30 * 86400);
    run(w);
    check(ask(w, "select count(*) from event where kind = 'clock.breached' and level = 4"
                 " and data like '%\"clock\":\"uc_fix\"%'")
          == 1);
    check(ask(w, "select count(*) from escalation_word where reason = 6") == 1);
}

static ticket_id a_complaint(struct world *w)
{
    struct ticket_made made = {0};
    struct ticket_new n = {.channel = CHANNEL_PHONE,
                           .type = TICKET_COMPLAINT,
                           .subject = S("Seit drei Wochen kein Rückruf"),
                           .team = {FIRST}};
    check(end(w, ticket_create(begin_as(w, ADA), &n, &made)) == OK);
    later(w, 60);
    run(w);
    return made.at.id;
}

static void E8_a_complaint_goes_to_the_lead_once(struct world *w)
{
    ticket_id id = a_complaint(w);
    check(ask(w, "select count(*) from escalation_word where reason = 2 and person is null")
          == 1);
    check(decide(w, EVA, (escalation_id){1}, 1, OUTCOME_DONE) == OK);
    struct ticket_at at = {id, TICKET_ANY_VERSION};
    check(end(w, ticket_open(begin_as(w, ADA), &at)) == OK);
    later(w, 60);
    run(w);
    check(ask(w, "select count(*) from escalation") == 1);
    a_case_of_ada(w);
    later(w, 60);
    run(w);
    check(ask(w, "select count(*) from escalation") == 1);    // a question is none
}

static void zone_of_desk_2(struct world *w, const char *zone)
{
    struct ctx *cx = begin(w);
    str sql = arena_fmt(cx->arena, "update calendar set zone = '%s' where tenant = 2", zone);
    check(end(w, db_script(cx, arena_z(cx->arena, sql))) == OK);
}

// Desk 2 has calendars that nobody can read, and its event comes first.
static void E8_one_that_fails_delays_no_other(struct world *w)
{
    struct ticket_made made = {0};
    struct ticket_new n = {.type = TICKET_COMPLAINT,
                           .channel = CHANNEL_PHONE,
                           .subject = S("x"),
                           .team = {FOREIGN}};
    struct ctx *cx = begin(w);
    cx->who = tenant_system((tenant_id){2});
    check(end(w, agreement_begin(cx)) == OK);
    zone_of_desk_2(w, "Mars/Phobos");
    check(end(w, ticket_create(begin_as(w, NINA), &n, &made)) == OK);
    a_complaint(w);
    check(ask(w, "select count(*) from escalation where tenant = 1") == 1);
    check(ask(w, "select count(*) from escalation where tenant = 2") == 0);
    check(ask(w, "select count(*) from job where kind = 'escalation.event'") == 1);
    zone_of_desk_2(w, "Europe/Berlin");
    later(w, 3600);
    run(w);
    check(ask(w, "select count(*) from escalation where tenant = 2") == 1);
}

static void E8_what_an_import_tells_of_old_days_begins_nothing(struct world *w)
{
    struct ticket_made made = {0};
    struct ticket_new n = {
        .type = TICKET_COMPLAINT, .channel = CHANNEL_MAIL, .subject = S("x")};
    check(end(w, ticket_create(begin(w), &n, &made)) == OK);
    later(w, 2 * 86400);
    run(w);
    check(ask(w, "select count(*) from escalation") == 0);
    check(ask(w, "select event from search_mark where name = 'escalation'") > 0);
}

static void E9_over_with_the_case(struct world *w)
{
    static const struct ticket_solving solved = {
        .how = SOLVED_BY_TEXT,
        .text = {"Kabel getauscht, nun geht es wieder", 35},
        .told = true};
    ticket_id id = a_case_of_ada(w);
    escalation_id e = escalate(w, ADA, id, 0);
    struct ticket_at at = {id, TICKET_ANY_VERSION};
    check(end(w, ticket_solve(begin_as(w, ADA), &at, &solved)) == OK);
    check(with(w, EVA) == 0);    // at once
    later(w, 60);
    run(w);
    check(look(w, e).state == ESCALATION_ENDED && look(w, e).outcome == OUTCOME_OVER);
    check(events(w, "escalation.ended") == 1);
}

static ticket_id a_case_of_karin(struct world *w, contact_id karin)
{
    struct ticket_at at = {a_case_of_ada(w), TICKET_ANY_VERSION};
    check(end(w, ticket_set_contact(begin(w), &at, karin)) == OK);
    return at.id;
}

static contact_id a_karin(struct world *w)
{
    contact_id id = {0};
    struct contact c = {.name = S("Karin Brandt"), .lang = LANG_DE};
    check(end(w, contact_add(begin(w), &c, &id)) == OK);
    return id;
}

static void merge(struct world *w, ticket_id from, ticket_id into)
{
    struct ticket_at a = {from, TICKET_ANY_VERSION}, b = {into, TICKET_ANY_VERSION};
    check(end(w, ticket_merge(begin_as(w, ADA), &a, &b)) == OK);
    later(w, 60);
    run(w);
}

static void E9_merged_it_goes_on_there(struct world *w)
{
    contact_id karin = a_karin(w);
    ticket_id from = a_case_of_karin(w, karin), into = a_case_of_karin(w, karin);
    escalation_id e = escalate(w, ADA, from, 0);
    merge(w, from, into);
    check(look(w, e).ticket.n == into.n && look(w, e).state == ESCALATION_OPEN);
    check(events(w, "escalation.moved") == 1 && with(w, EVA) == 1);
    ticket_id third = a_case_of_karin(w, karin);    // which is at the lead, too
    escalation_id there = escalate(w, BEN, third, 0);
    merge(w, into, third);
    check(look(w, e).outcome == OUTCOME_OVER && look(w, there).words == 2);
    struct escalation_word *word;
    isize n;
    check(escalation_words(begin(w), third, &word, &n) == OK && n == 2);
    check(str_eq(word[1].person, S("ada")));
    check(end(w, OK) == OK && with(w, EVA) == 1);
}

static void the_list_walks_an_index(struct world *w)
{
    struct ctx *cx = begin(w);
    str plan = db_is_postgres(w->db) ? S("") : plan_of(cx, plan_statement("escalation_rows"));
    check(plan.n == 0
          || (str_find(plan, S("INDEX escalation_desk")) > 0
              && str_find(plan, S("INDEX escalation_word_news")) > 0
              && str_find(plan, S("INDEX escalation_ticket")) > 0
              && str_find(plan, S("SCAN t\n")) < 0));
    check(end(w, OK) == OK);
}

static void E9_the_reader_of_events_walks_an_index(struct world *w)
{
    static const char *const asked_for[] = {"escalation_unread", "escalation_events"};
    struct ctx *cx = begin(w);
    for (isize i = 0; i < countof(asked_for) && !db_is_postgres(w->db); i++)
        check(str_find(plan_of(cx, plan_statement(asked_for[i])), S("INDEX event_escalation"))
              >= 0);
    check(end(w, OK) == OK);
}

// --- E10, E11 --------------------------------------------------------------------------------

static void E10_the_customer_reads_one_word_of_a_complaint(struct world *w)
{
    contact_id karin = a_karin(w);
    ticket_id complaint = a_complaint(w), other = a_case_of_karin(w, karin);
    escalate(w, ADA, other, 0);
    struct ticket_at at = {complaint, TICKET_ANY_VERSION};
    check(end(w, ticket_set_contact(begin(w), &at, karin)) == OK);
    struct ctx *cx =
        begin_with(w, (struct who){.tenant = {1}, .contact = {karin.n}, .see = SEE_OWN});
    struct escalation *e;
    struct escalation_word *word;
    enum escalation_state state;
    isize n;
    check(escalation_list(cx, complaint, &e, &n) == OK && n == 0);
    check(escalation_words(cx, complaint, &word, &n) == OK && n == 0);
    check(escalation_of_complaint(cx, complaint, &state) == OK && state == ESCALATION_OPEN);
    check(escalation_of_complaint(cx, other, &state) == OK && state == 0);
    check(end(w, OK) == OK);
}

static str reported(struct world *w)
{
    struct buf b = buf_new(&w->kept, 4096);
    struct ctx *cx = begin(w);
    check(report_flow(cx, S(""), &b) == OK);
    check(end(w, OK) == OK);
    return buf_str(&b);
}

static void E11_counted_apart_and_never_by_person(struct world *w)
{
    ticket_id id = a_case_of_ada(w);
    escalation_id e = escalate(w, ADA, id, 0);
    escalate(w, BEN, id, 0);
    check(take(w, EVA, e, 1) == OK && decide(w, EVA, e, 2, OUTCOME_DECLINED) == OK);
    escalate(w, ADA, id, 0);
    check(events(w, "escalation.raised") == 2 && events(w, "escalation.added") == 1);
    check(events(w, "escalation.taken") == 1 && events(w, "escalation.decided") == 1);
    check(ask(w, "select count(*) from event where kind = 'escalation.decided' and team = 1"
                 " and level = 1 and data like '%\"outcome\":\"declined\"%'")
          == 1);
    check(ask(w, "select count(*) from event where kind like 'escalation.%'"
                 " and (data like '%eva%' or data like '%ada%' or data like '%Netz%')")
          == 0);
    str report = reported(w);
    check(str_find(report, S("\"escalation_h\":{\"cases\":1,\"times\":2,\"to_all_leads\":0,"
                             "\"reasons\":{\"deadline\":2},\"outcomes\":{\"open\":1,"
                             "\"declined\":1}}"))
          > 0);
    check(str_find(report, S("\"team_handovers_0_1_2_3plus\":[1,0,0,0]")) > 0);
}

static void whole_or_not_at_all(struct world *w)
{
    ticket_id id = a_case_of_ada(w);
    struct who ada = who_is(w, ADA), eva = who_is(w, EVA);
    EACH_FAULT(w) {
        struct escalation_new n = {.reason = ESCALATE_DANGER, .text = S("Brandgeruch")};
        struct escalation_raised out;
        enum err err = end(w, escalation_raise(begin_with(w, ada), id, &n, &out));
        check(err == OK || db_failed(w->db));
        check(ask(w, "select count(*) from escalation") == (err == OK)
              && ask(w, "select count(*) from escalation_word") == (err == OK)
              && events(w, "escalation.raised") == (err == OK));
    }
    escalation_id e = {ask(w, "select id from escalation")};
    EACH_FAULT(w) {
        struct ctx *cx = begin_with(w, eva);
        enum err err = end(w, escalation_take(cx, (struct escalation_at){e, 1}, S("x"),
                                              instant_plus(cx->now, 60)));
        check(err == OK || db_failed(w->db));
        check(ask(w, "select count(*) from escalation where state = 2") == (err == OK)
              && events(w, "escalation.taken") == (err == OK));
    }
}

const struct test escalation_tests[] = {
    T(E1_ball_work_and_care_stay),
    T(E1_the_lead_of_who_acts_or_cares),
    T(E2_a_reason_a_line_and_an_open_case),
    T(E3_a_second_one_adds_to_it),
    T(E4_with_the_lead_in_the_team_or_with_all),
    T(E4_another_teams_lead_does_not_see_it),
    T(E5_not_taken_in_working_time_it_climbs),
    T(E5_in_working_time),
    T(E5_what_is_taken_in_time_does_not_climb),
    T(E5_what_is_taken_and_not_ended_is_open_again),
    T(E6_taken_with_a_line_and_a_time),
    T(E6_of_two_one_wins_and_the_other_is_told),
    T(E6_of_oneself_nobody_is_told),
    T(E6_a_decision_has_a_line),
    T(E7_taken_back_by_who_escalated),
    T(E8_a_vendor_is_overdue),
    T(E8_also_when_he_has_confirmed_and_says_no_more),
    T(E8_a_complaint_goes_to_the_lead_once),
    T(E8_one_that_fails_delays_no_other),
    T(E8_what_an_import_tells_of_old_days_begins_nothing),
    T(E9_over_with_the_case),
    T(E9_merged_it_goes_on_there),
    T(the_list_walks_an_index),
    T(E9_the_reader_of_events_walks_an_index),
    T(E10_the_customer_reads_one_word_of_a_complaint),
    T(E11_counted_apart_and_never_by_person),
    T(whole_or_not_at_all),
    {0},
};
