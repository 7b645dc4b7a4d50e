// SPDX-License-Identifier: GPL-3.0-or-later
#include "workplace/workplace_test.h"

static const char *with(struct world *w, const struct made_case *c, const char *rest)
{
    return arena_z(&w->kept,
                   arena_fmt(&w->kept, "version=%lld&%s", (long long)look(w, c).version, rest));
}

static void H1_what_one_may_and_who_else_may(struct world *w)
{
    struct made_case c = a_case(w);
    struct seen s = web_get(w, ADA, at(w, &c, "/massnahme"));
    check(s.status == 200 && web_shows(&s, "Remote support")
          && web_shows(&s, "“2nd level (technicians)” may"));
    check(str_find(s.page, S("Reset a password")) < str_find(s.page, S("Ship a replacement")));
    w->lang = LANG_DE;
    s = web_get(w, ADA, at(w, &c, "/massnahme"));
    check(web_shows(&s, "Das darf „2nd Level (Fachtechnik)“") && web_shows(&s, "/uebergabe"));
}

static void H2_what_was_typed_comes_back(struct world *w)
{
    struct made_case c = a_case(w);
    struct seen s =
        web_post(w, ADA, at(w, &c, "/massnahme"), "was=3&betrag=12,5&zeile=Router+X2");
    check(s.status == 422 && web_shows(&s, "Router X2") && web_shows(&s, "12,5"));
    s = web_post(w, ADA, at(w, &c, "/massnahme"), with(w, &c, "was=5&zeile=Portal"));
    check(s.status == 303);
    s = web_get(w, ADA, at(w, &c, ""));
    check(web_shows(&s, "Passwort zurücksetzen: Portal"));
    s = web_get(w, ADA, at(w, &c, "/massnahme"));
    check(web_shows(&s, "Portal") && web_shows(&s, "/massnahme/1/zurueck"));
    s = web_post(w, ADA, at(w, &c, "/massnahme/1/zurueck"), with(w, &c, "grund="));
    check(s.status == 422 && web_shows(&s, "Say in a line why"));
    s = web_post(w, ADA, at(w, &c, "/massnahme/1/zurueck"),
                 with(w, &c, "grund=falsches+Konto"));
    check(s.status == 303);
    s = web_get(w, ADA, at(w, &c, "/massnahme"));
    check(web_shows(&s, "falsches Konto"));
}

static void H4_above_the_limit_is_said_at_the_amount(struct world *w)
{
    struct made_case c = a_case(w);
    check(end(w, ticket_see(begin(w), c.id, (team_id){NET})) == OK);
    w->lang = LANG_DE;
    struct seen s = web_get(w, CEM, at(w, &c, "/massnahme"));
    check(s.status == 200 && hides(&s, "Was dein Level nicht darf"));
    s = web_post(w, CEM, at(w, &c, "/massnahme"),
                 with(w, &c, "was=4&betrag=80,00&zeile=Ausfall+im+Mai"));
    check(s.status == 422 && web_shows(&s, "href=\"#betrag\"") && web_shows(&s, "80,00")
          && web_shows(&s, "Ausfall im Mai")
          && web_shows(&s, "darf das: Übergib den Vorgang."));
    check(web_shows(&s, "Was dein Level nicht darf") && web_shows(&s, "/uebergabe")
          && web_shows(&s, "/rueckfrage"));
    check(ask(w, "select count(*) from measure") == 0);
    s = web_post(w, ADA, at(w, &c, "/massnahme"), with(w, &c, "was=4&betrag=8&zeile=Ausfall"));
    check(s.status == 422 && web_shows(&s, "href=\"#was\"") && web_shows(&s, "Ausfall"));
}

static void H4_taken_back_by_who_may(struct world *w)
{
    struct made_case c = a_case(w);
    check(end(w, ticket_see(begin(w), c.id, (team_id){NET})) == OK);
    web_post(w, CEM, at(w, &c, "/massnahme"), with(w, &c, "was=5&zeile=Portal"));
    web_post(w, CEM, at(w, &c, "/massnahme"), with(w, &c, "was=4&betrag=40&zeile=Ausfall"));
    struct seen s =
        web_post(w, ADA, at(w, &c, "/massnahme/2/zurueck"), with(w, &c, "grund=war+zu+viel"));
    check(s.status == 422 && web_shows(&s, "value=\"war zu viel\"")
          && web_shows(&s, "id=\"grund\"") && web_shows(&s, "id=\"grund1\""));
    check(ask(w, "select count(*) from measure where undone is null") == 2);
}

static void M6_a_merge_takes_it_along(struct world *w)
{
    struct made_case c = a_case(w), into = a_case_about(w, S("WLAN noch einmal"), S("weg"));
    web_post(w, ADA, at(w, &c, "/massnahme"), with(w, &c, "was=5&zeile=Portal"));
    str sure = arena_fmt(&w->kept, "&in=" STR_FMT "&sicher=" STR_FMT "&andere=%lld",
                         STR_ARG(into.number), STR_ARG(into.number),
                         (long long)look(w, &into).version);
    struct seen s = web_post(w, ADA, at(w, &c, "/zusammenfuehren"),
                             versioned(w, &c, arena_z(&w->kept, sure)));
    check(s.status == 303);
    s = web_get(w, ADA, at(w, &into, "/massnahme"));
    check(web_shows(&s, "Portal") && web_shows(&s, "/massnahme/1/zurueck"));
    s = web_post(w, ADA, at(w, &into, "/massnahme/1/zurueck"), with(w, &into, "grund=falsch"));
    check(s.status == 303);
}

static void H3_who_leaves_finds_the_sheet_as_it_was(struct world *w)
{
    struct made_case c = a_case(w);
    struct seen s = web_post(w, ADA, at(w, &c, "/massnahme"),
                             with(w, &c, "tun=zurueck&was=3&betrag=12&zeile=Halber+Satz"));
    check(s.status == 303 && ask(w, "select count(*) from measure") == 0);
    s = web_get(w, ADA, at(w, &c, "/massnahme"));
    check(web_shows(&s, "Halber Satz") && web_shows(&s, "value=\"12\""));
    check(web_post(w, ADA, at(w, &c, "/massnahme"), with(w, &c, "was=5&zeile=Portal")).status
          == 303);
    check(ask(w, "select count(*) from draft") == 0);
}

const struct test measure_http_tests[] = {
    T(H1_what_one_may_and_who_else_may),
    T(H2_what_was_typed_comes_back),
    T(H3_who_leaves_finds_the_sheet_as_it_was),
    T(M6_a_merge_takes_it_along),
    T(H4_above_the_limit_is_said_at_the_amount),
    T(H4_taken_back_by_who_may),
    {0},
};
