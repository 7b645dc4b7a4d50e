// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/taught.h"

#include "call/call_test.h"
#include "call/call_view_http.h"

// The form as the page showed it, with or without the tick.
static const char *ended(struct world *w, const struct taught *d, str number, const char *more)
{
    struct ticket t = {0};
    int64_t n;
    struct ctx *cx = begin_as(w, ADA);
    check(ticket_number_read(cx, number, &n) == OK && ticket_by_number(cx, n, &t) == OK);
    check(end(w, OK) == OK);
    return arena_z(
        &w->kept,
        arena_fmt(&w->kept,
                  "version=%lld&sagt=dsl rot, kein internet&aus=1&steht=0&v-thema=%lld"
                  "&v-produkt=%lld&v-worte=dsl%s",
                  (long long)t.version, (long long)d->line.n, (long long)d->router.n, more));
}

static void C8_what_is_suggested_is_entered_when_the_call_ends(struct world *w)
{
    struct taught d = taught(w);
    str number = called(w, "dsl rot, kein internet");
    struct seen s = web_get(w, ADA, path(w, "/w/call/", number, ""));
    check(web_shows(&s, "name=\"passt\" value=\"1\" checked> "));
    check(web_shows(&s, "<b>Line</b>") && web_shows(&s, "<b>Fjord 4</b>"));
    check(str_find(s.page, S("v-team")) < 0 && str_find(s.page, S("v-prio")) < 0);
    check(ask(w,
              "select count(*) from ticket where status = 2 and work_person = 1 and channel = 1"
              " and category is null")
          == 1);
    s = web_post(
        w, ADA, path(w, "/w/call/", number, ""),
        ended(w, &d, number, "&passt=1&tun=f9&wie=Router neu gestartet, Leitung steht."));
    check(s.status == 303);
    check(ask(w, "select count(*) from ticket where status = 6 and channel = 1 and category = 2"
                 " and product = 2 and work_person = 1")
          == 1);
    check(ask(w, "select count(*) from event where kind = 'triage.accepted'") == 2);
}

static void C16_a_call_that_was_only_kept_is_not_lost(struct world *w)
{
    str number = called(w, "dsl rot"), other = called(w, "drucker streikt");
    struct seen s = web_get(w, ADA, "/w/call");
    check(web_shows(&s, path(w, "href=\"/w/call/", number, "\"")));
    check(web_shows(&s, "(2)") && web_shows(&s, "<b>Karin Brandt</b>: dsl rot"));
    s = web_get(w, BEN, "/w/call");
    check(str_find(s.page, number) < 0);
    int64_t version = ask(w, "select version from ticket where subject = 'drucker streikt'");
    str form =
        arena_fmt(&w->kept, "tun=f8&sagt=drucker streikt&version=%lld", (long long)version);
    s = web_post(w, ADA, path(w, "/w/call/", other, ""), arena_z(&w->kept, form));
    check(s.status == 303);
    s = web_get(w, ADA, "/w/call");
    check(web_shows(&s, "(1)") && str_find(s.page, other) < 0);
}

static void many_calls(struct world *w, int n)
{
    struct ctx *cx = begin_as(w, ADA);
    struct ticket_made made;
    for (int i = 0; i < n; i++) {
        struct ticket_new t = {.channel = CHANNEL_PHONE, .subject = S("wlan")};
        check(ticket_create(cx, &t, &made) == OK && ticket_take(cx, &made.at) == OK);
    }
    check(end(w, OK) == OK);
}

static void C16_beyond_the_limit_it_says_that_there_are_more(struct world *w)
{
    many_calls(w, CALL_LEFT);
    struct seen s = web_get(w, ADA, "/w/call");
    check(web_shows(&s, "(50)") && str_find(s.page, S("The others stand in")) < 0);
    many_calls(w, 1);
    s = web_get(w, ADA, "/w/call");
    check(web_shows(&s, "(more than 50)") && web_shows(&s, "The others stand in"));
}

static void C8_a_product_that_the_line_names_beats_the_suggested(struct world *w)
{
    struct taught d = taught(w);
    product_id old;
    struct product p = {.name = S("Fjord 2"), .life = {0, 18000}};    // until 2019
    check(end(w, product_add(begin(w), &p, &old)) == OK);
    str number = called(w, "dsl rot am fjord 2");
    struct seen s = web_get(w, ADA, path(w, "/w/call/", number, ""));
    check(web_shows(&s, "<b>Fjord 2</b>") && !web_shows(&s, "<b>Fjord 4</b>"));
    check(web_shows(&s, "ended on") && !web_shows(&s, "/support-ende"));
    check(str_find(web_get(w, ADA, "/w/call/vorschlag?q=rot,%20Fjord%202").page,
                   S("\"outlived\":\"Support for “Fjord 2” ended on"))
          > 0);
    check(str_find(web_get(w, ADA, "/w/call/vorschlag?q=Fjord%204").page, S("outlived")) < 0);
    d.router = old;
    s = web_post(w, ADA, path(w, "/w/call/", number, ""),
                 ended(w, &d, number, "&passt=1&tun=f8"));
    check(s.status == 303 && ask(w, "select product from ticket where status = 2") == old.n);
    s = web_get(w, ADA, path(w, "/w/call/", number, ""));
    check(web_shows(&s, "/support-ende"));
}

static void C8_without_the_tick_nothing_is_entered(struct world *w)
{
    struct taught d = taught(w);
    str number = called(w, "dsl rot, kein internet");
    check(web_post(w, ADA, path(w, "/w/call/", number, ""), ended(w, &d, number, "&tun=suchen"))
              .status
          == 303);
    struct seen s = web_get(w, ADA, path(w, "/w/call/", number, ""));
    check(web_shows(&s, "name=\"passt\" value=\"1\"> "));    // as it was left
    check(web_post(w, ADA, path(w, "/w/call/", number, ""), ended(w, &d, number, "&tun=f8"))
              .status
          == 303);
    check(ask(w, "select count(*) from ticket where status = 2 and category is null") == 1);
    check(ask(w, "select count(*) from event where kind = 'triage.corrected'") == 2);
}

const struct test call_topic_tests[] = {
    T(C8_what_is_suggested_is_entered_when_the_call_ends),
    T(C16_a_call_that_was_only_kept_is_not_lost),
    T(C16_beyond_the_limit_it_says_that_there_are_more),
    T(C8_a_product_that_the_line_names_beats_the_suggested),
    T(C8_without_the_tick_nothing_is_entered),
    {0},
};
