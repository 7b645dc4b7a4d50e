// SPDX-License-Identifier: GPL-3.0-or-later
#include "measure/measure_http.h"

#include "measure.html.h"

bool measure_refused(const struct page *p, const struct measure_page *v,
                     const struct measure *m)
{
    return m->id.n == v->undoing && has_problem(p, "grund");
}

// H1
static struct words limit_of(struct arena *a, const struct levels *l, enum authority_verb verb,
                             const struct authority_verdict *v)
{
    if (!v->allowed)
        return authority_whose(a, l, v);
    if (!authority_words[verb].amount || v->limit == 0)
        return SAY("", "");
    return (struct words){
        arena_fmt(a, "Up to " STR_FMT, STR_ARG(measure_euros(a, v->limit, LANG_EN))),
        arena_fmt(a, "Bis " STR_FMT, STR_ARG(measure_euros(a, v->limit, LANG_DE)))};
}

static enum err offer(struct ctx *cx, struct measure_page *v)
{
    struct levels l;
    TRY(level_load(cx, &l));
    struct measure_choice barred[AUTHORITY_VERBS];
    isize n = 0;
    for (enum authority_verb verb = AUTHORITY_REMOTE; verb < AUTHORITY_VERBS; verb++) {
        struct measure_choice c = {.verb = verb};
        TRY(authority_verdict(cx, verb, v->s.ticket.category, &c.verdict));
        c.limit = limit_of(cx->arena, &l, verb, &c.verdict);
        if (c.verdict.allowed)
            v->choice[v->choices++] = c;
        else
            barred[n++] = c;
    }
    v->barred = n > 0;
    for (isize i = 0; i < n; i++)    // H1: what is allowed stands first
        v->choice[v->choices++] = barred[i];
    return OK;
}

static const struct measure_choice *chosen(const struct measure_page *v)
{
    for (isize i = 0; i < v->choices; i++)
        if ((int64_t)v->choice[i].verb == v->verb)
            return &v->choice[i];
    return NULL;
}

// H4
static bool is_above(const struct measure_page *v)
{
    const struct measure_choice *c = chosen(v);
    int64_t cents;
    return c != NULL && c->verdict.limit > 0 && measure_cents(v->amount, &cents)
           && cents > c->verdict.limit;
}

static enum err open(struct ctx *cx, struct request *rq, struct measure_page *v)
{
    struct measure *done;
    *v = (struct measure_page){0};
    TRY(sheet_open(cx, rq, "massnahme", DRAFT_HANDOVER, &v->s));
    TRY(offer(cx, v));
    if (!str_to_int(sheet_text(rq, &v->s, "was", S("")), &v->verb))
        v->verb = v->choice[0].verb;
    v->amount = sheet_text(rq, &v->s, "betrag", S(""));
    v->what = sheet_text(rq, &v->s, "zeile", S(""));
    v->why = form_text(rq, "grund");
    v->undoing = path_int(rq, 1);
    v->told = form_has(rq, "brief");
    v->barred |= is_above(v);
    TRY(measure_list(cx, v->s.ticket.id, &done, &v->n));
    v->done = done;
    return OK;
}

enum err measure_show(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct measure_page *v = make(cx->arena, struct measure_page, 1);
    TRY(open(cx, rq, v));
    html_measures(page_begin(cx, rq, rp, 200), v);
    return OK;
}

static enum err read_amount(struct ctx *cx, str text, int64_t *out)
{
    *out = 0;
    if (str_trim(text).n == 0 || measure_cents(text, out))
        return OK;
    return invalid(cx, "betrag", "An amount looks like 89 or 89.50.",
                   "Ein Betrag sieht so aus: 89 oder 89,50.");
}

enum err measure_at_field(struct ctx *cx, enum err err, const char *field)
{
    if (err != ERR_DENIED)
        return err;
    str said = words_in(cx->detail, cx->lang);
    ctx_forgive(cx);
    return invalid(cx, field, STR_FMT, STR_FMT, STR_ARG(said));
}

static enum err take(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct measure_page *v = make(cx->arena, struct measure_page, 1);
    struct measure m = {0};
    measure_id id;
    TRY(open(cx, rq, v));
    if (sheet_leaves(rq))    // H3
        return sheet_keep(cx, rq, rp, &v->s);
    TRY(read_amount(cx, v->amount, &m.amount));
    m.verb = (enum authority_verb)(v->verb > 0 && v->verb < AUTHORITY_VERBS ? v->verb : 0);
    m.what = v->what;
    struct ticket_at at = sheet_at(rq, &v->s);
    TRY(measure_at_field(cx, measure_take(cx, &at, &m, &id), is_above(v) ? "betrag" : "was"));
    TRY(sheet_forget(cx, &v->s));
    return see_other(cx, rp, "/w/t/" STR_FMT, STR_ARG(v->s.number));
}

// clang-format off
const struct route measure_routes[] = {
    {GET,  "/w/t/{nr}/massnahme", CAN_WORK, measure_show, .summary = "what was done for the customer"},
    {POST, "/w/t/{nr}/massnahme", CAN_WORK, take, measure_show, .summary = "ship, credit, reset, look into the device"},
    {0},
};
// clang-format on
