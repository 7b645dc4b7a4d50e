// SPDX-License-Identifier: GPL-3.0-or-later
#include "engagement/engagement_http_test.h"

static void N1_a_line_is_proposed_and_none_is_there(struct world *w)
{
    struct desk_case c = handed_over(w);
    struct seen s = get_sheet(&c, CEM, "annehmen/1");
    check(s.status == 200 && web_shows(&s, "name=\"proposed\" value=\"1\" autofocus")
          && web_shows(&s, "I take it. Next step: find the cause.")
          && web_shows(&s, "name=\"line\" value=\"\""));
    check(web_shows(&s, "Service desk") && web_shows(&s, "Please solve it")
          && web_shows(&s, "missing"));
    check(web_shows(&s, "asked") && web_shows(&s, "ada."));
    check(web_shows(&s, "name=\"until\" value=\"\""));
    check(web_shows(&s, "Answer by 20 Nov 2026, 14:00") && lacks(&s, "Rückmeldung bis"));
    w->lang = LANG_DE;
    s = get_sheet(&c, CEM, "annehmen/1");
    check(web_shows(&s, "Rückmeldung bis 20.11.2026, 14:00 Uhr"));
    check(web_shows(&s, "Ich übernehme. Nächster Schritt: Ursache suchen.")
          && web_shows(&s, "oder in eigenen Worten"));
    check(web_shows(&s, "Bitte lösen") && web_shows(&s, "Wer hält die Kundin"));
}

static void N1_nothing_is_said_that_was_not_chosen(struct world *w)
{
    struct desk_case c = handed_over(w);
    struct seen s = answer_sheet(&c, CEM, "annehmen/1", "version=1&line=&care=0");
    check(s.status == 422 && web_shows(&s, "line-problem"));
    w->lang = LANG_DE;
    s = answer_sheet(&c, CEM, "annehmen/1", "version=1&proposed=1&line=&until=15+Uhr&care=0");
    check(s.status == 303);
    check(ask(w, "select count(*) from ticket where current = 'Netz: Ich übernehme. Nächster "
                 "Schritt: Ursache suchen, bis 15 Uhr'")
          == 1);
    w->lang = LANG_EN;    // ticket_said.h: a colleague reads English
    s = get_sheet(&c, CEM, "");
    check(web_shows(&s, "Network: I take it. Next step: find the cause, by 15 Uhr"));
}

static void N1_own_words_win(struct world *w)
{
    struct desk_case c = handed_over(w);
    check(answer_sheet(&c, CEM, "annehmen/1",
                       "version=1&proposed=1&line=Ich+prüfe+die+Leitung&care=0")
              .status
          == 303);
    check(ask(w, "select count(*) from ticket where current = 'Network: Ich prüfe die Leitung'")
          == 1);
}

static void N1_accepting_moves_the_case(struct world *w)
{
    struct desk_case c = handed_over(w);
    struct seen s = answer_sheet(&c, CEM, "annehmen/1",
                                 "version=1&line=Ich+prüfe+die+Leitung.&until=15+Uhr&care=0");
    check(s.status == 303 && str_ends(s.to, c.number));
    check(ask(w,
              "select count(*) from ticket where work_team = 2 and level = 2 and care_team = 1")
          == 1);
    check(
        ask(w, "select count(*) from ticket where current = 'Network: Ich prüfe die Leitung, by "
               "15 Uhr'")
        == 1);
}

static void N1_the_customers_contact_moves_when_wished(struct world *w)
{
    struct desk_case c = handed_over(w);
    check(answer_sheet(&c, CEM, "annehmen/1", "version=1&line=Ich+prüfe+die+Leitung&care=1")
              .status
          == 303);
    check(ask(w, "select care_team from ticket") == NET);
}

static void N1_a_line_that_says_nothing_comes_back(struct world *w)
{
    struct desk_case c = handed_over(w);
    struct seen s = answer_sheet(&c, CEM, "annehmen/1", "version=1&line=ok&care=1");
    check(s.status == 422 && web_shows(&s, "value=\"ok\"") && web_shows(&s, "line-problem"));
    check(web_shows(&s, "name=\"care\" value=\"1\" checked"));
    check(ask(w, "select work_team from ticket") == FIRST);
}

static void N3_it_is_not_answered_twice(struct world *w)
{
    struct desk_case c = accepted(w);
    struct seen s =
        answer_sheet(&c, CEM, "annehmen/1", "version=1&line=Noch+einmal+dasselbe&care=0");
    check(s.status == 409 && web_shows(&s, "This is settled already")
          && web_shows(&s, "Noch einmal dasselbe"));
    w->lang = LANG_DE;
    s = get_sheet(&c, CEM, "annehmen/1");
    check(s.status == 200 && web_shows(&s, "Das ist schon erledigt: angenommen."));
    s = get_sheet(&c, CEM, "ablehnen/1");
    check(web_shows(&s, "Das ist schon erledigt"));
}

static void only_the_asked_team_answers(struct world *w)
{
    struct desk_case c = handed_over(w);
    check(
        answer_sheet(&c, ADA, "annehmen/1", "version=1&line=Ich+nehme+das+selbst&care=0").status
        == 403);
    check(answer_sheet(&c, DORA, "annehmen/1", "version=1&line=Ich+nehme+das+selbst&care=0")
              .status
          == 404);
    check(answer_sheet(&c, CEM, "zurueckziehen/1", "version=1").status == 403);
    check(get_sheet(&c, CEM, "annehmen/99").status == 404);
    check(get_sheet(&c, CEM, "annehmen/x").status == 404);
    struct desk_case other = desk_case(w);
    check(get_sheet(&other, ADA, "annehmen/1").status == 404);    // of another case
    check(ask(w, "select count(*) from engagement where state = 1") == 1);
}

static void N2_who_declines_says_what_would_be_accepted(struct world *w)
{
    struct desk_case c = handed_over(w);
    struct seen s = get_sheet(&c, CEM, "ablehnen/1");
    check(s.status == 200 && web_shows(&s, "Missing: Situation")
          && web_shows(&s, "What would you accept?"));
    s = answer_sheet(&c, CEM, "ablehnen/1", "version=1&line=nein");
    check(s.status == 422 && web_shows(&s, ">nein</textarea>"));
    check(answer_sheet(&c, CEM, "ablehnen/1", "version=1&line=Mit+Seriennummer+gern").status
          == 303);
    check(ask(w, "select count(*) from engagement where state = 4 and reason_text = 'Mit "
                 "Seriennummer gern'")
          == 1);
    check(ask(w, "select work_team from ticket") == FIRST);
    w->lang = LANG_DE;
    s = get_sheet(&c, ADA, "annehmen/1");
    check(web_shows(&s, "abgelehnt") && web_shows(&s, "Mit Seriennummer gern"));
}

static void the_text_of_a_decline_is_kept(struct world *w)
{
    struct desk_case c = handed_over(w);
    check(answer_sheet(&c, CEM, "ablehnen/1", "version=1&tun=zurueck&line=Erst+mal").status
          == 303);
    struct seen s = get_sheet(&c, CEM, "ablehnen/1");
    check(web_shows(&s, ">Erst mal</textarea>"));
}

static void a_wrong_door_is_passed_on(struct world *w)
{
    struct ctx *cx = begin(w);
    team_id wifi;
    check(team_add(cx, &(struct team){.name = SAY("Wifi", "Funk"), .level = 2}, &wifi) == OK);
    check(person_join(cx, (person_id){DORA}, wifi) == OK && end(w, OK) == OK);
    struct desk_case c = handed_over(w);
    struct seen s = get_sheet(&c, CEM, "ablehnen/1");
    check(web_shows(&s, "weiterreichen/1") && web_shows(&s, "2nd Wifi")
          && lacks(&s, "2nd Network"));
    check(answer_sheet(&c, CEM, "weiterreichen/1", "version=1&team=5").status == 303);
    check(ask(w, "select count(*) from engagement where to_team = 5 and state = 1 and tried = "
                 "'Neustart'")
          == 1);
    s = answer_sheet(&c, DORA, "weiterreichen/2", "version=1&team=2");
    check(s.status == 422 && web_shows(&s, "This team has just passed it on."));
}

static void the_sender_takes_it_back(struct world *w)
{
    struct desk_case c = handed_over(w);
    struct seen s = get_sheet(&c, ADA, "annehmen/1");
    check(web_shows(&s, "zurueckziehen/1"));
    s = get_sheet(&c, CEM, "annehmen/1");
    check(lacks(&s, "zurueckziehen/1"));
    check(answer_sheet(&c, ADA, "zurueckziehen/1", "version=1").status == 303);
    check(ask(w, "select state from engagement") == ENGAGED_WITHDRAWN);
    s = answer_sheet(&c, CEM, "annehmen/1", "version=1&line=Ich+prüfe+die+Leitung&care=0");
    check(s.status == 409 && web_shows(&s, "withdrawn"));
}

static void N4_the_sheet_leads_to_what_is_under_way(struct world *w)
{
    struct desk_case c = handed_over(w);
    struct seen s = get_sheet(&c, ADA, "uebergabe");
    check(s.status == 303 && str_ends(s.to, S("/annehmen/1")));
    s = get_sheet(&c, ADA, "annehmen/1");
    check(web_shows(&s, "A hand-over is under way") && web_shows(&s, "Network has not accepted"));
    check(web_shows(&s, "zurueckziehen/1") && lacks(&s, "name=\"proposed\""));
    s = send_sheet(&c, ADA, "uebergabe", "team=2&problem=Noch+mehr&cause=1&asked_for=1&what=x");
    check(s.status == 422 && web_shows(&s, ">Noch mehr</textarea>")
          && web_shows(&s, "Another team has been asked"));
    check(answer_sheet(&c, ADA, "zurueckziehen/1", "version=1").status == 303);
    check(get_sheet(&c, ADA, "uebergabe").status == 200);
}

static void N4_a_return_under_way_is_read_by_all(struct world *w)
{
    struct desk_case c = accepted(w);
    check(send_sheet(&c, CEM, "zurueck", "reason=1&text=Seit+wann?").status == 303);
    struct seen s = get_sheet(&c, CEM, "zurueck");
    check(s.status == 303 && str_ends(s.to, S("/annehmen/2")));
    w->lang = LANG_DE;
    s = get_sheet(&c, CEM, "annehmen/2");
    check(web_shows(&s, "Rückgabe läuft") && web_shows(&s, "Seit wann?"));
    s = get_sheet(&c, ADA, "annehmen/2");
    check(web_shows(&s, "Rückgabe annehmen") && lacks(&s, "zurueckziehen/2"));
}

// contact.h, K11: before somebody decides whether to take it.
static void who_is_asked_reads_that_it_is_for_a_vip(struct world *w)
{
    struct desk_case c = handed_over(w);
    struct seen s = get_sheet(&c, CEM, "annehmen/1");
    check(s.status == 200 && lacks(&s, ">VIP</span>"));
    check(end(w, db_script(begin(w), "update contact set vip = 1")) == OK);
    s = get_sheet(&c, CEM, "annehmen/1");
    check(web_shows(&s, ">VIP</span>"));
    s = web_get(w, CEM, "/w");
    check(web_shows(&s, ">VIP</span>"));
}

const struct test answer_http_tests[] = {
    T(N1_a_line_is_proposed_and_none_is_there),
    T(N1_nothing_is_said_that_was_not_chosen),
    T(N1_own_words_win),
    T(N1_accepting_moves_the_case),
    T(N1_the_customers_contact_moves_when_wished),
    T(N1_a_line_that_says_nothing_comes_back),
    T(N3_it_is_not_answered_twice),
    T(only_the_asked_team_answers),
    T(N2_who_declines_says_what_would_be_accepted),
    T(the_text_of_a_decline_is_kept),
    T(a_wrong_door_is_passed_on),
    T(the_sender_takes_it_back),
    T(N4_the_sheet_leads_to_what_is_under_way),
    T(N4_a_return_under_way_is_read_by_all),
    T(who_is_asked_reads_that_it_is_for_a_vip),
    {0},
};
