// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/web.h"

#include "solution/solution.h"
#include "ticket/ticket.h"

static void given(struct world *w, str title, int audience, enum confidence confidence)
{
    struct solution s = {.kind = SOLUTION_FIX,
                         .confidence = confidence,
                         .audience = audience,
                         .lang = LANG_DE,
                         .title = title,
                         .words = S("Alle Lampen an"),
                         .cause = S("Kanal <belegt>")};
    solution_id id;
    solution_steps_read(&w->kept, S("Kanal 6 wählen -> Lampe grün\nNeu verbinden"), &s.step,
                        &s.steps);
    struct ctx *cx = begin_as(w, EVA);
    check(end(w, solution_add(cx, &s, &id)) == OK);
}

static str given_case(struct world *w)
{
    struct ticket_made made;
    struct ctx *cx = begin_as(w, ADA);
    check(
        end(w, ticket_create(
                   cx, &(struct ticket_new){.channel = CHANNEL_PHONE, .problem = S("WLAN weg")},
                   &made))
        == OK);
    return ticket_number_shown(&w->kept, made.number);
}

// L-101 for level 1, L-102 for level 2 alone.
static void two(struct world *w)
{
    given(w, S("WLAN-Kanal umstellen"), SOLUTION_L1, SOLUTION_VALIDATED);
    given(w, S("Nur für die Technik"), SOLUTION_L2, SOLUTION_VALIDATED);
}

static bool shows(struct seen s, const char *text)
{
    return str_find(s.page, str_from_z(text)) >= 0;
}

static void D1_what_is_not_meant_for_one_is_not_there(struct world *w)
{
    two(w);
    check(web_get(w, ADA, "/w/kb/L-101").status == 200);
    check(web_get(w, ADA, "/w/kb/L-102").status == 404);
    check(web_get(w, ADA, "/w/kb/L-102/bearbeiten").status == 404);
    check(web_post(w, ADA, "/w/kb/L-102/stimmt-nicht", "flag=x").status == 404);
    check(web_post(w, ADA, "/w/kb/L-102/bearbeiten", "title=x&version=1").status == 404);
    check(web_get(w, NINA, "/w/kb/L-101").status == 404);
    struct seen list = web_get(w, ADA, "/w/kb");
    check(list.status == 200 && shows(list, "WLAN-Kanal")
          && !shows(list, "Nur für die Technik"));
    list = web_get(w, CEM, "/w/kb");
    check(shows(list, "WLAN-Kanal") && shows(list, "Nur für die Technik"));
}

static void D1_administration_reads_none(struct world *w)
{
    two(w);
    check(web_get(w, GERO, "/w/kb").status == 403);
    check(web_get(w, GERO, "/w/kb/L-101").status == 403);
    check(web_get(w, 0, "/w/kb").status == 303);
}

static void D2_a_solution_is_read_in_both_languages(struct world *w)
{
    two(w);
    struct seen s = web_get(w, ADA, "/w/kb/101");
    check(s.status == 200 && web_shows(&s, "What to do?") && web_shows(&s, "Kanal 6 wählen"));
    check(web_shows(&s, "Kanal &lt;belegt&gt;") && web_shows(&s, "Lampe grün"));
    w->lang = LANG_DE;
    s = web_get(w, ADA, "/w/kb/l101");
    check(s.status == 200 && web_shows(&s, "Was tun?") && web_shows(&s, "geprüft"));
    check(web_get(w, ADA, "/w/kb/zebra").status == 404);
    check(web_get(w, ADA, "/w/kb/L-99999999999999999999").status == 404);
}

static void Q1_a_number_goes_straight_to_it(struct world *w)
{
    two(w);
    struct seen s = web_get(w, ADA, "/w/kb?q=l-101");
    check(s.status == 303);
    check_text(s.to, S("/w/kb/L-101"));
}

static void Q2_the_list_is_filtered(struct world *w)
{
    two(w);
    given(w, S("Noch in Arbeit"), SOLUTION_L1, SOLUTION_WIP);
    struct seen s = web_get(w, CEM, "/w/kb?stufe=1");
    check(shows(s, "Noch in Arbeit") && !shows(s, "WLAN-Kanal"));
    s = web_get(w, CEM, "/w/kb?fuer=2");
    check(shows(s, "Nur für die Technik") && !shows(s, "WLAN-Kanal"));
    s = web_get(w, CEM, "/w/kb?stimmt-nicht=1");
    check(web_shows(&s, "There is nothing here that fits"));
    s = web_get(w, CEM, "/w/kb?ab=-7&stufe=99&fuer=banana");
    check(s.status == 200);
}

static void Q2_a_long_list_is_paged(struct world *w)
{
    for (int i = 0; i < 51; i++)
        given(w, S("Eine von vielen"), SOLUTION_L1, SOLUTION_VALIDATED);
    struct seen s = web_get(w, ADA, "/w/kb?fuer=1");
    check(web_shows(&s, "/w/kb?fuer=1&amp;stufe=0&amp;thema=0&amp;produkt=0&amp;ab=50"));
    s = web_get(w, ADA, "/w/kb?fuer=1&ab=50");
    check(web_shows(&s, "L-101") && web_shows(&s, "Newer") && !shows(s, "Older"));
}

static const char typed[] = "title=Drucker+aus&words=druckt+nicht&steps=Stecker+prüfen+->+"
                            "Lampe\r\nNeu+starten&kind=2&language=1"
                            "&audience=1&for-1=1&confidence=2";

static void writing_one(struct world *w)
{
    check(web_shows(&(struct seen){.page = web_get(w, ADA, "/w/kb/neu").page},
                    "One step a line"));
    struct seen s = web_post(w, ADA, "/w/kb/neu", typed);
    check(s.status == 303);
    check_text(s.to, S("/w/kb/L-101"));
    s = web_get(w, ADA, "/w/kb/L-101");
    check(web_shows(&s, "<li>Stecker prüfen <small>Lampe</small></li>"));
    check(web_shows(&s, "<li>Neu starten</li>"));
}

static void O3_a_refused_form_shows_what_was_typed(struct world *w)
{
    struct seen s = web_post(w, ADA, "/w/kb/neu",
                             "title=&words=druckt+nicht&steps=Stecker+prüfen&audience=1&for-1="
                             "1&confidence=2&kind=2&language=1");
    check(s.status == 422 && web_shows(&s, "Say in a customer&#39;s words")
          && web_shows(&s, "id=\"title-problem\""));
    check(web_shows(&s, "druckt nicht") && web_shows(&s, "Stecker prüfen"));
    s = web_post(w, ADA, "/w/kb/neu", "title=x&audience=1&confidence=2&kind=2&language=1");
    check(s.status == 422 && web_shows(&s, "For whom is it?"));
    w->lang = LANG_DE;
    s = web_post(w, ADA, "/w/kb/neu", "title=x&audience=1&confidence=2&kind=2&language=1");
    check(s.status == 422 && web_shows(&s, "Für wen ist sie?"));
}

static void O2_who_may_not_publish_is_not_offered_it(struct world *w)
{
    struct seen s = web_get(w, ADA, "/w/kb/neu");
    check(shows(s, "for-1") && !shows(s, "for-2") && !shows(s, "for-customer")
          && !shows(s, "name=\"confidence\" value=\"3\""));
    s = web_get(w, FINN, "/w/kb/neu");
    check(web_shows(&s, "for-customer") && web_shows(&s, "name=\"confidence\" value=\"3\""));
    s = web_post(w, ADA, "/w/kb/neu",
                 "title=x&audience=1&for-1=1&for-public=1&confidence=3&kind=2&language=1");
    check(s.status == 403);
    check(ask(w, "select count(*) from solution") == 0);
}

static void mending_one_and_who_may_use_it(struct world *w)
{
    two(w);
    struct seen s = web_get(w, CEM, "/w/kb/L-102/bearbeiten");
    check(web_shows(&s, "value=\"Nur für die Technik\"")
          && web_shows(&s, "Kanal 6 wählen -&gt; Lampe grün"));
    s = web_post(w, CEM, "/w/kb/L-102/bearbeiten",
                 "version=1&title=Für+alle&audience=1&for-1=1&for-2=1&confidence=3");
    check(s.status == 303);
    check(ask(w, "select count(*) from solution where key = 102 and audience = 3 and title = "
                 "'Für alle'")
          == 1);
    check(ask(w, "select count(*) from solution where key = 102 and steps like '%Lampe grün%'")
          == 1);
    check(web_get(w, ADA, "/w/kb/L-102").status == 200);
}

static void of_two_who_mend_one_version_one_wins(struct world *w)
{
    two(w);
    check(web_post(w, CEM, "/w/kb/L-101/bearbeiten", "version=1&title=Erste").status == 303);
    struct seen s =
        web_post(w, FINN, "/w/kb/L-101/bearbeiten", "version=1&title=Zweite&words=mein+Text");
    check(s.status == 409 && web_shows(&s, "Somebody changed this solution meanwhile"));
    check(web_shows(&s, "value=\"Zweite\"") && web_shows(&s, "mein Text"));
    check(ask(w, "select count(*) from solution where title = 'Erste'") == 1);
}

static void keys_of_another_desk_are_not_taken(struct world *w)
{
    struct ctx *cx = begin_as(w, NINA);
    product_id foreign;
    check(end(w, product_add(cx, &(struct product){.name = S("Fremd")}, &foreign)) == OK);
    check(web_post(w, ADA, "/w/kb/neu",
                   "title=x&audience=1&for-1=1&confidence=2&kind=2&language=1&product=1")
              .status
          == 303);
    check(ask(w, "select count(*) from solution where product is null") == 1);
}

static void D4_everybody_may_say_that_it_is_wrong(struct world *w)
{
    given(w, S("Für Kunden"), SOLUTION_L1 | SOLUTION_PUBLIC, SOLUTION_VALIDATED);
    struct seen s = web_get(w, ADA, "/w/kb/L-101");
    check(!shows(s, "/w/kb/L-101/bearbeiten"));
    check(web_get(w, ADA, "/w/kb/L-101/bearbeiten").status == 403);
    s = web_post(w, ADA, "/w/kb/L-101/stimmt-nicht", "flag=");
    check(s.status == 422 && web_shows(&s, "What is wrong with it?"));
    check(web_post(w, ADA, "/w/kb/L-101/stimmt-nicht", "flag=Kanal+6+fehlt").status == 303);
    s = web_get(w, CEM, "/w/kb/L-101");
    check(web_shows(&s, "Kanal 6 fehlt") && web_shows(&s, "stimmt-wieder"));
    check(web_post(w, ADA, "/w/kb/L-101/stimmt-wieder", "version=1").status == 403);
    check(web_post(w, CEM, "/w/kb/L-101/stimmt-wieder", "version=9").status == 409);
    check(web_post(w, CEM, "/w/kb/L-101/stimmt-wieder", "version=1").status == 303);
    check(ask(w, "select flagged from solution") == 0);
}

static void putting_one_away(struct world *w)
{
    two(w);
    check(!shows(web_get(w, ADA, "/w/kb/L-101"), "archivieren"));
    check(web_post(w, ADA, "/w/kb/L-101/archivieren", "version=1").status == 403);
    check(web_post(w, CEM, "/w/kb/L-101/archivieren", "version=7").status == 409);
    check(web_post(w, CEM, "/w/kb/L-101/archivieren", "version=1").status == 303);
    check(!shows(web_get(w, CEM, "/w/kb"), "WLAN-Kanal"));
    check(shows(web_get(w, CEM, "/w/kb?stufe=4"), "WLAN-Kanal"));
}

static void D3_naming_it_in_a_case(struct world *w)
{
    two(w);
    str number = given_case(w);
    const char *url =
        arena_z(&w->kept, arena_fmt(&w->kept, "/w/kb/L-101?t=" STR_FMT, STR_ARG(number)));
    struct seen s = web_get(w, ADA, url);
    check(web_shows(&s, "Did not help"));
    const char *form =
        arena_z(&w->kept, arena_fmt(&w->kept, "t=" STR_FMT "&role=3", STR_ARG(number)));
    s = web_post(w, ADA, "/w/kb/L-101/verknuepfen", form);
    check(s.status == 303 && str_ends(s.to, number));
    check(ask(w, "select count(*) from solution_link where role = 3") == 1);
    // By itself a link never says "solved", and it reaches no case of others.
    form = arena_z(&w->kept, arena_fmt(&w->kept, "t=" STR_FMT "&role=1", STR_ARG(number)));
    check(web_post(w, ADA, "/w/kb/L-101/verknuepfen", form).status == 422);
    check(web_post(w, CEM, "/w/kb/L-101/verknuepfen", form).status == 404);
    check(web_post(w, ADA, "/w/kb/L-101/verknuepfen", "t=1234-5678").status == 422);
}

const struct test solution_http_tests[] = {
    T(D1_what_is_not_meant_for_one_is_not_there),
    T(D1_administration_reads_none),
    T(D2_a_solution_is_read_in_both_languages),
    T(Q1_a_number_goes_straight_to_it),
    T(Q2_the_list_is_filtered),
    T(Q2_a_long_list_is_paged),
    T(writing_one),
    T(O3_a_refused_form_shows_what_was_typed),
    T(O2_who_may_not_publish_is_not_offered_it),
    T(mending_one_and_who_may_use_it),
    T(of_two_who_mend_one_version_one_wins),
    T(keys_of_another_desk_are_not_taken),
    T(D4_everybody_may_say_that_it_is_wrong),
    T(putting_one_away),
    T(D3_naming_it_in_a_case),
    {0},
};
