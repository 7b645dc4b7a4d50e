// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/web.h"
#include "ticket/category.h"
#include "ticket/product.h"

static void H1_what_was_typed_comes_back(struct world *w)
{
    struct seen s = web_post(w, GERO, "/a/themen/0", "name_de=WLAN&name_en=&words=funk");
    check(s.status == 422 && web_shows(&s, "value=\"WLAN\"")
          && web_shows(&s, "value=\"funk\""));
    check(web_post(w, GERO, "/a/themen/0", "name_de=Netz&name_en=Network").status == 303);
    s = web_post(w, GERO, "/a/themen/0", "name_de=WLAN&name_en=Wi-Fi&words=funk&parent=1");
    check(s.status == 303);
    s = web_get(w, GERO, "/a/themen");
    check(web_shows(&s, "Wi-Fi") && web_shows(&s, "funk"));
    s = web_get(w, GERO, "/a/themen/2");
    check(web_shows(&s, "selected>Network"));
    s = web_post(w, GERO, "/a/themen/1", "version=1&name_de=Netz&name_en=Net&parent=2");
    check(s.status == 422 && web_shows(&s, "stays at the top"));
    check(web_post(w, GERO, "/a/themen/2", "version=1&name_de=Funk&name_en=Radio").status
          == 303);
    check(web_post(w, GERO, "/a/themen/2", "version=1&name_de=X&name_en=Y").status == 409);
    check(web_get(w, ADA, "/a/themen").status == 403
          && web_get(w, GERO, "/a/themen/9").status == 404);
}

static void H2_what_is_no_longer_offered_is_brought_back(struct world *w)
{
    check(web_post(w, GERO, "/a/themen/0", "name_de=Netz&name_en=Network").status == 303);
    check(web_post(w, GERO, "/a/themen/1", "version=1&tun=heraus").status == 303);
    struct seen s = web_get(w, GERO, "/a/themen");
    check(web_shows(&s, "No longer offered (1)") && web_shows(&s, "/a/themen/1")
          && web_shows(&s, "None can be chosen"));
    check(web_post(w, GERO, "/a/themen/1", "version=1&tun=wieder").status == 409);
    s = web_get(w, GERO, "/a/themen/1");
    check(web_shows(&s, "Offer it again") && web_shows(&s, "Delete for good"));
    check(web_post(w, GERO, "/a/themen/1", "version=2&tun=wieder").status == 303);
    check(ask(w, "select ended from category") == 0);
    check(web_post(w, GERO, "/a/stufen/recht", "stufe=1&recht=1&thema=1&darf=0").status == 303);
    check(web_post(w, GERO, "/a/themen/1", "version=3&tun=weg").status == 422);
    check(web_post(w, GERO, "/a/stufen/recht", "stufe=1&recht=1&thema=1&weg=1").status == 303);
    check(web_post(w, GERO, "/a/themen/1", "version=3&tun=weg").status == 303);
    check(ask(w, "select count(*) from category") == 0);
}

static bool offers(struct world *w, const char *url)
{
    struct seen s = web_get(w, url[1] == 'w' ? ADA : GERO, url);
    check(s.status == 200);
    return str_find(s.page, S("Altbestand")) >= 0 || str_find(s.page, S("Altgerät")) >= 0;
}

// C5 of category.h and R7 of product.h: nowhere anew, and everywhere where it was before.
static void H2_what_is_no_longer_offered_stands_in_no_choice(struct world *w)
{
    static const char *const anew[] = {"/a/regeln",   "/a/regeln/0",  "/a/faehigkeiten",
                                       "/a/stufen",   "/a/teams/0",   "/a/uebergabe",
                                       "/w/kb/neu",   "/w/p/neu",     "/en/report",
                                       "/a/themen/0", "/a/produkte/0"};
    struct category c = {.name = {S("Altbestand"), S("Altbestand")}};
    struct product p = {.name = S("Altgerät")};
    check(end(w, category_add(begin(w), &c, &c.id)) == OK);
    check(end(w, product_add(begin(w), &p, &p.id)) == OK);
    check(web_post(w, GERO, "/a/faehigkeiten", "tun=neu&name=Funk&name_en=Radio").status
          == 303);
    check(web_post(w, GERO, "/a/regeln/0", "name=alt&aktiv=1&thema=1&produkt=1&team=1").status
          == 303);
    check(web_post(w, GERO, "/a/teams/2",
                   "version=0&name_de=B&name_en=B&stufe=2&vergabe=1&platz=3&thema=1&produkt=1")
              .status
          == 303);
    for (isize i = 0; i < countof(anew); i++)
        check(offers(w, anew[i]));
    check(web_post(w, GERO, "/a/themen/1", "version=1&tun=heraus").status == 303);
    check(web_post(w, GERO, "/a/produkte/1", "version=1&tun=heraus").status == 303);
    for (isize i = 1; i < countof(anew); i++)    // the list of rules names the old one
        check(!offers(w, anew[i]));
    struct seen s = web_get(w, GERO, "/a/regeln/1");
    check(web_shows(&s, "selected>Altbestand") && web_shows(&s, "selected>Altgerät"));
    check(offers(w, "/a/teams/2"));
}

static void H3_more_than_a_page_is_shown_by_the_page(struct world *w)
{
    struct ctx *cx = begin(w);
    category_id id, top = {0};
    for (int i = 0; i < 60; i++) {
        struct category c = {.words = i == 59 ? S("sonderling") : S("")};
        c.name.de = c.name.en = arena_fmt(cx->arena, "Thema %02d", i);
        c.parent = top;
        check(category_add(cx, &c, &id) == OK);
        top = i == 0 ? id : top;
    }
    check(end(w, OK) == OK);
    struct seen s = web_get(w, GERO, "/a/themen");
    check(web_shows(&s, "Thema 49<") && str_find(s.page, S("Thema 50<")) < 0);
    check(web_shows(&s, "1 to 50 of 60"));
    s = web_get(w, GERO, "/a/themen?ab=50");
    check(web_shows(&s, "Thema 59<") && web_shows(&s, "51 to 60 of 60"));
    s = web_get(w, GERO, "/a/themen?q=SONDERLING");
    check(web_shows(&s, "Thema 59<") && str_find(s.page, S("Thema 58<")) < 0);
    check(web_shows(&s, "<span class=\"muted\">Thema 00 <span"));    // what is above it
}

const struct test topic_http_tests[] = {
    T(H2_what_is_no_longer_offered_is_brought_back),
    T(H2_what_is_no_longer_offered_stands_in_no_choice),
    T(H3_more_than_a_page_is_shown_by_the_page),
    T(H1_what_was_typed_comes_back),
    {0},
};
