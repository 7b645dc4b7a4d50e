// SPDX-License-Identifier: GPL-3.0-or-later
// Solutions and cases together.
#include "testing/test.h"

#include "contact/contact.h"
#include "solution/step.h"

static solution_id given(struct world *w, int audience, enum confidence confidence)
{
    struct solution s = {.kind = SOLUTION_FIX,
                         .confidence = confidence,
                         .audience = audience,
                         .lang = LANG_DE,
                         .title = S("WLAN geht nach Routertausch nicht")};
    solution_id id = {0};
    check(end(w, solution_add(begin_as(w, EVA), &s, &id)) == OK);
    return id;
}

static struct ticket_at a_case(struct world *w, int person)
{
    struct ctx *cx = begin_as(w, person);
    struct ticket_made made = {0};
    check(end(w, ticket_create(cx,
                               &(struct ticket_new){.channel = CHANNEL_PHONE,
                                                    .subject = S("WLAN geht nicht"),
                                                    .problem = S("Alle Lampen an, kein WLAN")},
                               &made))
          == OK);
    return made.at;
}

// --- K6 --------------------------------------------------------------------------------

static enum err link_as(struct world *w, int person, struct ticket_at at, solution_id id,
                        enum link_role role)
{
    return end(w, solution_link(begin_as(w, person), at.id, id, role));
}

static void K6_a_link_keeps_when_and_for_whom(struct world *w)
{
    solution_id before = given(w, SOLUTION_L1, SOLUTION_VALIDATED);
    later(w, 60);
    struct ticket_at at = a_case(w, ADA);
    later(w, 60);
    solution_id after = given(w, SOLUTION_L1 | SOLUTION_L2, SOLUTION_VALIDATED);
    check(link_as(w, ADA, at, before, LINK_TRIED_FAILED) == OK);
    check(link_as(w, ADA, at, after, LINK_RESOLVED) == OK);
    check(end(w, solution_set_audience(begin_as(w, EVA), after, 1, SOLUTION_L1,
                                       SOLUTION_VALIDATED))
          == OK);
    struct solution_link *k;
    isize n;
    check(solution_links(begin_as(w, ADA), at.id, &k, &n) == OK && n == 2);
    check(k[0].role == LINK_RESOLVED && !k[0].existed && k[0].audience == 3);
    check(k[0].audience_now == 1);
    check(k[1].role == LINK_TRIED_FAILED && k[1].existed && k[1].key == 101);
    check(end(w, OK) == OK);
}

static void K6_resolved_counts_once_for_each_case(struct world *w)
{
    solution_id id = given(w, SOLUTION_L1, SOLUTION_VALIDATED);
    struct ticket_at one = a_case(w, ADA), two = a_case(w, ADA);
    check(link_as(w, ADA, one, id, LINK_VIEWED) == OK);
    check(ask(w, "select reused from solution") == 0);
    check(link_as(w, ADA, one, id, LINK_RESOLVED) == OK);
    check(link_as(w, ADA, one, id, LINK_RESOLVED) == OK);
    check(ask(w, "select reused from solution") == 1);
    check(link_as(w, ADA, two, id, LINK_RESOLVED) == OK);
    check(ask(w, "select reused from solution") == 2);
    check(ask(w, "select version from solution")
          == 1);    // whoever is writing is not disturbed
    check(ask(w, "select count(*) from event where kind = 'solution.used'") == 3);
}

static void K6_nothing_is_linked_that_one_may_not_see(struct world *w)
{
    solution_id hidden = given(w, SOLUTION_L2, SOLUTION_VALIDATED);
    solution_id known = given(w, SOLUTION_L1, SOLUTION_VALIDATED);
    struct ticket_at at = a_case(w, ADA);
    check(link_as(w, ADA, at, hidden, LINK_RESOLVED) == ERR_ABSENT);
    check(link_as(w, CEM, at, known, LINK_RESOLVED) == ERR_ABSENT);    // not his case
    check(link_as(w, NINA, at, known, LINK_RESOLVED) == ERR_ABSENT);
    check(link_as(w, EVA, at, hidden, LINK_RESOLVED) == OK);
    struct solution_link *k;
    isize n;
    check(solution_links(begin_as(w, ADA), at.id, &k, &n) == OK && n == 0);
    check(end(w, OK) == OK);
}

static void K6_an_archived_one_solves_nothing(struct world *w)
{
    solution_id id = given(w, SOLUTION_L1, SOLUTION_VALIDATED);
    struct ticket_at at = a_case(w, ADA);
    check(end(w, solution_archive(begin_as(w, EVA), id, 1)) == OK);
    check(link_as(w, ADA, at, id, LINK_RESOLVED) == ERR_INVALID);
    check(link_as(w, ADA, at, id, LINK_VIEWED) == OK);
}

// --- K7 K8 -----------------------------------------------------------------------------

static enum err step_as(struct world *w, int person, struct ticket_at *at, str text,
                        enum step_result result)
{
    struct ctx *cx = begin_as(w, person);
    cx->lang = LANG_DE;
    return end(w, step_add(cx, at, (solution_id){0}, text, result));
}

static void K7_what_was_tried_stands_in_the_lagebild(struct world *w)
{
    struct ticket_at at = a_case(w, ADA);
    struct ticket_at old = at;
    check(step_as(w, ADA, &at, S("Neustart"), STEP_FAILED) == OK);
    check(step_as(w, ADA, &at, S("Werksreset"), STEP_SKIPPED) == OK);
    check(step_as(w, ADA, &at, S("Neustart"), STEP_FAILED) == OK);    // not written twice
    check(step_as(w, ADA, &old, S("Kabel"), STEP_HELPED) == ERR_STALE);
    check(step_as(w, NINA, &at, S("Kabel"), STEP_HELPED) == ERR_ABSENT);
    check(step_as(w, ADA, &at, S(" "), STEP_HELPED) == ERR_INVALID);
    check(step_as(w, ADA, &at, S("Kabel"), (enum step_result)9) == ERR_INVALID);
    struct ticket t;
    struct step *done;
    isize n = 0;
    struct ctx *cx = begin_as(w, ADA);
    check(ticket_load(cx, at.id, &t) == OK && step_list(cx, at.id, &done, &n) == OK);
    check_text(t.tried, S("Neustart (ohne Erfolg)\nWerksreset (nicht gemacht)"));
    check(n == 3 && done[0].level == 1 && done[1].result == STEP_SKIPPED);
    check(end(w, OK) == OK);
}

static void K7_a_step_and_its_line_or_neither(struct world *w)
{
    struct ticket_at first = a_case(w, ADA);
    const struct who ada = who_is(w, ADA);
    EACH_FAULT(w) {
        struct ticket_at at = first;
        end(w, step_add(begin_with(w, ada), &at, (solution_id){0}, S("Neustart"), STEP_FAILED));
        check(ask(w, "select count(*) from step")
              == ask(w, "select count(*) from ticket where tried <> ''"));
    }
    check(ask(w, "select count(*) from step") == 1);
}

static void K8_a_draft_is_made_from_the_lagebild(struct world *w)
{
    struct ticket_at at = a_case(w, ADA);
    check(step_as(w, ADA, &at, S("Neustart"), STEP_FAILED) == OK);
    check(step_as(w, ADA, &at, S("Funkkanal 11 gewählt"), STEP_HELPED) == OK);
    struct ticket t;
    struct solution s;
    struct ctx *cx = begin_as(w, ADA);
    check(ticket_load(cx, at.id, &t) == OK);
    check(ticket_set_lagebild(
              cx, &at,
              (struct lagebild){t.problem, t.tried,
                                S("Geprüft.\n ursache: Nachbar funkt dazwischen")})
          == OK);
    check(solution_draft_from(cx, at.id, &s) == OK);
    check_text(s.title, S("WLAN geht nicht"));
    check_text(s.words, S("Alle Lampen an, kein WLAN"));
    check_text(s.cause, S("Nachbar funkt dazwischen"));
    check(s.steps == 1 && s.audience == SOLUTION_L1 && s.confidence == SOLUTION_NOT_VALIDATED);
    check_text(s.step[0].text, S("Funkkanal 11 gewählt"));
    check(solution_check(cx, &s) == OK);
    check(end(w, OK) == OK);
    check(ask(w, "select count(*) from solution") == 0);
    check(solution_draft_from(begin_as(w, NINA), at.id, &s) == ERR_ABSENT);
    end(w, OK);
}

static void K9_linking_is_whole_or_not_at_all(struct world *w)
{
    solution_id id = given(w, SOLUTION_L1, SOLUTION_VALIDATED);
    struct ticket_at at = a_case(w, ADA);
    const struct who ada = who_is(w, ADA);
    EACH_FAULT(w) {
        end(w, solution_link(begin_with(w, ada), at.id, id, LINK_RESOLVED));
        check(ask(w, "select count(*) from solution_link")
              == ask(w, "select reused from solution"));
        check(ask(w, "select count(*) from solution_link")
              == ask(w, "select count(*) from event where kind = 'solution.used'"));
    }
    check(ask(w, "select reused from solution") == 1);
}

// Two cases of one customer.
static void two_cases(struct world *w, struct ticket_at *from, struct ticket_at *into)
{
    struct contact karin = {.name = S("Karin Brandt"), .lang = LANG_DE};
    contact_id id;
    *from = a_case(w, ADA);
    *into = a_case(w, ADA);
    struct ctx *cx = begin_as(w, ADA);
    check(contact_add(cx, &karin, &id) == OK);
    check(ticket_set_contact(cx, from, id) == OK && ticket_set_contact(cx, into, id) == OK);
    check(end(w, OK) == OK);
}

static void K11_a_merge_takes_along_what_was_linked_and_tried(struct world *w)
{
    solution_id both = given(w, SOLUTION_L1, SOLUTION_VALIDATED),
                one = given(w, SOLUTION_L1, SOLUTION_VALIDATED);
    struct ticket_at from, into;
    two_cases(w, &from, &into);
    check(link_as(w, ADA, from, both, LINK_TRIED_FAILED) == OK);
    check(link_as(w, ADA, into, both, LINK_TRIED_FAILED) == OK);
    check(link_as(w, ADA, from, one, LINK_RESOLVED) == OK);
    check(step_as(w, ADA, &from, S("Neustart"), STEP_FAILED) == OK);
    later(w, 60);
    check(step_as(w, ADA, &into, S("Neustart"), STEP_FAILED) == OK);
    check(step_as(w, ADA, &into, S("Kabel geprüft"), STEP_DONE) == OK);
    check(step_as(w, ADA, &from, S("Kanal 11"), STEP_FAILED) == OK);
    const struct who ada = who_is(w, ADA);
    EACH_FAULT(w) {
        struct ticket_at a = {from.id, TICKET_ANY_VERSION}, b = {into.id, TICKET_ANY_VERSION};
        struct ctx *cx = begin_with(w, ada);
        cx->lang = LANG_DE;
        bool done = end(w, step_merge(cx, &a, &b)) == OK;
        check(ask(w, "select count(*) from step where ticket = 2") == 2 + done);
        check(ask(w, "select count(*) from solution_link where ticket = 2") == 1 + done);
        check(ask(w, "select count(*) from event where kind = 'step.moved' and ticket = 2")
              == done);
    }
    db_fail_at(w->db, 0);
    check(ask(w, "select count(*) from solution_link where ticket = 2 and role = 2") == 1);
    check(ask(w, "select count(*) from solution_link where ticket = 1 and role = 1") == 1);
    struct ticket t;
    check(ticket_load(begin_as(w, ADA), into.id, &t) == OK);
    check_text(t.tried, S("Neustart (ohne Erfolg)\nKabel geprüft (gemacht)\n"
                          "Kanal 11 (ohne Erfolg)"));
    check(end(w, OK) == OK);
}

static void K11_nothing_to_take_along_is_not_told(struct world *w)
{
    struct ticket_at from, into;
    two_cases(w, &from, &into);
    check(end(w, step_merge(begin_as(w, ADA), &from, &into)) == OK);
    check(ask(w, "select count(*) from event where kind = 'step.moved'") == 0);
}

const struct test step_tests[] = {
    T(K6_a_link_keeps_when_and_for_whom),
    T(K6_resolved_counts_once_for_each_case),
    T(K6_nothing_is_linked_that_one_may_not_see),
    T(K6_an_archived_one_solves_nothing),
    T(K7_what_was_tried_stands_in_the_lagebild),
    T(K7_a_step_and_its_line_or_neither),
    T(K8_a_draft_is_made_from_the_lagebild),
    T(K11_a_merge_takes_along_what_was_linked_and_tried),
    T(K11_nothing_to_take_along_is_not_told),
    T(K9_linking_is_whole_or_not_at_all),
    {0},
};
