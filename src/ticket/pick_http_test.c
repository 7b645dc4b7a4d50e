// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/limits.h"
#include "ticket/pick_http.h"
#include "workplace/workplace_test.h"

// One more than stand in a list; the last of them has a name of its own.
static void crowd(struct world *w)
{
    struct ctx *cx = begin(w);
    category_id net = {0}, id;
    product_id product;
    for (int i = 0; i <= LIMIT_CHOICES; i++) {
        struct category c = {.parent = net};
        struct product p = {.name = arena_fmt(cx->arena, "Fjord %03d", i)};
        c.name.de = i == 0 ? S("Netz") : arena_fmt(cx->arena, "Thema %03d", i);
        c.name.en = i == 0 ? S("Network") : arena_fmt(cx->arena, "Topic %03d", i % 200);
        check(category_add(cx, &c, &id) == OK && product_add(cx, &p, &product) == OK);
        net = i == 0 ? id : net;
    }
    check(end(w, OK) == OK);
}

static void add_one(struct world *w)
{
    product_id id;
    check(end(w, product_add(begin(w), &(struct product){.name = S("Boje")}, &id)) == OK);
}

static void P1_up_to_the_limit_they_stand_in_a_list(struct world *w)
{
    struct ctx *cx = begin(w);
    product_id id;
    for (int i = 1; i < LIMIT_CHOICES; i++) {
        struct product p = {.name = arena_fmt(cx->arena, "Fjord %03d", i)};
        check(product_add(cx, &p, &id) == OK);
    }
    check(end(w, OK) == OK);
    add_one(w);
    struct seen s = web_get(w, GERO, "/a/regeln/0");
    check(web_shows(&s, "<select class=\"input w-mid\" id=\"produkt\" name=\"produkt\">"));
    check(web_shows(&s, "Fjord 199<") && str_find(s.page, S("produkt_name")) < 0);
    check(end(w, product_add(begin(w), &(struct product){.name = S("Bake")}, &id)) == OK);
    s = web_get(w, GERO, "/a/regeln/0");
    check(web_shows(&s, "name=\"produkt_name\"") && str_find(s.page, S("Fjord 199<")) < 0);
}

static void P1_of_more_the_name_is_typed_everywhere(struct world *w)
{
    static const char *const page[] = {"/a/regeln",  "/a/regeln/0",   "/a/faehigkeiten",
                                       "/a/stufen",  "/w/kb/neu",     "/w/kb",
                                       "/w/p/neu",   "/a/produkte/0", "/a/vereinbarungen/0",
                                       "/a/teams/0", "/a/themen/0"};
    crowd(w);
    web_post(w, GERO, "/a/faehigkeiten", "tun=neu&name=Funk&name_en=Radio");
    for (isize i = 0; i < countof(page); i++) {
        struct seen s = web_get(w, page[i][1] == 'w' ? ADA : GERO, page[i]);
        check(s.status == 200);
        bool typed = str_find(s.page, S("_name\"")) > 0;
        check(typed == (i + 1 < countof(page)));    // one topic stands at the top: a list
        check(str_find(s.page, S("Fjord 150")) < 0 && str_find(s.page, S("Thema 150")) < 0);
    }
}

static void P2_the_server_finds_the_name(struct world *w)
{
    crowd(w);
    check(web_post(w, GERO, "/a/regeln/0",
                   "name=r&aktiv=1&team=1&thema_name=netz+%E2%80%BA+thema+200"
                   "&produkt_name=+fjord+200+")
              .status
          == 303);
    check(ask(w, "select category from routing_rule") == 201);
    check(ask(w, "select product from routing_rule") == 201);
    struct seen s = web_get(w, GERO, "/a/regeln/1");
    check(web_shows(&s, "value=\"Network › Topic 000\"")
          && web_shows(&s, "value=\"Fjord 200\""));
    check(web_post(w, GERO, "/a/regeln/1",
                   "version=1&name=r&aktiv=1&team=1&thema_name=&produkt_name=")
              .status
          == 303);
    check(ask(w, "select count(*) from routing_rule where category is null and product is null")
          == 1);
}

static void P2_an_emptied_name_is_nothing(struct world *w)
{
    crowd(w);
    check(web_post(w, CEM, "/w/p/neu", "title=Mail+weg&words=x&team=2&category_name=Thema+200")
              .status
          == 303);
    check(ask(w, "select category from problem") == 201);
    check(web_post(w, CEM, "/w/p/P-1/bearbeiten", "version=1&title=Mail&team=2").status == 303);
    check(ask(w, "select category from problem") == 201);    // not in that form
    check(web_post(w, CEM, "/w/p/P-1/bearbeiten", "version=2&title=Mail&team=2&category_name=+")
              .status
          == 303);
    check(ask(w, "select count(*) from problem where category is null") == 1);
}

static void P2_what_has_ended_is_found_where_it_is_kept(struct world *w)
{
    crowd(w);
    check(
        web_post(w, GERO, "/a/regeln/0", "name=r&aktiv=1&team=1&produkt_name=Fjord+200").status
        == 303);
    check(web_post(w, GERO, "/a/produkte/201", "version=1&tun=heraus").status == 303);
    add_one(w);
    check(web_post(w, GERO, "/a/regeln/1",
                   "version=1&name=r&aktiv=1&team=1&produkt_name=Fjord+200")
              .status
          == 303);
    struct seen s =
        web_post(w, GERO, "/a/regeln/0", "name=s&aktiv=1&team=1&produkt_name=Fjord+200");
    check(s.status == 422 && web_shows(&s, "There is no “Fjord 200” to choose."));
}

static void P3_an_unknown_name_stays_typed(struct world *w)
{
    crowd(w);
    struct seen s = web_post(w, GERO, "/a/regeln/0",
                             "name=r&aktiv=1&team=1&produkt_name=jord+19&thema_name=wlan");
    check(s.status == 422 && web_shows(&s, "There is no “wlan” to choose."));
    check(web_shows(&s, "value=\"jord 19\"") && web_shows(&s, "value=\"wlan\""));
    check(web_shows(&s, "There is no “jord 19” to choose. Similar names: "));
    check(web_shows(&s, "<option value=\"Fjord 199\">"));    // what has these letters
    s = web_post(w, GERO, "/a/regeln/0", "name=r&aktiv=1&team=1&produkt_name=jord+19");
    check(web_shows(&s, "Similar names: Fjord 190, Fjord 191, Fjord 192 and others."));
    s = web_post(w, GERO, "/a/regeln/0", "name=r&aktiv=1&team=1&thema_name=topic+001");
    check(s.status == 303);
    check(db_script(begin(w), "update category set name_en = 'Twin' where id > 190") == OK);
    check(end(w, OK) == OK);
    s = web_post(w, GERO, "/a/regeln/0", "name=r&aktiv=1&team=1&thema_name=twin");
    check(s.status == 422 && web_shows(&s, "“twin” is the name of several: Network › Twin"));
    check(ask(w, "select count(*) from routing_rule where product is not null") == 0);
    s = web_get(w, ADA, "/w/kb?produkt_name=nirgends");
    check(s.status == 200 && web_shows(&s, "There is no “nirgends” to choose."));
    s = web_get(w, GERO, "/a/regeln?probe=1&thema_name=nirgends");
    check(s.status == 200 && web_shows(&s, "There is no “nirgends” to choose."));
}

static void P3_the_sheet_keeps_what_was_typed(struct world *w)
{
    struct made_case c = a_case(w);
    crowd(w);
    struct seen s = web_post(w, ADA, at(w, &c, "/einordnen"),
                             versioned(w, &c, "&art=1&aus=1&eil=1&produkt_name=Fjrd"));
    check(s.status == 422 && web_shows(&s, "value=\"Fjrd\""));
    s = web_post(w, ADA, at(w, &c, "/einordnen"),
                 versioned(w, &c, "&art=1&aus=1&eil=1&produkt_name=Fjrd&tun=zurueck"));
    check(s.status == 303);
    s = web_get(w, ADA, at(w, &c, "/einordnen"));
    check(web_shows(&s, "value=\"Fjrd\""));
    s = web_post(w, ADA, at(w, &c, "/einordnen"),
                 versioned(w, &c,
                           "&art=1&thema=0&aus=1&eil=1&produkt_name=Fjord+200"
                           "&anderes_name=Thema+200"));
    check(s.status == 303 && look(w, &c).product.n == 201 && look(w, &c).category.n == 201);
}

static void P2_a_team_gets_names_a_line_each(struct world *w)
{
    crowd(w);
    static const char *const team =
        "version=%d&name_de=B&name_en=B&stufe=2&vergabe=1&platz=3&thema=1%s";
    check(str_find(web_get(w, GERO, "/a/teams/2").page, S("None are set up")) < 0);
    check(web_post(w, GERO, "/a/teams/2",
                   arena_z(&w->kept, arena_fmt(&w->kept, team, 0,
                                               "&produkt_name=Fjord+200%0D%0A%0AFjord+199")))
              .status
          == 303);
    check(ask(w, "select sum(product) from team_product where team = 2") == 401);
    struct seen s = web_get(w, GERO, "/a/teams/2");
    check(web_shows(&s, "value=\"201\" checked> <span>Fjord 200<"));
    check(web_shows(&s, "value=\"1\" checked> <span>Network<"));
    s = web_post(
        w, GERO, "/a/teams/2",
        arena_z(&w->kept, arena_fmt(&w->kept, team, 1, "&produkt_name=Fjord+198%0AFjrd")));
    check(s.status == 422 && web_shows(&s, "There is no “Fjrd” to choose."));
    check(web_shows(&s, "Fjord 198"));
}

const struct test pick_http_tests[] = {
    T(P1_up_to_the_limit_they_stand_in_a_list),
    T(P1_of_more_the_name_is_typed_everywhere),
    T(P2_the_server_finds_the_name),
    T(P2_an_emptied_name_is_nothing),
    T(P2_what_has_ended_is_found_where_it_is_kept),
    T(P2_a_team_gets_names_a_line_each),
    T(P3_an_unknown_name_stays_typed),
    T(P3_the_sheet_keeps_what_was_typed),
    {0},
};
