// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/web.h"

#include "duty/duty.h"

// A case that Network solved and wrote nothing down about; its number.
static str owed(struct world *w)
{
    struct ctx *cx = begin(w);
    struct ticket_made made = {0};
    duty_id id;
    check(ticket_create(cx,
                        &(struct ticket_new){.channel = CHANNEL_PHONE,
                                             .subject = S("Drucker verliert Netz"),
                                             .problem = S("Nach Standby ist er weg"),
                                             .team = {NET}},
                        &made)
          == OK);
    struct ticket_at at = made.at;
    check(ticket_open(cx, &at) == OK);
    check(
        ticket_solve(cx, &at,
                     &(struct ticket_solving){.how = SOLVED_BY_TEXT,
                                              .text = S("Energiesparen ausgeschaltet, läuft."),
                                              .level = 2,
                                              .told = true})
        == OK);
    check(duty_on_solved(cx, at.id, &id) == OK && id.n == 1);
    check(end(w, OK) == OK);
    return ticket_number_shown(&w->kept, made.number);
}

static bool shows(struct seen s, const char *text)
{
    return str_find(s.page, str_from_z(text)) >= 0;
}

static void L1_what_the_own_teams_owe(struct world *w)
{
    str number = owed(w);
    struct seen s = web_get(w, CEM, "/w/pflichten");
    check(s.status == 200 && web_shows(&s, "Drucker verliert Netz")
          && web_shows(&s, "Network"));
    check(web_shows(&s, arena_z(&w->kept, number)) && web_shows(&s, "1 open duty"));
    check(!shows(s, "cem") && !shows(s, "late"));
    later(w, 5 * 86400);
    w->lang = LANG_DE;
    s = web_get(w, CEM, "/w/pflichten");
    check(web_shows(&s, "1 offene Pflicht") && web_shows(&s, "due late"));
    check(!shows(web_get(w, ADA, "/w/pflichten"), "Drucker verliert Netz"));
    check(!shows(web_get(w, NINA, "/w/pflichten"), "Drucker verliert Netz"));
    check(web_get(w, GERO, "/w/pflichten").status == 403);
}

static void L2_writing_starts_from_the_case(struct world *w)
{
    owed(w);
    struct seen s = web_get(w, CEM, "/w/pflichten/1/schreiben");
    check(s.status == 200 && web_shows(&s, "value=\"Drucker verliert Netz\""));
    check(web_shows(&s, "Nach Standby ist er weg"));
    check(web_get(w, ADA, "/w/pflichten/1/schreiben").status == 404);
    s = web_post(w, CEM, "/w/pflichten/1/schreiben",
                 "title=Drucker+schläft&steps=Energiesparen+aus&audience=1&for-1=1&for-2=1&"
                 "confidence=3");
    check(s.status == 303);
    check_text(s.to, S("/w/pflichten"));
    check(ask(w, "select state from duty") == DUTY_PUBLISHED);
    check(ask(w, "select count(*) from solution s join duty d on d.solution = s.id where "
                 "s.title = 'Drucker schläft'")
          == 1);
    check(ask(w, "select count(*) from solution_link where role = 1") == 1);    // L5
    s = web_get(w, CEM, "/w/pflichten");
    check(web_shows(&s, "Nothing is owed"));
    s = web_get(w, ADA, "/w/pflichten");
    check(web_shows(&s, "New for the 1st level") && web_shows(&s, "Drucker schläft"));
}

static void L2_a_refused_one_shows_what_was_typed(struct world *w)
{
    owed(w);
    struct seen s = web_post(w, CEM, "/w/pflichten/1/schreiben",
                             "title=&words=mein+Text&audience=1&for-1=1&confidence=2");
    check(s.status == 422 && web_shows(&s, "mein Text") && web_shows(&s, "title-problem"));
    check(ask(w, "select count(*) from solution") == 0
          && ask(w, "select state from duty") == DUTY_OPEN);
}

static void L2_what_level_1_may_not_use_is_a_draft(struct world *w)
{
    owed(w);
    check(web_post(w, CEM, "/w/pflichten/1/schreiben",
                   "title=Halb&audience=1&for-2=1&confidence=1")
              .status
          == 303);
    check(ask(w, "select state from duty") == DUTY_DRAFTED);
    struct seen s = web_get(w, CEM, "/w/pflichten");
    check(web_shows(&s, "/w/kb/L-101/bearbeiten") && web_shows(&s, "Go on writing"));
}

static void L3_a_known_solution_settles_it(struct world *w)
{
    owed(w);
    struct solution known = {.kind = SOLUTION_FIX,
                             .confidence = SOLUTION_VALIDATED,
                             .audience = SOLUTION_L1,
                             .lang = LANG_DE,
                             .title = S("Standby aus")};
    struct ctx *cx = begin_as(w, EVA);
    check(end(w, solution_add(cx, &known, &known.id)) == OK);
    struct seen s = web_post(w, CEM, "/w/pflichten/1/verknuepfen", "solution=L-999");
    check(s.status == 422 && web_shows(&s, "There is no solution with this number")
          && web_shows(&s, "value=\"L-999\""));
    w->lang = LANG_DE;
    s = web_post(w, CEM, "/w/pflichten/1/verknuepfen", "solution=irgendwas");
    check(s.status == 422 && web_shows(&s, "Dazu steht nichts im Wissen."));
    check(web_post(w, ADA, "/w/pflichten/1/verknuepfen", "solution=L-101").status == 404);
    check(web_post(w, CEM, "/w/pflichten/1/verknuepfen", "solution=L-101+Standby+aus").status
          == 303);
    check(ask(w, "select state from duty") == DUTY_PUBLISHED);
    check(ask(w, "select reused from solution") == 1);
}

static void L4_letting_go_needs_the_right_and_a_sentence(struct world *w)
{
    owed(w);
    check(!shows(web_get(w, CEM, "/w/pflichten"), "erlassen"));
    check(web_post(w, CEM, "/w/pflichten/1/erlassen", "reason=Kommt+nie+wieder+vor").status
          == 403);
    check(shows(web_get(w, EVA, "/w/pflichten"), "erlassen"));
    check(shows(web_get(w, FINN, "/w/pflichten"), "erlassen"));
    struct seen s = web_post(w, EVA, "/w/pflichten/1/erlassen", "reason=nö");
    check(s.status == 422 && web_shows(&s, "value=\"nö\"")
          && web_shows(&s, "why nothing needs to be written"));
    check(web_post(w, EVA, "/w/pflichten/1/erlassen", "reason=Kommt+nie+wieder+vor").status
          == 303);
    check(ask(w, "select state from duty") == DUTY_WAIVED);
    check(web_post(w, EVA, "/w/pflichten/1/erlassen", "reason=Kommt+nie+wieder+vor").status
          == 409);
}

const struct test duty_http_tests[] = {
    T(L1_what_the_own_teams_owe),
    T(L2_writing_starts_from_the_case),
    T(L2_a_refused_one_shows_what_was_typed),
    T(L2_what_level_1_may_not_use_is_a_draft),
    T(L3_a_known_solution_settles_it),
    T(L4_letting_go_needs_the_right_and_a_sentence),
    {0},
};
