// SPDX-License-Identifier: GPL-3.0-or-later
#include "search/search.h"
#include "workplace/workplace_test.h"

// The number of hits, and that the first is this case by its customer.
static isize found(struct world *w, int person, const char *words, bool typing, int64_t first)
{
    struct search_hit *hit;
    isize n = 0;
    struct ctx *cx = begin_as(w, person);
    struct search_ask ask = {.words = str_from_z(words), .typing = typing, .customers = true};
    check(search_run(cx, &ask, &hit, &n) == OK);
    check(first == 0 || (n > 0 && hit[0].id == first && hit[0].found == SEARCH_CUSTOMER));
    for (isize i = 1; i < n; i++)
        check(hit[i].id != hit[0].id || hit[i].kind != hit[0].kind);    // each once
    end(w, OK);
    return n;
}

static void C1_by_name_and_firm(struct world *w)
{
    struct made_case c = a_case(w);
    check(job_drain(&w->cx, index_jobs) == OK);
    static const char *const by[] = {"Karin Brandt", "brandt", "kern gmbh",
                                     "Brandt Karin Kern"};
    for (isize i = 0; i < countof(by); i++)
        check(found(w, ADA, by[i], false, c.id.n) >= 1);
    check(found(w, ADA, "Bran", true, c.id.n) >= 1);
    check(found(w, ADA, "Karin Bra", true, c.id.n) >= 1);
    check(found(w, ADA, "Bran", false, 0) == 0);    // no word of anything
    check(found(w, ADA, "Karin Weber", false, 0) == 0);
}

static void C2_by_mail_and_phone(struct world *w)
{
    struct made_case c = a_case(w);
    static const char *const by[] = {"k.brandt@post.example", "K.Brandt@", "089 1234567",
                                     "+49891234567"};
    for (isize i = 0; i < countof(by); i++)
        check(found(w, ADA, by[i], false, c.id.n) >= 1);
    check(found(w, ADA, "brandt@other.example", false, 0) == 0);
}

static void F8_open_ones_first_and_each_once(struct world *w)
{
    struct made_case first = a_case(w),
                     second = a_case_about(w, S("Rechnung von Brandt"), S("x"));
    struct ticket_at at = {second.id, TICKET_ANY_VERSION};
    check(end(w, ticket_spam(begin_as(w, ADA), &at)) == OK);
    check(job_drain(&w->cx, index_jobs) == OK);
    check(found(w, ADA, "Brandt", false, first.id.n) == 2);
}

// F1: not her team's; neither does a customer find others by their names.
static void F8_only_what_one_may_see(struct world *w)
{
    a_case(w);
    check(found(w, DORA, "k.brandt@post.example", false, 0) == 0);
    check(found(w, NINA, "Karin Brandt", false, 0) == 0);
}

static void F8_the_page_says_whose(struct world *w)
{
    struct made_case c = a_case(w);
    struct seen s = web_get(w, ADA, "/w/suche?q=k.brandt%40post.example");
    check(web_shows(&s, arena_z(&w->kept, c.number)) && web_shows(&s, "of Karin Brandt"));
    s = web_get(w, ADA, "/w/suche/vorschlag?teil=1&q=brandt");
    check(web_shows(&s, arena_z(&w->kept, c.number)) && web_shows(&s, "Karin Brandt"));
}

const struct test customers_tests[] = {
    T(C1_by_name_and_firm),      T(C2_by_mail_and_phone),   T(F8_open_ones_first_and_each_once),
    T(F8_only_what_one_may_see), T(F8_the_page_says_whose), {0},
};
