// SPDX-License-Identifier: GPL-3.0-or-later
#include "engagement/engagement_http_test.h"

static void known(struct world *w, str title, int audience)
{
    struct solution s = {.kind = SOLUTION_FIX,
                         .confidence = SOLUTION_VALIDATED,
                         .audience = audience,
                         .lang = LANG_DE,
                         .title = title};
    struct ctx *cx = begin_as(w, EVA);
    check(end(w, solution_add(cx, &s, &s.id)) == OK);
}

static void C1_a_digit_and_a_number(struct world *w)
{
    known(w, S("Kanal umstellen"), SOLUTION_L1);
    struct desk_case c = accepted(w);
    struct seen s =
        send_sheet(&c, CEM, "zurueck", "reason=2&solution=L-101+Kanal+umstellen&text=");
    check(s.status == 303 && str_ends(s.to, c.number));
    check(
        ask(w, "select count(*) from engagement where mode = 3 and reason = 2 and solution = 1")
        == 1);
    check(ask(w, "select count(*) from duty") == 0);
}

static void C1_without_a_solution_the_team_owes_it(struct world *w)
{
    struct desk_case c = accepted(w);
    check(send_sheet(&c, CEM, "zurueck", "reason=2&solution=&text=").status == 303);
    check(ask(w, "select count(*) from duty where team = 2") == 1);
}

static void C4_what_level_1_may_not_see_is_released_by_one_key(struct world *w)
{
    known(w, S("Kanal umstellen"), SOLUTION_L2);
    struct desk_case c = accepted(w);
    w->lang = LANG_DE;
    struct seen s = send_sheet(&c, CEM, "zurueck", "reason=2&solution=L-101&text=");
    check(s.status == 422 && web_shows(&s, "Das 1. Level darf L-101 nicht sehen."));
    check(web_shows(&s, "name=\"freigeben\"") && web_shows(&s, "value=\"L-101\""));
    check(web_shows(&s, "Das 1st Level darf L-101 nicht sehen: jetzt freigeben"));
    check(send_sheet(&c, CEM, "zurueck", "reason=2&solution=L-101&text=&freigeben=1").status
          == 303);
    check(ask(w, "select audience from solution") == (SOLUTION_L1 | SOLUTION_L2));
    check(ask(w, "select count(*) from engagement where mode = 3 and solution = 1") == 1);
    check(ask(w, "select count(*) from duty") == 0);
}

static void C2_what_was_missing_is_listed_and_is_the_line(struct world *w)
{
    struct desk_case c = accepted(w);
    struct seen s = get_sheet(&c, CEM, "zurueck");
    check(s.status == 200 && web_shows(&s, "Return to Service desk")
          && web_shows(&s, "The hand-over lacked: Situation."));
    check(web_shows(&s, "<kbd>6</kbd>"));
    w->lang = LANG_DE;
    s = get_sheet(&c, CEM, "zurueck");
    check(web_shows(&s, "Zurückgeben an Servicetelefon")
          && web_shows(&s, "In der Übergabe fehlte: Lage."));
    check(web_shows(&s, "Mit bekannter Lösung lösbar"));
    check(send_sheet(&c, CEM, "zurueck", "reason=1&text=").status == 303);
    check(ask(w, "select count(*) from engagement where mode = 3 and reason_text = 'Lage'")
          == 1);
}

static void C3_another_team_gets_it_right_here(struct world *w)
{
    struct ctx *cx = begin(w);
    team_id wifi;
    check(team_add(cx, &(struct team){.name = SAY("Wifi", "Funk"), .level = 2}, &wifi) == OK);
    check(person_join(cx, (person_id){DORA}, wifi) == OK && end(w, OK) == OK);
    struct desk_case c = accepted(w);
    check(send_sheet(&c, CEM, "zurueck", "reason=3&team=5&text=").status == 303);
    check(ask(w, "select count(*) from engagement where mode = 2 and to_team = 5 and problem = "
                 "'Alle Lampen an'")
          == 1);
    check(ask(w, "select count(*) from engagement where mode = 3") == 0);
}

static void C4_a_solution_that_is_not_there(struct world *w)
{
    known(w, S("Geheim"), SOLUTION_L3);
    struct desk_case c = accepted(w);
    struct seen s = send_sheet(&c, CEM, "zurueck", "reason=2&solution=L-101&text=mein+Satz");
    check(s.status == 422 && web_shows(&s, "There is no solution with this number"));
    check(web_shows(&s, "value=\"L-101\"") && web_shows(&s, ">mein Satz</textarea>")
          && lacks(&s, "Geheim"));
    check(web_shows(&s, "value=\"2\" data-next=\"solution\" checked"));
    w->lang = LANG_DE;
    s = send_sheet(&c, CEM, "zurueck", "reason=2&solution=irgendwas");
    check(s.status == 422 && web_shows(&s, "Dazu steht nichts im Wissen."));
}

static void C4_what_the_case_knows_is_offered(struct world *w)
{
    known(w, S("Kanal umstellen"), SOLUTION_L1);
    known(w, S("Nur Technik"), SOLUTION_L2);
    struct desk_case c = accepted(w);
    struct ctx *cx = begin_as(w, CEM);
    check(solution_link(cx, c.id, (solution_id){1}, LINK_TRIED_FAILED) == OK);
    check(end(w, solution_link(cx, c.id, (solution_id){2}, LINK_HELPED)) == OK);
    struct seen s = get_sheet(&c, CEM, "zurueck");
    check(web_shows(&s, "<option value=\"L-101 Kanal umstellen\">")
          && web_shows(&s, "Nur Technik"));
    s = get_sheet(&c, ADA, "zurueck");
    check(s.status == 200 && lacks(&s, "Nur Technik"));
}

static void a_reason_is_needed(struct world *w)
{
    struct desk_case c = accepted(w);
    struct seen s = send_sheet(&c, CEM, "zurueck", "text=nur+so");
    check(s.status == 422 && web_shows(&s, "reason-problem")
          && web_shows(&s, ">nur so</textarea>"));
    s = send_sheet(&c, CEM, "zurueck", "reason=4&text=");
    check(s.status == 422 && web_shows(&s, "text-problem"));
    check(send_sheet(&c, ADA, "zurueck", "reason=5").status == 403);
    s = web_post(w, CEM, sheet_url(&c, "zurueck"), "version=1&reason=6&text=Wer+entscheidet?");
    check(s.status == 409 && web_shows(&s, ">Wer entscheidet?</textarea>"));
}

static void C5_a_second_return_becomes_a_talk(struct world *w)
{
    struct desk_case c = accepted(w);
    check(send_sheet(&c, CEM, "zurueck", "reason=5&text=").status == 303);
    struct seen s = get_sheet(&c, ADA, "annehmen/2");
    check(web_shows(&s, "Accept the return") && web_shows(&s, "Customer cannot be reached")
          && web_shows(&s, "We take it back."));
    check(answer_sheet(&c, ADA, "annehmen/2", "version=1&line=Wir+übernehmen+wieder").status
          == 303);
    check(ask(w, "select work_team from ticket") == FIRST);
    s = get_sheet(&c, ADA, "");
    check(lacks(&s, "Ping-pong"));    // once is as it may be (G5)
    check(send_sheet(&c, ADA, "uebergabe",
                     "team=2&problem=x&day=heute&clock=15:00&cause=1&asked_for=1")
              .status
          == 303);
    check(answer_sheet(&c, CEM, "annehmen/3", "version=1&line=Ich+prüfe+noch+einmal").status
          == 303);
    s = get_sheet(&c, CEM, "");
    check(web_shows(&s, "Ping-pong: 2 times to and fro between Network and Service desk."));
    s = get_sheet(&c, CEM, "zurueck");
    check(web_shows(&s, "went back to Service desk once already")
          && lacks(&s, "name=\"reason\""));
    s = send_sheet(&c, CEM, "zurueck", "text=");
    check(s.status == 422 && web_shows(&s, "why-problem"));
    check(send_sheet(&c, CEM, "zurueck", "text=Wer+misst+die+Leitung?").status == 303);
    check(ask(w, "select count(*) from engagement where mode = 3") == 1);
    check(ask(w, "select count(*) from engagement where mode = 4 and to_team = 1 and from_team "
                 "= 2 and "
                 "state = 1 and problem = 'Wer misst die Leitung?'")
          == 1);
    check(ask(w, "select work_team from ticket") == NET);
    check(send_sheet(&c, CEM, "zurueck", "text=noch+einmal").status
          == 422);    // they are called
}

static void C6_where_nobody_is_any_more_it_does_not_go(struct world *w)
{
    struct desk_case c = accepted(w);
    struct ctx *cx = begin(w);
    check(end(w, db_script(cx, "delete from person_team where team = 1")) == OK);
    w->lang = LANG_DE;
    struct seen s = get_sheet(&c, CEM, "zurueck");
    check(s.status == 200 && web_shows(&s, "Bei Servicetelefon nimmt niemand mehr Vorgänge an")
          && web_shows(&s, "/uebergabe\"") && lacks(&s, "name=\"reason\""));
    s = send_sheet(&c, CEM, "zurueck", "reason=5&text=");
    check(s.status == 422 && web_shows(&s, "Übergib ihn an ein anderes Team"));
}

static void what_nobody_handed_over_does_not_go_back(struct world *w)
{
    struct desk_case c = desk_case(w);
    struct seen s = get_sheet(&c, ADA, "zurueck");
    check(s.status == 200 && web_shows(&s, "Nobody handed this case to your team"));
    check(send_sheet(&c, ADA, "zurueck", "reason=5").status == 422);
}

// --- questions (consult_http.h) ------------------------------------------------------------

static void C1_a_question_and_its_answer(struct world *w)
{
    struct desk_case c = desk_case(w);
    struct seen s = get_sheet(&c, ADA, "rueckfrage");
    check(s.status == 200 && web_shows(&s, "Whom do you ask?") && web_shows(&s, "Network"));
    s = send_sheet(&c, ADA, "rueckfrage", "team=2&question=");
    check(s.status == 422 && web_shows(&s, "question-problem"));
    check(send_sheet(&c, ADA, "rueckfrage", "team=2&question=Ist+das+der+Kanal?").status
          == 303);
    s = get_sheet(&c, CEM, "annehmen/1");
    check(s.status == 303 && str_ends(s.to, S("/rueckfrage/1")));
    w->lang = LANG_DE;
    s = get_sheet(&c, CEM, "rueckfrage/1");
    check(web_shows(&s, "Ist das der Kanal?") && web_shows(&s, "Alle Lampen an")
          && web_shows(&s, "Rückfrage von Servicetelefon"));
    s = answer_sheet(&c, CEM, "rueckfrage/1", "version=1&line=");
    check(s.status == 422 && web_shows(&s, "Die Antwort fehlt noch."));
    check(answer_sheet(&c, CEM, "rueckfrage/1", "version=1&line=Ja,+Kanal+6").status == 303);
    check(ask(w, "select count(*) from engagement where state = 3 and answer = 'Ja, Kanal 6'")
          == 1);
    check(ask(w, "select work_team from ticket") == FIRST);
    s = get_sheet(&c, ADA, "rueckfrage/1");
    check(web_shows(&s, "Ja, Kanal 6") && web_shows(&s, "Das ist schon erledigt: erledigt."));
}

static void C3_who_looks_first_says_so_and_keeps_the_text(struct world *w)
{
    struct desk_case c = desk_case(w);
    check(send_sheet(&c, ADA, "rueckfrage", "team=2&question=Ist+das+der+Kanal?").status
          == 303);
    struct seen s =
        answer_sheet(&c, CEM, "rueckfrage/1", "version=1&tun=ansehen&line=Ich+glaube");
    check(s.status == 303 && str_ends(s.to, S("/rueckfrage/1")));
    s = get_sheet(&c, CEM, "rueckfrage/1");
    check(web_shows(&s, "Somebody is looking at it since")
          && web_shows(&s, ">Ich glaube</textarea>"));
    check(answer_sheet(&c, ADA, "rueckfrage/1", "version=2&line=Selbst").status == 403);
}

static void C4_an_answer_without_its_question_is_not_lost(struct world *w)
{
    struct desk_case c = desk_case(w);
    check(send_sheet(&c, ADA, "rueckfrage", "team=2&question=Ist+das+der+Kanal?").status
          == 303);
    check(answer_sheet(&c, ADA, "zurueckziehen/1", "version=1").status == 303);
    struct seen s = answer_sheet(&c, CEM, "rueckfrage/1", "version=1&line=Lange+Antwort");
    check(s.status == 409 && web_shows(&s, ">Lange Antwort</textarea>")
          && web_shows(&s, "withdrawn"));
}

static void C2_what_leaves_the_house_is_looked_at(struct world *w)
{
    struct ctx *cx = begin(w);
    team_id id;
    check(team_add(cx, &(struct team){.name = SAY("Maker", "Hersteller"), .level = 4}, &id)
          == OK);
    check(end(w, OK) == OK);
    struct desk_case c = desk_case(w);
    struct seen s = send_sheet(&c, ADA, "rueckfrage", "team=5&question=+");
    check(s.status == 422);
    s = send_sheet(&c, ADA, "rueckfrage", "team=5&question=Frau+Brandt+hat+kein+Netz");
    check(s.status == 303 && str_ends(s.to, S("/hersteller/5")));
    check(ask(w, "select count(*) from engagement") == 0);
    s = get_sheet(&c, ADA, "rueckfrage");
    check(web_shows(&s, "Frau Brandt hat kein Netz"));
}

// --- swarms (swarm_http.h) -----------------------------------------------------------------

static void R1_one_sheet_calls_several_teams(struct world *w)
{
    struct desk_case c = desk_case(w);
    struct seen s = get_sheet(&c, ADA, "schwarm");
    check(s.status == 200 && web_shows(&s, "name=\"team-2\"")
          && web_shows(&s, "name=\"team-3\""));
    s = send_sheet(&c, ADA, "schwarm", "why=Hilfe");
    check(s.status == 422 && web_shows(&s, "Which team should help?")
          && web_shows(&s, ">Hilfe</textarea>"));
    s = send_sheet(&c, ADA, "schwarm", "team-2=1&team-3=1&why=");
    check(s.status == 422 && web_shows(&s, "why-problem")
          && web_shows(&s, "name=\"team-3\" value=\"1\" checked"));
    check(ask(w, "select count(*) from engagement") == 0);
    s = send_sheet(&c, ADA, "schwarm", "team-2=1&team-3=1&why=Mail+und+Netz");
    check(s.status == 303 && str_ends(s.to, S("/schwarm")));
    check(ask(w, "select count(*) from engagement where mode = 4 and state = 1") == 2);
    check(ask(w, "select work_team from ticket") == FIRST);
}

static void R2_a_team_joins_and_ends_its_part(struct world *w)
{
    struct desk_case c = desk_case(w);
    check(send_sheet(&c, ADA, "schwarm", "team-2=1&why=Mail+und+Netz").status == 303);
    w->lang = LANG_DE;
    struct seen s = get_sheet(&c, CEM, "schwarm");
    check(web_shows(&s, "Mithelfen") && web_shows(&s, "gerufen") && lacks(&s, "zurueckziehen"));
    check(lacks(&s, "Mitmachen"));    // one way in
    s = get_sheet(&c, CEM, "");
    check(web_shows(&s, "/schwarm/1") && web_shows(&s, "value=\"mithelfen\""));
    check(get_sheet(&c, CEM, "annehmen/1").status == 303);
    check(answer_sheet(&c, CEM, "schwarm/1", "version=1&tun=mithelfen").status == 303);
    check(answer_sheet(&c, CEM, "schwarm/1", "version=1&tun=ende&line=Leitung+ist+gut").status
          == 409);
    s = get_sheet(&c, CEM, "schwarm");
    check(web_shows(&s, "hilft mit") && web_shows(&s, "Unser Teil ist fertig"));
    check(ask(w, "select count(*) from event where kind = 'room.joined'") == 1);
    s = get_sheet(&c, ADA, "schwarm");
    check(lacks(&s, "name=\"team-2\"") && web_shows(&s, "id=\"teams\" data-now"));
    check(answer_sheet(&c, CEM, "schwarm/1", "version=2&tun=ende&line=Leitung+ist+gut").status
          == 303);
    s = get_sheet(&c, ADA, "schwarm");    // R3
    check(web_shows(&s, "Leitung ist gut"));
    struct desk_case other = desk_case(w);
    check(answer_sheet(&other, ADA, "schwarm/1", "version=3&tun=ende").status == 404);
}

const struct test return_http_tests[] = {
    T(C1_a_digit_and_a_number),
    T(C1_without_a_solution_the_team_owes_it),
    T(C4_what_level_1_may_not_see_is_released_by_one_key),
    T(C2_what_was_missing_is_listed_and_is_the_line),
    T(C3_another_team_gets_it_right_here),
    T(C4_a_solution_that_is_not_there),
    T(C4_what_the_case_knows_is_offered),
    T(a_reason_is_needed),
    T(C5_a_second_return_becomes_a_talk),
    T(C6_where_nobody_is_any_more_it_does_not_go),
    T(what_nobody_handed_over_does_not_go_back),
    T(C1_a_question_and_its_answer),
    T(C3_who_looks_first_says_so_and_keeps_the_text),
    T(C4_an_answer_without_its_question_is_not_lost),
    T(C2_what_leaves_the_house_is_looked_at),
    T(R1_one_sheet_calls_several_teams),
    T(R2_a_team_joins_and_ends_its_part),
    {0},
};
