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
    {0},
};
