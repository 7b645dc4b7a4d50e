// SPDX-License-Identifier: GPL-3.0-or-later
#include "lifecycle/lifecycle_test.h"

static struct made_case about_an_old_one(struct world *w, const char *offer)
{
    return about(w, outlived(w, (product_id){0}, offer));
}

static void C1_it_is_said_wherever_somebody_decides(struct world *w)
{
    struct made_case c = about_an_old_one(w, "Fjord 4 für 59 €");
    struct seen s = web_get(w, ADA, at(w, &c, ""));
    check(web_shows(&s, "Support for “Router Fjord 2” ended on 30 Jun 2020"));
    check(web_shows(&s, "/support-ende"));
    w->lang = LANG_DE;
    s = web_get(w, ADA, at(w, &c, "/uebergabe"));
    check(web_shows(&s, "Support endete am 30.06.2020"));
    s = web_get(w, ADA, "/w/call?sagt=fjord+2+blinkt");
    check(web_shows(&s, "Der Support für „Router Fjord 2“ endete am 30.06.2020."));
    s = web_get(w, ADA, "/w/call?sagt=fjord+20+blinkt");
    check(!web_shows(&s, "endete am"));
}

static void H1_what_cannot_be_chosen_says_why(struct world *w)
{
    struct made_case c = about_an_old_one(w, "");
    struct seen s = web_get(w, ADA, at(w, &c, "/support-ende"));
    check(s.status == 200 && web_shows(&s, "Nothing is entered at the product"));
    check(web_shows(&s, "“2nd level (technicians)” may") && web_shows(&s, "/rueckfrage"));
    s = web_post(w, ADA, at(w, &c, "/support-ende"), "weg=2");
    check(s.status == 403 && web_shows(&s, "may not grant goodwill"));
    s = web_post(w, ADA, at(w, &c, "/support-ende"), "weg=");
    check(s.status == 422 && web_shows(&s, "Choose one."));
}

static void H2_choosing_leads_to_the_reply(struct world *w)
{
    struct made_case c = about_an_old_one(w, "Fjord 4 für 59 €");
    struct seen s = web_post(w, ADA, at(w, &c, "/support-ende"), "weg=1");
    check(s.status == 303 && str_ends(s.to, S("#antwort")));
    s = web_get(w, ADA, at(w, &c, ""));
    check(web_shows(&s, "Wir bieten Ihnen stattdessen an:\nFjord 4 für 59 €"));
}

static void H4_goodwill_taken_back_says_what_is_left(struct world *w)
{
    struct made_case c = about_an_old_one(w, "");
    check(end(w, ticket_see(begin(w), c.id, (team_id){NET})) == OK);
    check(web_post(w, CEM, at(w, &c, "/support-ende"), versioned(w, &c, "&weg=2")).status
          == 303);
    struct seen s =
        web_post(w, CEM, at(w, &c, "/massnahme/1/zurueck"), versioned(w, &c, "&grund="));
    check(s.status == 422 && web_shows(&s, "href=\"#grund\""));
    web_post(w, CEM, at(w, &c, "/entwurf"), "text=Ihrem Router Fjord 2 helfen wir");
    s = web_post(w, CEM, at(w, &c, "/massnahme/1/zurueck"),
                 versioned(w, &c, "&grund=doch+nicht"));
    check(s.status == 303 && str_ends(s.to, S("?brief=1")));
    s = web_get(w, CEM, arena_z(&w->kept, s.to));
    check(web_shows(&s, "it may still speak of it") && web_shows(&s, "doch nicht"));
}

static void H3_what_is_supported_leads_to_the_case(struct world *w)
{
    struct made_case c = a_case(w);
    struct seen s = web_get(w, ADA, at(w, &c, "/support-ende"));
    check(s.status == 303);
}

const struct test lifecycle_http_tests[] = {
    T(C1_it_is_said_wherever_somebody_decides), T(H1_what_cannot_be_chosen_says_why),
    T(H2_choosing_leads_to_the_reply),          T(H4_goodwill_taken_back_says_what_is_left),
    T(H3_what_is_supported_leads_to_the_case),  {0},
};
