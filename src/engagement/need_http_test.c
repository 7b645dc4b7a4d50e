// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/limits.h"
#include "engagement/engagement_http_test.h"

static void topic_of_the_case(struct world *w)
{
    struct category c = {.name = SAY("Wifi", "WLAN")}, below = {.name = SAY("Slow", "Langsam")};
    struct ctx *cx = begin_as(w, GERO);
    check(category_add(cx, &c, &c.id) == OK);
    below.parent = c.id;
    check(category_add(cx, &below, &below.id) == OK);
    check(db_script(cx, "update ticket set category = 1 where id = 1") == OK);
    check(end(w, OK) == OK);
}

static void D1_a_topic_wants_more(struct world *w)
{
    static const char form[] =
        "team=2&problem=Lampen&day=heute&clock=14:00&cause=1&asked_for=1";
    struct desk_case c = desk_case(w);
    topic_of_the_case(w);
    check(web_post(w, GERO, "/a/uebergabe", "zeile=1&zeile=2&bisher-1=1&lage-2=1").status
          == 303);
    check(ask(w, "select needs from category where id = 1") == 1);
    check(ask(w, "select needs from category where id = 2") == 2);
    struct seen s = get_sheet(&c, ADA, "uebergabe");
    check(web_shows(&s, "For this topic these must be there, too: tried."));
    s = send_sheet(&c, ADA, "uebergabe", form);
    check(s.status == 422 && web_shows(&s, "tried-problem"));
    check(ask(w, "select count(*) from engagement") == 0);
    const char *all = arena_z(&w->kept, arena_fmt(&w->kept, "%s&tried=Neustart", form));
    check(send_sheet(&c, ADA, "uebergabe", all).status == 303);
}

static void D1_without_a_wish_gaps_may_stay(struct world *w)
{
    struct desk_case c = desk_case(w);
    topic_of_the_case(w);
    check(web_post(w, GERO, "/a/uebergabe", "zeile=1&zeile=2&bisher-1=1").status == 303);
    check(web_post(w, GERO, "/a/uebergabe", "zeile=1&zeile=2").status == 303);
    check(ask(w, "select sum(needs) from category") == 0);
    check(send_sheet(&c, ADA, "uebergabe",
                     "team=2&problem=Lampen&day=heute&clock=14:00&cause=1&asked_for=1")
              .status
          == 303);
}

static void D2_only_who_configures(struct world *w)
{
    topic_of_the_case(w);
    struct seen s = web_get(w, GERO, "/a/uebergabe");
    check(s.status == 200 && web_shows(&s, "name=\"bisher-1\"") && web_shows(&s, "Slow"));
    check(web_get(w, ADA, "/a/uebergabe").status == 403);
    check(web_post(w, EVA, "/a/uebergabe", "zeile=1&bisher-1=1").status == 403);
    check(ask(w, "select sum(needs) from category") == 0);
}

static void D3_saving_one_page_leaves_the_others(struct world *w)
{
    struct ctx *cx = begin_as(w, GERO);
    category_id id;
    for (int i = 0; i < 1000 + LIMIT_PAGE_ROWS; i++) {    // more than one statement gives
        struct category c = {0};
        c.name.de = c.name.en = arena_fmt(cx->arena, "Thema %04d", i);
        check(category_add(cx, &c, &id) == OK);
    }
    check(end(w, OK) == OK);
    check(web_post(w, GERO, "/a/uebergabe", "zeile=1&bisher-1=1").status == 303);
    struct seen s = web_get(w, GERO, "/a/uebergabe?ab=1000");
    check(web_shows(&s, "name=\"bisher-1050\"") && web_shows(&s, "1001 to 1050 of 1050"));
    check(str_find(s.page, S("name=\"bisher-1\"")) < 0);
    check(web_post(w, GERO, "/a/uebergabe", "zeile=1050&lage-1050=1").status == 303);
    check(ask(w, "select needs from category where id = 1") == 1);
    check(ask(w, "select needs from category where id = 1050") == 2);
    s = web_get(w, GERO, "/a/uebergabe?q=thema+0999");
    check(web_shows(&s, "name=\"bisher-1000\"") && web_shows(&s, "name=\"zeile\""));
    s = web_get(w, GERO, "/a/uebergabe?q=nirgends");
    check(web_shows(&s, "Nothing here fits"));
}

const struct test need_http_tests[] = {
    T(D1_a_topic_wants_more),
    T(D1_without_a_wish_gaps_may_stay),
    T(D2_only_who_configures),
    T(D3_saving_one_page_leaves_the_others),
    {0},
};
