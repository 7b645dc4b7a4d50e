// SPDX-License-Identifier: GPL-3.0-or-later
#include "search/search.h"

#include "base/json.h"
#include "base/limits.h"
#include "search.sql.h"
#include "search/customers.h"
#include "search/plan.h"
#include "search/rank.h"
#include "search/snippet.h"
#include "solution/solution.h"

#include <math.h>

enum {
    TEXT_CUT = 3000,    // characters of a message that a snippet is looked for in
    TEXTS_EACH = 12,    // messages of a case, likewise
    SUGGESTIONS = 5,
    STRICT_WORDS = 3,
    BARE_LAST = 10,    // more than any enum search_found
    OF_CUSTOMERS = 20,
    OF_CUSTOMERS_TYPING = 3,    // beside what the words find
    FIT_LEAST = 50,      // percent (F9), by sentences of customers and the demo's solutions
    BEHIND_MOST = 60,    // percent of the best one's score
};

// A document that was found, before anything is read that is shown.
struct found {
    enum search_kind kind;
    int64_t id, score;
    enum search_found how;
    bool bare;    // F5
    int fit;
    int order;    // before the score
    str customer;    // F8
};

struct finding {
    struct found *row;
    isize n, room;
};

// Everything that is known about one search.
struct search {
    const struct search_ask *ask;
    struct plan plan;    // in the order of the words
    struct plan by_rarity;
    struct ranker *ranker;
    enum plan_where where;
    struct finding found;
};

// --- finding ---------------------------------------------------------------------------

static bool is_staff(const struct who *who)
{
    return who->see == SEE_TENANT || who->see == SEE_TEAMS;
}

static bool wants(const struct search_ask *ask, enum search_kind kind)
{
    return ask->kinds == 0 || (ask->kinds & 1 << kind) != 0;
}

static void note(struct finding *f, struct found row)
{
    // Only the second round can find again what the first one did.
    for (isize i = 0; i < f->n && f->row[i].how != row.how; i++)
        if (f->row[i].kind == row.kind && f->row[i].id == row.id)
            return;
    if (f->n < f->room)
        f->row[f->n++] = row;
}

// Marks narrow the search in the index; the statement checks the same again in the row.
static str marks(struct ctx *cx, const struct search_ask *ask)
{
    contact_id contact = cx->who.see == SEE_OWN ? cx->who.contact : ask->contact;
    str open = ask->open ? S("open ") : S("");
    if (contact.n == 0)
        return str_trim(open);
    return arena_fmt(cx->arena, STR_FMT "c%lld", STR_ARG(open), (long long)contact.n);
}

static enum err rank_cases(struct search *s, const struct q_search_cases *t, isize n,
                           enum search_found how)
{
    for (isize i = 0; i < n; i++) {
        struct rank r = rank_score(s->ranker, &(struct rank_doc){t[i].title, t[i].said, t[i].notes});
        note(&s->found, (struct found){SEARCH_CASE, t[i].id, r.score, how, .fit = r.fit});
    }
    return OK;
}

static enum err find_cases(struct ctx *cx, struct search *s, enum search_found how, int some)
{
    struct q_search_cases *t;
    isize n;
    const struct plan *p = some > 0 ? &s->by_rarity : &s->plan;
    str mark = marks(cx, s->ask), query = plan_query(cx, p, some, s->where, mark);
    if (mark.n == 0 && plan_is_frequent(p, some)) {
        struct q_search_newest *newest;
        TRY(q_search_newest(cx, query, LIMIT_SEARCH_WINDOW, &newest, &n));
        t = make(cx->arena, struct q_search_cases, n);
        for (isize i = 0; i < n; i++)
            t[i] = (struct q_search_cases){newest[i].id, newest[i].title, newest[i].said,
                                           newest[i].notes};
        return rank_cases(s, t, n, how);
    }
    TRY(q_search_cases(cx, query, s->ask->open, s->ask->contact, LIMIT_SEARCH_WINDOW, &t, &n));
    return rank_cases(s, t, n, how);
}

static str contacts_json(struct ctx *cx, const struct contact_found *c, isize n)
{
    struct buf b = buf_new(cx->arena, 100);
    struct json_out j = {&b};
    json_open(&j, '[');
    for (isize i = 0; i < n; i++)
        json_int(&j, c[i].id.n);
    json_close(&j, ']');
    return buf_str(&b);
}

static str name_of(const struct contact_found *c, isize n, contact_id id)
{
    while (n > 0 && c->id.n != id.n)
        c++, n--;
    return n == 0 ? (str){0} : c->name.n > 0 ? c->name : c->mail;
}

static enum err find_customers(struct ctx *cx, struct search *s)    // F8
{
    struct contact_found *c;
    struct q_search_of_customers *t;
    isize n, cs;
    int64_t most = s->ask->typing ? OF_CUSTOMERS_TYPING : OF_CUSTOMERS;
    if (!s->ask->customers || !is_staff(&cx->who) || !wants(s->ask, SEARCH_CASE))
        return OK;
    TRY(customers_meant(cx, s->ask->words, s->ask->typing, &c, &cs));
    if (cs == 0)
        return OK;
    TRY(q_search_of_customers(cx, contacts_json(cx, c, cs), s->ask->open, most, &t, &n));
    for (isize i = 0; i < n; i++)
        note(&s->found, (struct found){.kind = SEARCH_CASE,
                                       .id = t[i].id,
                                       .score = INT64_MAX - i,
                                       .how = SEARCH_CUSTOMER,
                                       .customer = name_of(c, cs, t[i].contact)});
    return OK;
}

// F5
static double worth(const struct search_ask *ask, enum lang lang,
                    const struct q_search_solutions *k)
{
    double w = 1 + fmin(0.3, 0.06 * log2(1 + (double)k->reused));
    w *= k->confidence == SOLUTION_VALIDATED ? 1.1 : k->confidence == SOLUTION_WIP ? 0.9 : 1;
    w *= k->flagged > 0 ? 0.9 : 1;
    w *= k->language == (int64_t)(ask->lang != 0 ? ask->lang : lang) ? 1.15 : 1;
    if (ask->product != 0 && k->product != 0)
        w *= k->product == ask->product ? 1.3 : 0.8;
    return w;
}

static enum err find_solutions(struct ctx *cx, struct search *s, enum search_found how,
                               int some)
{
    struct q_search_solutions *k;
    isize n;
    str query = plan_query(cx, &s->plan, some, s->where, S(""));
    TRY(q_search_solutions(cx, query, LIMIT_SEARCH_WINDOW, &k, &n));
    for (isize i = 0; i < n; i++) {
        struct rank r = rank_score(s->ranker, &(struct rank_doc){k[i].title, k[i].said, S("")});
        double score = (double)r.score * worth(s->ask, cx->lang, &k[i]);
        note(&s->found,
             (struct found){SEARCH_SOLUTION, k[i].id, (int64_t)score, how, k[i].bare, r.fit});
    }
    return OK;
}

static enum err find_all(struct ctx *cx, struct search *s)
{
    if (wants(s->ask, SEARCH_CASE))
        TRY(find_cases(cx, s, SEARCH_ALL, 0));
    if (wants(s->ask, SEARCH_SOLUTION))
        TRY(find_solutions(cx, s, SEARCH_ALL, 0));
    return OK;
}

static enum err find_some(struct ctx *cx, struct search *s)
{
    s->by_rarity = s->plan;
    int some = plan_rarest(&s->by_rarity, LIMIT_SEARCH_WINDOW);    // F6
    if (wants(s->ask, SEARCH_CASE))
        TRY(find_cases(cx, s, SEARCH_SOME, some));
    if (wants(s->ask, SEARCH_SOLUTION))
        TRY(find_solutions(cx, s, SEARCH_SOME, s->plan.n));
    return OK;
}

// F3 F5
static int order_of(const struct search *s, const struct found *f)
{
    return (s->plan.n <= STRICT_WORDS ? (int)f->how : 0) + (f->bare ? BARE_LAST : 0);
}

static int by_score(const void *x, const void *y)
{
    const struct found *a = x, *b = y;
    if (a->order != b->order)
        return a->order < b->order ? -1 : 1;
    if (a->score != b->score)
        return a->score > b->score ? -1 : 1;
    if (a->kind != b->kind)
        return a->kind > b->kind ? -1 : 1;
    return (a->id < b->id) - (a->id > b->id);    // the newer one
}

static enum err find_words(struct ctx *cx, struct search *s, isize limit)
{
    if (s->plan.n == 0)
        return OK;
    TRY(plan_look(cx, &s->plan));
    s->ranker = rank_start(cx->arena, &s->plan);
    TRY(find_all(cx, s));
    return s->found.n < limit && s->plan.n > 1 ? find_some(cx, s) : OK;
}

static void keep_fitting(struct finding *f)    // F9
{
    isize kept = 0;
    int64_t best = f->n > 0 ? f->row[0].score : 0;
    for (isize i = 0; i < f->n; i++)
        if (f->row[i].fit >= FIT_LEAST && f->row[i].score * 100 >= best * BEHIND_MOST)
            f->row[kept++] = f->row[i];
    f->n = kept;
}

static enum err find(struct ctx *cx, struct search *s, isize limit)
{
    isize room = 4 * LIMIT_SEARCH_WINDOW;
    s->where = is_staff(&cx->who) ? PLAN_ALL : PLAN_SAID;    // F2
    s->found = (struct finding){make(cx->arena, struct found, room), 0, room};
    plan_read(cx->arena, s->ask->words, s->ask->typing, &s->plan);
    TRY(find_customers(cx, s));
    TRY(find_words(cx, s, limit));
    for (isize i = 0; i < s->found.n; i++)
        s->found.row[i].order = order_of(s, &s->found.row[i]);
    if (s->found.n > 0)
        qsort(s->found.row, (size_t)s->found.n, sizeof *s->found.row, by_score);
    if (s->ask->fitting)
        keep_fitting(&s->found);
    s->found.n = int_min(s->found.n, limit);
    return OK;
}

// --- showing ---------------------------------------------------------------------------

static str ids_json(struct ctx *cx, const struct search *s, enum search_kind kind)
{
    struct buf b = buf_new(cx->arena, 400);
    struct json_out j = {&b};
    json_open(&j, '[');
    for (isize i = 0; i < s->found.n; i++)
        if (s->found.row[i].kind == kind)
            json_int(&j, s->found.row[i].id);
    json_close(&j, ']');
    return buf_str(&b);
}

static void set_snippet(struct search_hit *hit, struct snippet snippet)
{
    hit->snippet = snippet.text;
    hit->before = str_head(snippet.text, snippet.at);
    hit->match = (str){snippet.text.p + snippet.at, snippet.n};
    hit->after = str_cut(snippet.text, snippet.at + snippet.n);
}

// The texts a page may show of cases: rows and messages, each in one statement.
struct cases {
    struct q_search_case_rows *row;
    isize n;
    struct q_search_case_texts *text;
    isize texts;
};

static enum err load_cases(struct ctx *cx, const struct search *s, struct cases *out)
{
    *out = (struct cases){0};
    str ids = ids_json(cx, s, SEARCH_CASE);
    if (str_eq(ids, S("[]")))
        return OK;
    TRY(q_search_case_rows(cx, ids, &out->row, &out->n));
    return q_search_case_texts(cx, ids, TEXT_CUT, TEXTS_EACH, &out->text, &out->texts);
}

static bool show_case(struct snipper *snipper, const struct cases *c, struct search_hit *hit)
{
    const struct q_search_case_rows *t = c->row;
    str text[TEXTS_EACH + 1];
    isize n = 0;
    while (t < c->row + c->n && t->id != hit->id)
        t++;
    if (t == c->row + c->n)
        return false;    // F1: gone, or moved out of reach, since it was indexed
    hit->number = t->number;
    hit->title = t->subject;
    hit->src = t->src;
    hit->src_id = t->src_id;
    hit->lang = t->language;
    hit->open = t->status < TICKET_SOLVED;
    hit->put_away = t->status == TICKET_SPAM;
    hit->product = t->product;
    hit->at = t->changed;
    text[n++] = t->problem;
    for (isize i = 0; i < c->texts && n < countof(text); i++)
        if (c->text[i].ticket == hit->id)
            text[n++] = c->text[i].body;
    set_snippet(hit, snippet_make(snipper, text, n));
    return true;
}

struct solutions {
    struct q_search_solution_rows *row;
    isize n;
};

static enum err load_solutions(struct ctx *cx, const struct search *s, struct solutions *out)
{
    *out = (struct solutions){0};
    str ids = ids_json(cx, s, SEARCH_SOLUTION);
    return str_eq(ids, S("[]")) ? OK : q_search_solution_rows(cx, ids, &out->row, &out->n);
}

static bool show_solution(struct snipper *snipper, const struct solutions *all,
                          struct search_hit *hit, str *steps)
{
    const struct q_search_solution_rows *k = all->row;
    while (k < all->row + all->n && k->id != hit->id)
        k++;
    if (k == all->row + all->n)
        return false;
    hit->number = k->key;
    hit->title = k->title;
    hit->src = k->src;
    hit->src_id = k->src_id;
    hit->lang = k->language;
    hit->product = k->product;
    hit->confidence = (int)k->confidence;
    hit->at = k->changed;
    *steps = k->steps;
    const str text[] = {k->words, k->environment, k->cause, k->steps, k->body};
    set_snippet(hit, snippet_make(snipper, text, countof(text)));
    return true;
}

struct shown {
    struct search_hit *hit;
    str *steps;    // of solutions
    isize n;
};

static void show_all(struct ctx *cx, const struct search *s, struct snipper *snipper,
                     const struct cases *cases, const struct solutions *solutions,
                     struct shown *out)
{
    *out = (struct shown){make(cx->arena, struct search_hit, s->found.n),
                          make(cx->arena, str, s->found.n), 0};
    for (isize i = 0; i < s->found.n; i++) {
        const struct found *f = &s->found.row[i];
        struct search_hit *hit = &out->hit[out->n];
        *hit = (struct search_hit){.kind = f->kind,
                                   .id = f->id,
                                   .found = f->how,
                                   .score = f->score,
                                   .fit = f->fit,
                                   .customer = f->customer};
        if (f->kind == SEARCH_CASE)
            out->n += show_case(snipper, cases, hit);
        else
            out->n += show_solution(snipper, solutions, hit, &out->steps[out->n]);
    }
}

static enum err show(struct ctx *cx, const struct search *s, struct shown *out)
{
    struct cases cases;
    struct solutions solutions;
    TRY(load_cases(cx, s, &cases));
    TRY(load_solutions(cx, s, &solutions));
    struct snipper *snipper = snippet_start(cx->arena, &s->plan);
    show_all(cx, s, snipper, &cases, &solutions, out);
    snippet_end(snipper);
    return OK;
}

// --- asking ----------------------------------------------------------------------------

static enum err run(struct ctx *cx, const struct search_ask *ask, isize limit,
                    struct shown *out)
{
    struct search *s = make(cx->arena, struct search, 1);
    s->ask = ask;
    if (ask->words.n > LIMIT_SEARCH)    // F7
        return invalid(cx, "q", "This is too long for a search: %lld bytes at most.",
                       "Das ist zu lang für eine Suche: höchstens %lld Bytes.",
                       (long long)LIMIT_SEARCH);
    TRY(find(cx, s, limit));
    return show(cx, s, out);
}

enum err search_run(struct ctx *cx, const struct search_ask *ask, struct search_hit **out,
                    isize *n)
{
    struct shown shown;
    isize limit = ask->limit > 0 ? ask->limit : LIMIT_PAGE_ROWS;
    TRY(run(cx, ask, int_min(limit, LIMIT_PAGE_ROWS), &shown));
    *out = shown.hit;
    *n = shown.n;
    return OK;
}

enum err search_suggest(struct ctx *cx, const struct search_ask *line,
                        struct search_suggestion *out)
{
    struct shown solutions, cases;
    isize most = line->limit > 0 ? line->limit : SUGGESTIONS;
    struct search_ask ask = *line;
    ask.kinds = 1 << SEARCH_SOLUTION;
    ask.typing = true;
    TRY(run(cx, &ask, most, &solutions));
    ask.kinds = 1 << SEARCH_CASE;
    ask.open = true;
    TRY(run(cx, &ask, most, &cases));
    *out = (struct search_suggestion){solutions.hit, solutions.steps, solutions.n, cases.hit,
                                      cases.n};
    return OK;
}
