// SPDX-License-Identifier: GPL-3.0-or-later
#include "search/search_http.h"

#include "search.html.h"
#include "solution/solution.h"
#include "ticket/ticket_number.h"

static void show_row(struct ctx *cx, const struct search_hit *h, struct search_found_row *r)
{
    r->is_case = h->kind == SEARCH_CASE;
    r->key = r->is_case ? ticket_number_shown(cx->arena, h->number)
                        : solution_key_text(cx->arena, h->number);
    r->title = h->title;
    r->before = h->before;
    r->match = h->match;
    r->after = h->after;
    if (r->is_case)
        r->note = h->open ? SAY("open", "offen") : SAY("over", "erledigt");
}

static enum err look(struct ctx *cx, struct search_page *s)
{
    struct search_hit *hit;
    struct search_ask ask = {.words = s->words,
                             .kinds = s->kind == 1   ? 1 << SEARCH_CASE
                                      : s->kind == 2 ? 1 << SEARCH_SOLUTION
                                                     : 0};
    TRY(search_run(cx, &ask, &hit, &s->n));
    s->row = make(cx->arena, struct search_found_row, s->n);
    for (isize i = 0; i < s->n; i++)
        show_row(cx, &hit[i], &s->row[i]);
    return OK;
}

// A whole number of a case is not searched for but opened.
static bool is_number(struct ctx *cx, str words, str *shown)
{
    int64_t number;
    bool is = words.n >= 8 && ticket_number_read(cx, words, &number) == OK;
    ctx_forgive(cx);
    if (is)
        *shown = ticket_number_shown(cx->arena, number);
    return is;
}

static enum err show(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct search_page s = {.words = form_text(rq, "q"), .kind = (int)form_int(rq, "art", 0)};
    str number;
    if (is_number(cx, s.words, &number))
        return see_other(cx, rp, "/w/t/" STR_FMT, STR_ARG(number));
    if (s.words.n > 0)
        TRY(look(cx, &s));
    html_search_results(page_begin(cx, rq, rp, 200), &s);
    return OK;
}

const struct route search_routes[] = {
    {GET, "/w/suche", CAN_WORK, show, .summary = "cases and solutions, ranked"},
    {0},
};
