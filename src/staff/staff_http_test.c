// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/test.h"

#include "base/limits.h"
#include "base/secret.h"
#include "staff/skill.h"
#include "testing/web.h"

static void only_who_configures(struct world *w)
{
    static const char *const page[] = {"/a/leute",   "/a/leute/0", "/a/teams",
                                       "/a/teams/2", "/a/stufen",  "/a/faehigkeiten"};
    for (isize i = 0; i < countof(page); i++) {
        check(web_get(w, GERO, page[i]).status == 200);
        check(web_get(w, EVA, page[i]).status == 403);
    }
    check(web_get(w, GERO, "/a/leute/8").status == 404);
    check(web_get(w, GERO, "/a/teams/4").status == 404);
}

// From an empty desk to one that works, by pages alone.
static void a_desk_is_set_up_by_pages(struct world *w)
{
    check(web_post(w, GERO, "/a/teams/0",
                   "version=0&name_de=Telefonie&name_en=Telephony&stufe=2&vergabe=2&platz=4"
                   "&kalender=0&adresse=tel@nordlicht.example&mitglied=1")
              .status
          == 303);
    check(ask(w, "select count(*) from team where name_en = 'Telephony' and level = 2") == 1);
    check(ask(w, "select assign * 10 + capacity from team_setting where team = 5") == 24);
    check(web_post(w, GERO, "/a/leute/0",
                   "login=ida&name=Ida Lund&email=Ida@nordlicht.example&rolle=3&sprache=2"
                   "&team=5&team=1&password=ein langes Wort")
              .status
          == 303);
    check(ask(w, "select count(*) from person_team where person = 9") == 2);
    struct person p = {0};
    check(person_by_login(begin(w), S("ida"), &p) == OK);
    check(secret_password_is(&w->arena, p.password, S("ein langes Wort")));
    check(p.role == ROLE_TECH_L2 && p.lang == LANG_EN && end(w, OK) == OK);
    struct seen s = web_get(w, GERO, "/a/teams/5");
    check(web_shows(&s, "value=\"Telephony\"") && web_shows(&s, "Ida Lund"));
    s = web_get(w, GERO, "/a/leute");
    check(web_shows(&s, "Ida Lund") && web_shows(&s, "Telephony"));
}

static void H3_all_that_is_missing_is_named_at_its_field(struct world *w)
{
    struct seen s = web_post(w, GERO, "/a/leute/0",
                             "login=&name= &email=ida at nordlicht&rolle=1&sprache=1");
    check(s.status == 422 && web_shows(&s, "id=\"email-problem\""));
    check(web_shows(&s, "value=\"ida at nordlicht\""));
    check(web_shows(&s, "id=\"login-problem\"") && web_shows(&s, "id=\"name-problem\""));
}

static void H1_what_is_refused_comes_back(struct world *w)
{
    struct seen s = web_post(w, GERO, "/a/teams/0",
                             "version=0&name_de=Ablage&name_en=&stufe=2&vergabe=1&platz=3");
    check(s.status == 422 && web_shows(&s, "value=\"Ablage\""));
    s = web_post(w, GERO, "/a/leute/0", "login=i da&name=Ida&rolle=3&password=geheimes Wort");
    check(s.status == 422 && web_shows(&s, "value=\"i da\""));
    check(str_find(s.page, S("geheimes Wort")) < 0);
    s = web_post(w, GERO, "/a/leute/0", "login=ida&name=Ida&rolle=3&password=kurz");
    check(s.status == 422 && web_shows(&s, "password-problem"));
    s = web_post(w, GERO, "/a/stufen", "besetzt=3&name1=Hilfe");
    check(s.status == 422 && web_shows(&s, "value=\"Hilfe\""));
}

static void what_a_level_may_is_shown_and_set(struct world *w)
{
    struct seen s = web_get(w, GERO, "/a/stufen");
    check(web_shows(&s, "up to 300 €"));
    check(
        web_post(w, GERO, "/a/stufen/recht", "stufe=2&recht=3&thema=0&darf=1&betrag=450").status
        == 303);
    s = web_get(w, GERO, "/a/stufen");
    check(web_shows(&s, "up to 450 €") && web_shows(&s, "House rule again"));
    check(web_post(w, GERO, "/a/stufen/recht", "stufe=2&recht=3&thema=0&weg=1").status == 303);
    check(ask(w, "select count(*) from authority") == 0);
    check(web_post(w, GERO, "/a/stufen/recht", "stufe=9&recht=3&thema=0&darf=1").status == 422);
    check(web_post(w, GERO, "/a/stufen/recht", "stufe=1&recht=4&darf=1&betrag=viel").status
          == 422);
}

static void skills_and_needs(struct world *w)
{
    check(web_post(w, GERO, "/a/faehigkeiten", "tun=neu&name=VPN&name_en=VPN").status == 303);
    check(web_post(w, GERO, "/a/faehigkeiten", "tun=neu&name=VPN&name_en=VPN").status == 422);
    product_id q;
    check(end(w, product_add(begin(w), &(struct product){.name = S("Lotse")}, &q)) == OK);
    check(web_post(w, GERO, "/a/faehigkeiten", "tun=braucht&produkt=1&faehigkeit=1&tiefe=2")
              .status
          == 303);
    struct seen s = web_get(w, GERO, "/a/faehigkeiten");
    check(web_shows(&s, "<b>Lotse</b>"));
    check(web_post(w, ADA, "/w/ich/da", "tun=kann&t1=3&l1=1").status == 303);
    check(ask(w, "select depth * 10 + learns from person_skill where person = 1") == 31);
    s = web_get(w, GERO, "/a/faehigkeiten");
    check(str_find(s.page, S(">ada<")) < 0);
    check(web_post(w, GERO, "/a/faehigkeiten", "tun=weg&id=1").status == 303);
    check(ask(w, "select count(*) from skill_need") == 0);
}

static void H1_presence_is_ones_own(struct world *w)
{
    check(web_post(w, ADA, "/w/ich/da", "tun=bereit&wert=1").status == 303);
    struct seen s = web_get(w, ADA, "/w/ich/da");
    check(web_shows(&s, "Cases can be given to you."));
    const char *when = "tun=weg&von_tag=morgen&von_zeit=8&bis_tag=übermorgen&bis_zeit=17"
                       "&vertretung=2";
    check(web_post(w, ADA, "/w/ich/da", when).status == 303);
    s = web_get(w, ADA, "/w/ich/da");
    check(web_shows(&s, "<b>ada</b>") && web_shows(&s, "ben stands in"));
    s = web_get(w, BEN, "/w/ich/da");
    check(str_find(s.page, S("<b>ada</b>")) < 0);
    check(str_find(s.page, S(">gero</option>")) < 0
          && str_find(s.page, S(">ada</option>")) > 0);
    s = web_get(w, EVA, "/w/ich/da");
    check(web_shows(&s, "<b>ada</b>"));
    check(web_post(w, BEN, "/w/ich/da", "tun=zurueck&id=1").status == 404);
    check(web_post(w, BEN, "/w/ich/da",
                   "tun=weg&person=1&von_tag=morgen&von_zeit=8&bis_tag=morgen&bis_zeit=9")
              .status
          == 403);
    check(web_post(w, EVA, "/w/ich/da", "tun=zurueck&id=1").status == 303);
    check(web_post(w, ADA, "/w/ich/da", "tun=weg&von_tag=nie&von_zeit=8").status == 422);
}

static void the_rota_of_a_team(struct world *w)
{
    check(web_post(w, GERO, "/a/teams/2/bereitschaft",
                   "person=3&von_tag=heute&von_zeit=18&bis_tag=morgen&bis_zeit=8")
              .status
          == 303);
    struct seen s = web_get(w, GERO, "/a/teams/2");
    check(web_shows(&s, "<b>cem</b>"));
    check(web_post(w, GERO, "/a/teams/2/bereitschaft",
                   "person=1&von_tag=heute&von_zeit=18"
                   "&bis_tag=morgen&bis_zeit=8")
              .status
          == 422);
    s = web_get(w, CEM, "/w/ich/da");
    check(web_shows(&s, "On call for Network: <time"));
    s = web_get(w, GERO, "/a/teams/2");    // it does not end when it begins
    check(web_shows(&s, "name=\"bis_zeit\" value=\"08:00\""));
    check(web_post(w, GERO, "/a/teams/2/bereitschaft", "weg=1").status == 303);
    check(ask(w, "select count(*) from oncall") == 0);
}

static void H2_what_needs_a_skill_is_shown_by_the_page(struct world *w)
{
    struct ctx *cx = begin(w);
    skill_id skill;
    product_id id;
    check(skill_add(cx, SAY("Radio", "Funk"), &skill) == OK);
    for (int i = 0; i < 1000 + LIMIT_PAGE_ROWS; i++) {    // more than one statement gives
        struct product p = {.name = arena_fmt(cx->arena, "Fjord %04d", i)};
        check(product_add(cx, &p, &id) == OK);
        check(
            skill_need_add(cx, &(struct skill_need){.skill = skill, .product = id, .depth = 1})
            == OK);
    }
    check(end(w, OK) == OK);
    struct seen s = web_get(w, GERO, "/a/faehigkeiten?ab=1000");
    check(web_shows(&s, "<b>Fjord 1049</b>") && web_shows(&s, "1001 to 1050 of 1050"));
    s = web_get(w, GERO, "/a/faehigkeiten?q=FJORD+0777");
    check(web_shows(&s, "<b>Fjord 0777</b>") && str_find(s.page, S("<b>Fjord 0778")) < 0);
    s = web_get(w, GERO, "/a/faehigkeiten?q=Alster");
    check(web_shows(&s, "Nothing here fits “Alster”."));
}

const struct test staff_http_tests[] = {
    T(H2_what_needs_a_skill_is_shown_by_the_page),
    T(only_who_configures),
    T(a_desk_is_set_up_by_pages),
    T(H1_what_is_refused_comes_back),
    T(H3_all_that_is_missing_is_named_at_its_field),
    T(what_a_level_may_is_shown_and_set),
    T(skills_and_needs),
    T(H1_presence_is_ones_own),
    T(the_rota_of_a_team),
    {0},
};
