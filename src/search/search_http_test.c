// SPDX-License-Identifier: GPL-3.0-or-later
#include "search/search.h"

#include "base/limits.h"
#include "engagement/engagement_http_test.h"
#include "solution/solution.h"

static struct desk_case found(struct world *w)
{
    struct solution s = {.kind = SOLUTION_FIX,
                         .confidence = SOLUTION_VALIDATED,
                         .audience = SOLUTION_L1,
                         .lang = LANG_DE,
                         .title = S("WLAN <Kanal> umstellen")};
    struct ctx *cx = begin_as(w, EVA);
    check(end(w, solution_add(cx, &s, &s.id)) == OK);
    struct desk_case c = desk_case(w);
    check(job_drain(cx, index_jobs) == OK);
    return c;
}

static struct seen get(struct world *w, int person, const char *before, str after)
{
    str url = arena_fmt(&w->kept, "%s" STR_FMT, before, STR_ARG(after));
    return web_get(w, person, arena_z(&w->kept, url));
}

static void V1_a_number_is_opened(struct world *w)
{
    struct desk_case c = found(w);
    struct seen s = get(w, ADA, "/w/suche?q=", c.number);
    check(s.status == 303 && str_ends(s.to, c.number));
    s = web_get(w, ADA, "/w/suche?q=l101");
    check(s.status == 303);
    check_text(s.to, S("/w/kb/L-101"));
    s = web_get(w, ADA, "/w/suche?q=p-12");
    check_text(s.to, S("/w/p/P-12"));
    s = web_get(w, ADA, "/w/suche?q=G-3");
    check_text(s.to, S("/w/g/G-3"));
    check(web_get(w, ADA, "/w/suche?q=g-dsl").status == 200);
    check(web_get(w, ADA, "/w/suche?q=101").status == 200);    // may be a port, an error code
}

static void V2_an_unfinished_word_finds_both(struct world *w)
{
    struct desk_case c = found(w);
    struct seen s = web_get(w, ADA, "/w/suche/vorschlag?teil=1&q=wla");
    check(s.status == 200 && web_shows(&s, "WLAN &lt;Kanal&gt; umstellen"));
    check(web_shows(&s, arena_z(&w->kept, c.number)) && lacks(&s, "<html"));
    s = web_get(w, NINA, "/w/suche/vorschlag?teil=1&q=wla");
    check(s.status == 200 && lacks(&s, "<li>"));
    s = web_get(w, DORA, "/w/suche/vorschlag?teil=1&q=wla&art=1");    // F1: not her team's case
    check(s.status == 200 && lacks(&s, "<li>"));
    s = web_get(w, ADA, "/w/suche/vorschlag?teil=1&q=101&art=2");
    check(web_shows(&s, "href=\"/w/kb/L-101\""));
    s = web_get(w, ADA, "/w/suche/vorschlag?teil=1&q=");
    check(s.status == 200 && lacks(&s, "<li>"));
}

static void V2_what_was_put_away_is_not_called_done(struct world *w)
{
    struct desk_case c = found(w);
    struct ctx *cx = begin_as(w, EVA);
    struct ticket_at at = {c.id, TICKET_ANY_VERSION};
    check(end(w, ticket_spam(cx, &at)) == OK);
    struct seen s = web_get(w, EVA, "/w/suche?q=wlan");
    check(s.status == 200 && web_shows(&s, arena_z(&w->kept, c.number)));
    check(web_shows(&s, "put away as spam"));
}

static void V3_without_a_script_it_is_the_search_page(struct world *w)
{
    struct seen s = web_get(w, ADA, "/w/suche/vorschlag?q=wlan+%26+kanal&art=2");
    check(s.status == 303);
    check_text(s.to, S("/w/suche?q=wlan%20%26%20kanal&art=2"));
}

static void V4_only_what_was_asked_for(struct world *w)
{
    struct desk_case c = found(w);
    struct seen s = web_get(w, ADA, "/w/suche/vorschlag?teil=1&q=wlan&art=2");
    check(web_shows(&s, "L-101") && lacks(&s, arena_z(&w->kept, c.number)));
    s = web_get(w, ADA, "/w/suche/vorschlag?teil=1&q=wlan&art=1");
    check(lacks(&s, "L-101") && web_shows(&s, arena_z(&w->kept, c.number)));
}

static void F5_an_empty_card_is_never_first(struct world *w)
{
    struct solution_step step = {S("Neu starten"), S("")};
    struct solution s = {.kind = SOLUTION_FIX,
                         .confidence = SOLUTION_NOT_VALIDATED,
                         .audience = SOLUTION_L1,
                         .lang = LANG_DE,
                         .title = S("Drucker druckt nicht"),
                         .words = S("Der Drucker steht im Flur und sonst wo"),
                         .step = &step,
                         .steps = 1};
    struct search_hit *hit;
    isize n;
    struct ctx *cx = begin_as(w, EVA);
    check(solution_add(cx, &s, &s.id) == OK);
    s.steps = 0;
    s.words = S("");
    s.confidence = SOLUTION_VALIDATED;
    check(end(w, solution_add(cx, &s, &s.id)) == OK);
    check(job_drain(cx, index_jobs) == OK);
    cx = begin_as(w, ADA);
    check(search_run(cx, &(struct search_ask){.words = S("drucker druckt nicht")}, &hit, &n)
              == OK
          && n == 2);
    check(hit[0].number == 101 && hit[1].number == 102);
    check(end(w, OK) == OK);
}

static isize fitting(struct world *w, const char *words, struct search_hit **hit)
{
    isize n = 0;
    struct search_ask ask = {.words = str_from_z(words), .fitting = true};
    check(search_run(begin_as(w, ADA), &ask, hit, &n) == OK);
    check(end(w, OK) == OK);
    return n;
}

static void F9_what_does_not_fit_is_not_offered(struct world *w)
{
    static const char *const titles[] = {"Drucker druckt nicht", "Postfach ist voll",
                                         "Passwort vergessen", "Telefon klingelt nicht"};
    struct search_hit *hit = NULL;
    struct ctx *cx = begin_as(w, EVA);
    for (isize i = 0; i < countof(titles); i++) {
        struct solution s = {.kind = SOLUTION_FIX,
                             .confidence = SOLUTION_VALIDATED,
                             .audience = SOLUTION_L1,
                             .lang = LANG_DE,
                             .title = str_from_z(titles[i]),
                             .words = S("Ich möchte das gern wieder benutzen")};
        check(solution_add(cx, &s, &s.id) == OK);
    }
    check(end(w, OK) == OK && job_drain(cx, index_jobs) == OK);
    check(fitting(w, "mein postfach ist schon wieder voll", &hit) == 1 && hit[0].number == 102);
    check(fitting(w, "ich möchte meinen vertrag kündigen", &hit) == 0);
}

static void F7_a_text_that_is_too_long_is_said(struct world *w)
{
    char *url = make(&w->kept, char, LIMIT_SEARCH + 13);
    memset(url, 'a', LIMIT_SEARCH + 12);
    memcpy(url, "/w/suche?q=", 11);
    struct seen s = web_get(w, ADA, url);
    check(s.status == 422 && web_shows(&s, "too long for a search"));
    url[LIMIT_SEARCH + 11] = 0;
    check(web_get(w, ADA, url).status == 200);
}

const struct test search_http_tests[] = {
    T(V1_a_number_is_opened),
    T(V2_an_unfinished_word_finds_both),
    T(V2_what_was_put_away_is_not_called_done),
    T(V3_without_a_script_it_is_the_search_page),
    T(V4_only_what_was_asked_for),
    T(F5_an_empty_card_is_never_first),
    T(F9_what_does_not_fit_is_not_offered),
    T(F7_a_text_that_is_too_long_is_said),
    {0},
};
