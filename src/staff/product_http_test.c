// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/limits.h"
#include "testing/web.h"
#include "ticket/product.h"

static void H1_what_was_typed_comes_back(struct world *w)
{
    struct seen s = web_post(w, GERO, "/a/produkte/0",
                             "name=&words=Fjord&offer_de=59+Euro&offer_en=59+euros");
    check(s.status == 422 && web_shows(&s, "A product has a name."));
    check(web_shows(&s, "value=\"Fjord\"") && web_shows(&s, "value=\"59 Euro\"")
          && web_shows(&s, "value=\"59 euros\""));
    s = web_post(w, GERO, "/a/produkte/0", "name=Fjord+4&sold=bald");
    check(s.status == 422 && web_shows(&s, "30 Jun 2026") && web_shows(&s, "value=\"bald\""));
    check(web_get(w, ADA, "/a/produkte").status == 403);
}

static void H2_a_day_is_typed_as_anywhere(struct world *w)
{
    check(web_post(w, GERO, "/a/produkte/0", "name=Fjord+4").status == 303);
    struct seen s = web_post(w, GERO, "/a/produkte/0",
                             "name=Fjord+2&sold=31.12.2019&supported=2025-12-31&successor=1");
    check(s.status == 303);
    w->lang = LANG_DE;
    s = web_get(w, GERO, "/a/produkte");
    check(web_shows(&s, "Support endete am 31.12.2025") && web_shows(&s, "im Verkauf"));
    s = web_get(w, GERO, "/a/produkte/2");
    check(web_shows(&s, "value=\"31.12.2019\"") && web_shows(&s, "selected>Fjord 4"));
    s = web_post(w, GERO, "/a/produkte/2", "version=1&name=Fjord+2&supported=");
    check(s.status == 303 && ask(w, "select supported_until from product where id = 2") == 0);
    s = web_post(w, GERO, "/a/produkte/2", "version=1&name=Fjord+2b");
    check(s.status == 409 && web_shows(&s, "Fjord 2b"));
    check(web_get(w, GERO, "/a/produkte/9").status == 404);
}

static void H3_what_is_no_longer_offered_is_brought_back(struct world *w)
{
    check(web_post(w, GERO, "/a/produkte/0", "name=Fjord+4").status == 303);
    check(web_post(w, GERO, "/a/produkte/0", "name=Fjord+2&successor=1").status == 303);
    struct seen s = web_post(w, GERO, "/a/produkte/1", "version=1&tun=weg");
    check(s.status == 422 && web_shows(&s, "something still has this product"));
    check(web_post(w, GERO, "/a/produkte/1", "version=1&tun=heraus").status == 303);
    s = web_get(w, GERO, "/a/produkte");
    check(web_shows(&s, "No longer offered (1)"));
    s = web_get(w, GERO, "/a/produkte/2");    // it is kept where it is chosen
    check(web_shows(&s, "selected>Fjord 4"));
    check(web_post(w, GERO, "/a/produkte/1", "version=2&tun=wieder").status == 303);
    check(web_post(w, GERO, "/a/produkte/2", "version=1&tun=weg").status == 303);
    check(ask(w, "select count(*) from product where ended = 0") == 1);
}

static void H4_more_than_a_page_is_shown_by_the_page(struct world *w)
{
    struct ctx *cx = begin(w);
    product_id id;
    for (int i = 0; i < 1000 + LIMIT_PAGE_ROWS; i++) {    // more than one statement gives
        struct product p = {.name = arena_fmt(cx->arena, "Fjord %04d", i),
                            .words = i == 1049 ? S("Sonderling") : S("")};
        p.ended.ms = i < 60 ? 7 : 0;
        check(product_add(cx, &p, &id) == OK);
    }
    check(end(w, OK) == OK);
    struct seen s = web_get(w, GERO, "/a/produkte");
    check(web_shows(&s, "Fjord 0109<") && str_find(s.page, S("Fjord 0110<")) < 0);
    check(web_shows(&s, "1 to 50 of 990") && web_shows(&s, "name=\"ab\" value=\"50\""));
    check(web_shows(&s, "Fjord 0049<") && web_shows(&s, "1 to 50 of 60"));
    s = web_get(w, GERO, "/a/produkte?ab=950");
    check(web_shows(&s, "Fjord 1049<") && web_shows(&s, "951 to 990 of 990"));
    s = web_get(w, GERO, "/a/produkte?alt=50");
    check(web_shows(&s, "Fjord 0059<") && web_shows(&s, "51 to 60 of 60"));
    check(web_shows(&s, "class=\"disclosure section\" open"));
    s = web_get(w, GERO, "/a/produkte?q=sonderling");
    check(web_shows(&s, "Fjord 1049<") && web_shows(&s, "value=\"sonderling\""));
    s = web_get(w, GERO, "/a/produkte?q=nirgends&ab=7");
    check(web_shows(&s, "Nothing that can be chosen fits “nirgends”."));
    check(web_get(w, GERO, "/a/produkte?ab=-5").status == 200);
    check(web_get(w, GERO, "/a/produkte?ab=99999999999999").status == 200);
}

const struct test product_http_tests[] = {
    T(H3_what_is_no_longer_offered_is_brought_back),
    T(H4_more_than_a_page_is_shown_by_the_page),
    T(H1_what_was_typed_comes_back),
    T(H2_a_day_is_typed_as_anywhere),
    {0},
};
