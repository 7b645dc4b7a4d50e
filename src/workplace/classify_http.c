// SPDX-License-Identifier: GPL-3.0-or-later
#include "workplace/classify_http.h"

#include "classify.html.h"
#include "workplace/triage_http.h"

enum { UNKNOWN = 0 };

static int64_t kept_int(const struct request *rq, const struct classify_page *v,
                        const char *field, int64_t stored)
{
    int64_t n = stored;
    str text = sheet_text(rq, &v->s, field, S(""));
    return text.n > 0 && str_to_int(text, &n) ? n : stored;
}

static bool is_hint(const struct classify_page *v, category_id id)
{
    for (isize i = 0; i < v->hints; i++)
        if (v->hint[i]->id.n == id.n)
            return true;
    return false;
}

static enum err add_hint(struct ctx *cx, struct classify_page *v, category_id id)
{
    struct category *c = make(cx->arena, struct category, 1);
    if (id.n == 0 || is_hint(v, id))
        return OK;
    TRY(category_load(cx, id, c));
    v->hint[v->hints++] = c;
    return OK;
}

static enum err add_said(struct ctx *cx, struct classify_page *v, str text)
{
    const struct category *found[CLASSIFY_HINTS];
    struct category *said;
    isize n;
    TRY(category_said(cx, text, v->s.ticket.category, CLASSIFY_SHARED, &said, &n));
    n = classify_hints(cx->arena, text, said, n, found);
    for (isize i = 0; i < n; i++)
        if (!is_hint(v, found[i]->id))
            v->hint[v->hints++] = found[i];
    return OK;
}

// The category it has, then what solved cases teach (F3), then what its text suggests.
static enum err propose(struct ctx *cx, struct classify_page *v)
{
    const struct ticket *t = &v->s.ticket;
    struct triage_hints hints;
    TRY(triage_suggest(cx, TRIAGE_CATEGORY, TRIAGE_PRIORITY, t, &hints));
    v->topic = hints.of[TRIAGE_CATEGORY];
    v->goods = hints.of[TRIAGE_PRODUCT];
    v->rank = hints.of[TRIAGE_PRIORITY];
    for (int i = TRIAGE_CATEGORY; i <= TRIAGE_PRIORITY && triage_case_wants(t); i++)
        v->judged.value[i] = hints.of[i].value;
    TRY(add_hint(cx, v, t->category));
    TRY(add_hint(cx, v, (category_id){v->topic.value}));
    return add_said(cx, v, triage_text(cx->arena, t->subject, t->problem));
}

// Kept with the sheet or typed just now (pick_http.h).
static enum err offer(struct ctx *cx, const struct request *rq, struct classify_page *v)
{
    const struct ticket *t = &v->s.ticket;
    int64_t other = kept_int(rq, v, "anderes", UNKNOWN);
    TRY(pick_topics(cx, rq, "anderes", t->category, other, &v->another));
    TRY(pick_products(cx, rq, "produkt", t->product, v->bought, &v->product));
    v->another.text = sheet_text(rq, &v->s, "anderes_name", v->another.text);
    v->product.text = sheet_text(rq, &v->s, "produkt_name", v->product.text);
    return OK;
}

static enum err load(struct ctx *cx, const struct request *rq, struct classify_page *v)
{
    *v = (struct classify_page){0};
    TRY(sheet_open(cx, rq, "einordnen", DRAFT_HANDOVER, &v->s));
    const struct ticket *t = &v->s.ticket;
    TRY(propose(cx, v));
    int64_t first = t->status == TICKET_NEW && v->hints > 0 ? v->hint[0]->id.n : t->category.n;
    v->chosen = kept_int(rq, v, "thema", first);
    v->type = kept_int(rq, v, "art", t->type);
    bool open = t->status == TICKET_NEW && t->product.n == 0;
    v->bought = kept_int(rq, v, "produkt", open ? v->goods.value : t->product.n);
    v->impact = (int)int_max(1, int_min(4, kept_int(rq, v, "aus", t->impact)));
    v->urgency = (int)int_max(1, int_min(4, kept_int(rq, v, "eil", t->urgency)));
    v->wished = kept_int(rq, v, "prio", t->priority_why.n > 0 ? t->priority : 0);
    v->derived = ticket_priority(v->impact, v->urgency);
    return offer(cx, rq, v);
}

static enum err show(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct classify_page v;
    TRY(load(cx, rq, &v));
    html_classify(page_begin(cx, rq, rp, 200), &v);
    return OK;
}

// F4.  `before`: as it was; what is known by now wants no suggestion any more.
static enum err judge(struct ctx *cx, const struct request *rq, const struct ticket *before,
                      const struct ticket_at *at, const struct ticket_class *c)
{
    int derived = ticket_priority(c->impact, c->urgency);
    const int64_t chosen[] = {[TRIAGE_CATEGORY] = c->category.n,
                              [TRIAGE_PRODUCT] = c->product.n,
                              [TRIAGE_PRIORITY] = c->priority != 0 ? c->priority : derived};
    struct triage_answer shown = triage_answer_of(rq);
    for (int i = TRIAGE_CATEGORY; i <= TRIAGE_PRIORITY && triage_case_wants(before); i++)
        TRY(triage_case_judge(cx, at, (enum triage_target)i, shown.value[i], chosen[i]));
    return OK;
}

static enum err store(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct sheet s;
    TRY(sheet_open(cx, rq, "einordnen", DRAFT_HANDOVER, &s));
    if (sheet_leaves(rq))
        return sheet_keep(cx, rq, rp, &s);
    category_id other = {UNKNOWN};    // wins: it was chosen on purpose
    product_id product = {UNKNOWN};
    TRY(pick_topic(cx, rq, "anderes", s.ticket.category, &other));
    TRY(pick_product(cx, rq, "produkt", s.ticket.product, &product));
    int64_t topic = other.n != UNKNOWN ? other.n : form_int(rq, "thema", UNKNOWN);
    struct ticket_at at = sheet_at(rq, &s);
    struct ticket_class c = {.type = (enum ticket_type)form_int(rq, "art", 0),
                             .category = {topic},
                             .product = product,
                             .impact = (int)form_int(rq, "aus", 0),
                             .urgency = (int)form_int(rq, "eil", 0),
                             .priority = (int)form_int(rq, "prio", 0),
                             .why = form_text(rq, "grund")};
    TRY(ticket_classify(cx, &at, &c));
    TRY(judge(cx, rq, &s.ticket, &at, &c));
    TRY(sheet_forget(cx, &s));
    return sheet_done(cx, rp, &s);
}

// clang-format off
const struct route classify_routes[] = {
    {GET,  "/w/t/{nr}/einordnen", CAN_WORK, show, .summary = "classify a case"},
    {POST, "/w/t/{nr}/einordnen", CAN_WORK, store, show, .summary = "classify a case"},
    {0},
};
// clang-format on
