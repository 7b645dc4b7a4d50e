// SPDX-License-Identifier: GPL-3.0-or-later
#include "search/search_http.h"

#include "search.html.h"
#include "search/choose.h"
#include "ticket/ticket_number.h"

enum { SUGGESTIONS = 7 };

static int kinds_of(int chosen)    // V4
{
    return chosen == 1 ? 1 << SEARCH_CASE : chosen == 2 ? 1 << SEARCH_SOLUTION : 0;
}

static void show_row(struct ctx *cx, const struct search_hit *h, struct search_found_row *r)
{
    r->is_case = h->kind == SEARCH_CASE;
    r->key = r->is_case ? ticket_number_shown(cx->arena, h->number)
                        : solution_key_text(cx->arena, h->number);
    r->title = h->title;
    r->before = h->before;
    r->match = h->match;
    r->after = h->after;
    r->customer = h->customer;
    if (r->is_case)
        r->note = h->open       ? SAY("open", "offen")
                  : h->put_away ? SAY("put away as spam", "als Spam abgelegt")
                                : SAY("over", "erledigt");
}

static void show_rows(struct ctx *cx, const struct search_hit *hit, isize n,
                      struct search_found_row *row)
{
    for (isize i = 0; i < n; i++)
        show_row(cx, &hit[i], &row[i]);
}

// --- the page ----------------------------------------------------------------------------

static enum err look(struct ctx *cx, struct search_page *s)
{
    struct search_hit *hit;
    struct search_ask ask = {.words = s->words, .kinds = kinds_of(s->kind), .customers = true};
    TRY(search_run(cx, &ask, &hit, &s->n));
    s->row = make(cx->arena, struct search_found_row, s->n);
    show_rows(cx, hit, s->n, s->row);
    return OK;
}

// V1
static bool is_case_number(struct ctx *cx, str words, str *shown)
{
    int64_t number = 0;
    bool is = words.n >= 8 && ticket_number_read(cx, words, &number) == OK;
    ctx_forgive(cx);
    if (is)
        *shown = ticket_number_shown(cx->arena, number);
    return is;
}

// V1.  A bare number may be anything, so the letter is asked for.
static bool is_key(struct ctx *cx, str words, str *shown)
{
    int64_t key = 0;
    bool is = (str_starts(words, S("L")) || str_starts(words, S("l")))
              && solution_key_read(words, &key);
    if (is)
        *shown = solution_key_text(cx->arena, key);
    return is;
}

// V1
static bool is_marked(str words, char letter, int64_t *number)
{
    return words.n > 2 && (words.p[0] | 0x20) == letter && words.p[1] == '-'
           && str_to_int(str_cut(words, 2), number) && *number > 0;
}

static enum err show(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct search_page s = {.words = form_text(rq, "q"), .kind = (int)form_int(rq, "art", 0)};
    str number;
    int64_t marked;
    if (is_case_number(cx, s.words, &number))
        return see_other(cx, rp, "/w/t/" STR_FMT, STR_ARG(number));
    if (is_key(cx, s.words, &number))
        return see_other(cx, rp, "/w/kb/" STR_FMT, STR_ARG(number));
    if (is_marked(s.words, 'p', &marked))
        return see_other(cx, rp, "/w/p/P-%lld", (long long)marked);
    if (is_marked(s.words, 'g', &marked))
        return see_other(cx, rp, "/w/g/G-%lld", (long long)marked);
    if (s.words.n > 0)
        TRY(look(cx, &s));
    html_search_results(page_begin(cx, rq, rp, 200), &s);
    return OK;
}

// --- while typing ------------------------------------------------------------------------

// V2: a number finds its solution, if there is one.
static enum err add_named(struct ctx *cx, str words, struct suggestion_list *list)
{
    struct ctx quiet = ctx_quiet(cx);
    struct solution s;
    int64_t key;
    if (!choose_key(words, &key))
        return OK;
    enum err err = solution_by_key(&quiet, solution_key_text(cx->arena, key), &s);
    if (err == OK)
        list->row[list->n++] = (struct search_found_row){
            .key = solution_key_text(cx->arena, s.key), .title = s.title};
    return err == ERR_ABSENT ? OK : err;
}

static enum err add_found(struct ctx *cx, str words, int kind, struct suggestion_list *list)
{
    struct search_hit *hit;
    isize n;
    struct search_ask ask = {
        .words = words, .kinds = kinds_of(kind), .limit = SUGGESTIONS, .typing = true, .customers = true};
    TRY(search_run(cx, &ask, &hit, &n));
    show_rows(cx, hit, n, list->row + list->n);
    list->n += n;
    return OK;
}

static enum err to_page(struct ctx *cx, struct reply *rp, str words, int kind)    // V3
{
    struct buf b = buf_new(cx->arena, words.n + 8);
    page_part_str(&(struct page){.cx = cx, .buf = &b}, words);
    str part = buf_str(&b);
    return see_other(cx, rp, "/w/suche?q=" STR_FMT "&art=%d", STR_ARG(part), kind);
}

static enum err suggest(struct ctx *cx, struct request *rq, struct reply *rp)
{
    str words = str_trim(form_text(rq, "q"));
    int kind = (int)form_int(rq, "art", 0);
    if (!form_has(rq, "teil"))
        return to_page(cx, rp, words, kind);
    struct suggestion_list list = {
        .row = make(cx->arena, struct search_found_row, SUGGESTIONS + 1)};
    if (kind != 1)
        TRY(add_named(cx, words, &list));
    if (words.n > 0 && list.n == 0)
        TRY(add_found(cx, words, kind, &list));
    html_search_suggestions(page_begin(cx, rq, rp, 200), &list);
    return OK;
}

// clang-format off
const struct route search_routes[] = {
    {GET, "/w/suche",           CAN_WORK, show,    .summary = "cases and solutions, ranked"},
    {GET, "/w/suche/vorschlag", CAN_WORK, suggest, .summary = "what may be meant, while words are typed"},
    {0},
};
// clang-format on
