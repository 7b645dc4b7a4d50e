// SPDX-License-Identifier: GPL-3.0-or-later
#include "lifecycle/lifecycle_http.h"

#include "lifecycle.html.h"
#include "measure/measure_http.h"
#include "staff/authority.h"

// H1
static enum err bar_goodwill(struct ctx *cx, struct lifecycle_page *v, struct words *bar)
{
    struct authority_verdict verdict;
    struct levels levels;
    TRY(authority_verdict(cx, AUTHORITY_GOODWILL, v->s.ticket.category, &verdict));
    v->denied = !verdict.allowed && !v->l.goodwill;
    if (!v->denied)
        return OK;
    TRY(level_load(cx, &levels));
    *bar = authority_whose(cx->arena, &levels, &verdict);
    return OK;
}

static void add(struct lifecycle_page *v, enum lifecycle_way way, struct words what,
                struct words bar)
{
    v->choice[v->choices++] = (struct lifecycle_choice){way, what, bar};
}

static enum err list_ways(struct ctx *cx, struct lifecycle_page *v)
{
    struct words none = {0}, bar = {0};
    TRY(bar_goodwill(cx, v, &bar));
    add(v, LIFECYCLE_OFFER, v->l.offer,
        v->l.offer.de.n > 0
            ? none
            : SAY("Nothing is entered at the product", "Beim Produkt ist nichts eingetragen"));
    add(v, LIFECYCLE_GOODWILL,
        v->l.goodwill
            ? SAY("Granted already: only the letter.", "Schon gewährt: nur noch der Brief.")
            : SAY("The case goes on as if it were supported.",
                  "Es geht weiter, als gäbe es den Support noch."),
        bar);
    add(v, LIFECYCLE_RECYCLING,
        SAY("With a word on deleting data.", "Mit dem Hinweis, vorher die Daten zu löschen."),
        none);
    return OK;
}

static enum err open(struct ctx *cx, struct request *rq, struct lifecycle_page *v)
{
    *v = (struct lifecycle_page){0};
    TRY(sheet_open(cx, rq, "support-ende", DRAFT_HANDOVER, &v->s));
    TRY(lifecycle_of(cx, &v->s.ticket, &v->l));
    v->chosen = form_int(rq, "weg", 0);
    return list_ways(cx, v);
}

static enum err show(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct lifecycle_page *v = make(cx->arena, struct lifecycle_page, 1);
    TRY(open(cx, rq, v));
    if (!v->l.ended)    // H3
        return sheet_done(cx, rp, &v->s);
    html_lifecycle_sheet(page_begin(cx, rq, rp, 200), v);
    return OK;
}

static enum err take(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct lifecycle_page *v = make(cx->arena, struct lifecycle_page, 1);
    TRY(open(cx, rq, v));
    struct ticket_at at = sheet_at(rq, &v->s);
    int64_t way = v->chosen > 0 && v->chosen < LIFECYCLE_WAYS ? v->chosen : 0;
    TRY(lifecycle_take(cx, &at, (enum lifecycle_way)way));
    return see_other(cx, rp, "/w/t/" STR_FMT "#antwort", STR_ARG(v->s.number));    // H2
}

// H4
static enum err undo(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct sheet s;
    bool left = false;
    TRY(sheet_open(cx, rq, "massnahme", DRAFT_HANDOVER, &s));
    struct ticket_at at = sheet_at(rq, &s);
    measure_id id = {path_int(rq, 1)};
    TRY(measure_at_field(cx, lifecycle_undo(cx, &at, id, form_text(rq, "grund"), &left),
                         "grund"));
    return see_other(cx, rp, "/w/t/" STR_FMT "/massnahme%s", STR_ARG(s.number),
                     left ? "?brief=1" : "");
}

// clang-format off
const struct route lifecycle_routes[] = {
    {GET,  "/w/t/{nr}/support-ende", CAN_WORK, show, .summary = "what becomes of a case whose product is not supported"},
    {POST, "/w/t/{nr}/support-ende", CAN_WORK, take, show, .summary = "offer something else, grant goodwill, say where to take the old device"},
    {POST, "/w/t/{nr}/massnahme/{id}/zurueck", CAN_WORK, undo, measure_show, .summary = "take back what was done"},
    {0},
};
// clang-format on
