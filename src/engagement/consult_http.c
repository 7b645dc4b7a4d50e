// SPDX-License-Identifier: GPL-3.0-or-later
#include "engagement/consult_http.h"

#include "consult.html.h"
#include "engagement/engagement_check.h"
#include "engagement/engagement_live.h"
#include "staff/level.h"

// --- ask ---------------------------------------------------------------------------------

static enum err open(struct ctx *cx, struct request *rq, struct consult *c)
{
    struct engagement_target *target;
    int64_t team = 0, ready = 0;
    *c = (struct consult){0};
    TRY(sheet_open(cx, rq, "rueckfrage", DRAFT_HANDOVER, &c->sheet));
    TRY(engagement_target_list(cx, &c->sheet.ticket, ENGAGE_CONSULT, &target, &c->targets));
    c->target = target;
    for (isize i = c->targets - 1; i >= 0; i--) {
        c->outside |= target[i].level >= LEVEL_VENDOR;
        ready = target[i].ready ? target[i].team.n : ready;
    }
    c->ready = ready != 0;
    bool waits = c->sheet.ticket.channel == CHANNEL_PHONE;    // C5
    team = waits && c->ready ? ready : c->targets > 0 ? target[0].team.n : 0;
    str_to_int(sheet_text(rq, &c->sheet, "team", S("")), &team);
    c->chosen = (team_id){team};
    c->question = sheet_text(rq, &c->sheet, "question", S(""));
    c->live = sheet_text(rq, &c->sheet, "live", waits ? S("1") : S("")).n > 0;
    return OK;
}

static bool can_ring(const struct consult *c)
{
    for (isize i = 0; i < c->targets; i++)
        if (c->target[i].team.n == c->chosen.n)
            return c->target[i].ready;
    return false;
}

static enum err show(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct consult *c = make(cx->arena, struct consult, 1);
    TRY(open(cx, rq, c));
    html_consult(page_begin(cx, rq, rp, 200), c);
    return OK;
}

static bool leaves_the_house(const struct consult *c)
{
    for (isize i = 0; i < c->targets; i++)
        if (c->target[i].team.n == c->chosen.n)
            return c->target[i].level >= LEVEL_VENDOR;
    return false;
}

// C2
static enum err to_vendor(struct ctx *cx, struct request *rq, struct reply *rp,
                          const struct consult *c)
{
    if (str_trim(c->question).n == 0)
        return invalid(cx, "question", "What do you want to know?", "Was möchtest du wissen?");
    TRY(sheet_store(cx, rq, &c->sheet));
    return see_other(cx, rp, "/w/t/" STR_FMT "/hersteller/%lld", STR_ARG(c->sheet.number),
                     (long long)c->chosen.n);
}

static enum err send(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct consult *c = make(cx->arena, struct consult, 1);
    engagement_id id;
    TRY(open(cx, rq, c));
    if (sheet_leaves(rq))
        return sheet_keep(cx, rq, rp, &c->sheet);
    if (leaves_the_house(c))
        return to_vendor(cx, rq, rp, c);
    struct ticket_at at = sheet_at(rq, &c->sheet);
    struct engagement_question q = {.text = c->question, .live = c->live && can_ring(c)};
    TRY(engagement_ask(cx, &at, c->chosen, &q, &id));
    TRY(sheet_forget(cx, &c->sheet));
    return sheet_done(cx, rp, &c->sheet);
}

bool consult_talks(const struct answer *a)
{
    return a->e.live == LIVE_NOW && a->e.state == ENGAGED_ACCEPTED;
}

// --- answer ------------------------------------------------------------------------------

static enum err open_answer(struct ctx *cx, struct request *rq, struct answer *a)
{
    TRY(answer_open(cx, rq, a));
    if (a->e.mode != ENGAGE_CONSULT)
        return db_absent(cx);
    enum engagement_state next;
    a->over = !engagement_check_next(a->e.mode, a->e.state, ENGAGE_CONCLUDE, &next);
    a->line = sheet_text(rq, &a->sheet, "line", S(""));
    a->care = str_eq(form_or(rq, "care", S("0")), S("1"));
    return OK;
}

static enum err show_answer(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct answer *a = make(cx->arena, struct answer, 1);
    TRY(open_answer(cx, rq, a));
    html_consult_answer(page_begin(cx, rq, rp, 200), a);
    return OK;
}

static enum err answer(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct answer *a = make(cx->arena, struct answer, 1);
    TRY(open_answer(cx, rq, a));
    if (sheet_leaves(rq))
        return sheet_keep(cx, rq, rp, &a->sheet);
    if (str_eq(form_text(rq, "tun"), S("ansehen"))) {    // C3
        if (a->line.n > 0)
            TRY(sheet_store(cx, rq, &a->sheet));
        TRY(engagement_accept(cx, answer_at(rq, a), S(""), false));
        return see_other(cx, rp, "/w/t/" STR_FMT "/rueckfrage/%lld", STR_ARG(a->sheet.number),
                         (long long)a->e.id.n);
    }
    TRY(engagement_answer(cx, answer_at(rq, a), a->line));
    TRY(sheet_forget(cx, &a->sheet));
    return sheet_done(cx, rp, &a->sheet);
}

// C6
static enum err take_over(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct answer *a = make(cx->arena, struct answer, 1);
    TRY(open_answer(cx, rq, a));
    TRY(engagement_live_take_over(cx, answer_at(rq, a), a->line, a->care));
    TRY(sheet_forget(cx, &a->sheet));
    return sheet_done(cx, rp, &a->sheet);
}

// clang-format off
const struct route consult_routes[] = {
    {GET,  "/w/t/{nr}/rueckfrage",       CAN_WORK, show,        .summary = "the sheet to ask another team"},
    {POST, "/w/t/{nr}/rueckfrage",       CAN_WORK, send,        show,        .summary = "ask another team"},
    {GET,  "/w/t/{nr}/rueckfrage/{eid}", CAN_WORK, show_answer, .summary = "a question to a team"},
    {POST, "/w/t/{nr}/rueckfrage/{eid}", CAN_WORK, answer,      show_answer, .summary = "answer a question"},
    {POST, "/w/t/{nr}/uebernehmen/{eid}", CAN_WORK, take_over, show_answer, .summary = "take over what is being talked about"},
    {0},
};
// clang-format on
