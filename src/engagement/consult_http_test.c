// SPDX-License-Identifier: GPL-3.0-or-later
#include "engagement/engagement_http_test.h"

static void C7_the_only_team_of_the_next_level_stands_out(struct world *w)
{
    struct desk_case c = desk_case(w);
    struct seen s = get_sheet(&c, ADA, "rueckfrage");
    check(s.status == 200 && web_shows(&s, "value=\"2\" checked>"));
    check(web_shows(&s, "The only team of the next level."));
    check(web_shows(&s, "rows=\"3\" autofocus>"));
}

static void C7_no_team_is_chosen_by_its_name(struct world *w)
{
    radio_team(w);
    struct desk_case c = desk_case(w);
    struct seen s = get_sheet(&c, ADA, "rueckfrage");
    check(web_shows(&s, "Please choose: nothing speaks clearly for one team."));
    check(lacks(&s, " checked><span>") && web_shows(&s, "rows=\"3\" autofocus>"));
    w->lang = LANG_DE;
    s = send_sheet(&c, ADA, "rueckfrage", "question=Kennt+ihr+das%3F");
    check(s.status == 422 && web_shows(&s, "Bitte wähle ein Team."));
    check(web_shows(&s, " autofocus><span>")
          && web_shows(&s, "rows=\"3\">Kennt ihr das?</textarea>"));
    check(ask(w, "select count(*) from engagement") == 0);
    check(send_sheet(&c, ADA, "rueckfrage", "team=5&question=Kennt+ihr+das%3F").status == 303);
    check(ask(w, "select to_team from engagement") == 5);
}

static void C7_who_took_part_before_is_asked_first(struct world *w)
{
    team_id radio = radio_team(w);
    struct desk_case c = desk_case(w);
    engagement_id id = ask_a_team(&c, radio);
    struct engagement_at asked = {id, 1};
    check(end(w, engagement_answer(begin_as(w, BEN), asked, S("Ja, der Funk."))) == OK);
    struct seen s = get_sheet(&c, ADA, "rueckfrage");
    check(web_shows(&s, "value=\"5\" checked>"));
}

static void C8_an_open_question_is_said_on_the_sheet(struct world *w)
{
    struct desk_case c = desk_case(w);
    struct seen s = get_sheet(&c, ADA, "rueckfrage");
    check(lacks(&s, "/rueckfrage/1"));
    ask_a_team(&c, (team_id){NET});
    s = get_sheet(&c, ADA, "rueckfrage");
    check(web_shows(&s, "A question to Network is open") && web_shows(&s, "/rueckfrage/1"));
    s = get_sheet(&c, ADA, "rueckfrage/1");
    check(web_shows(&s, "zurueckziehen/1") && web_shows(&s, "Nobody has answered yet.")
          && lacks(&s, "name=\"line\""));
    s = get_sheet(&c, CEM, "rueckfrage/1");
    check(lacks(&s, "zurueckziehen/1") && web_shows(&s, "name=\"line\""));
}

const struct test consult_http_tests[] = {
    T(C7_the_only_team_of_the_next_level_stands_out),
    T(C7_no_team_is_chosen_by_its_name),
    T(C7_who_took_part_before_is_asked_first),
    T(C8_an_open_question_is_said_on_the_sheet),
    {0},
};
