// SPDX-License-Identifier: GPL-3.0-or-later
#include "engagement/consult_http.h"

#include "consult.html.h"
#include "engagement/engagement_check.h"
#include "engagement/engagement_live.h"
#include "staff/level.h"

// --- ask ---------------------------------------------------------------------------------

// C5
static team_id first_ready(const struct consult *c)
{
    for (isize i = 0; i < c->targets; i++)
        if (c->target[i].ready)
            return c->target[i].team;
    return (team_id){0};
}

// C7.  What is sent says itself which team is meant.
static void fill_choice(const struct request *rq, struct consult *c,
                        struct engagement_target *target, bool waits)
{
    const struct engagement_target *best = engagement_target_to_front(target, c->targets);
    bool sent = form_has(rq, "version");
    team_id ready = first_ready(c);
    int64_t team = sent ? 0 : waits && ready.n != 0 ? ready.n : best != NULL ? best->team.n : 0;
    str_to_int(sheet_text(rq, &c->sheet, "team", S("")), &team);
    c->ready = ready.n != 0;
    c->chosen = (team_id){team};
}

static enum err open(struct ctx *cx, struct request *rq, struct consult *c, bool shows)
{
    struct engagement_target *target;
    team_id alike = {0};
    *c = (struct consult){0};
    TRY(sheet_open(cx, rq, "rueckfrage", DRAFT_HANDOVER, &c->sheet));
    const struct ticket *t = &c->sheet.ticket;
    TRY(engagement_target_list(cx, t, ENGAGE_CONSULT, &target, &c->targets));
    if (shows) {
        TRY(engagement_target_alike(cx, t, target, c->targets, &alike));
        TRY(engagement_question(cx, t->id, &c->open));
    }
    c->target = target;
    for (isize i = 0; i < c->targets; i++)
        c->outside |= target[i].level >= LEVEL_VENDOR;
    bool waits;    // C5
    TRY(engagement_live_calls(cx, t->id, &waits));
    fill_choice(rq, c, target, waits);
    c->question = sheet_text(rq, &c->sheet, "question", S(""));
    c->live = sheet_text(rq, &c->sheet, "live", waits ? S("1") : S("")).n > 0;
    return OK;
}

static bool can_ring(const struct consult *c)
{
    const struct engagement_target *t = engagement_target_of(c->target, c->targets, c->chosen);
    return t != NULL && t->ready;
}

static enum err show(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct consult *c = make(cx->arena, struct consult, 1);
    TRY(open(cx, rq, c, true));
    html_consult(page_begin(cx, rq, rp, 200), c);
    return OK;
}

static bool leaves_the_house(const struct consult *c)
{
    const struct engagement_target *t = engagement_target_of(c->target, c->targets, c->chosen);
    return t != NULL && t->level >= LEVEL_VENDOR;
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
    TRY(open(cx, rq, c, false));
    if (sheet_leaves(rq))
        return sheet_keep(cx, rq, rp, &c->sheet);
    if (c->chosen.n == 0)
        return invalid(cx, "team", "Please choose a team.", "Bitte wähle ein Team.");
    if (leaves_the_house(c))
        return to_vendor(cx, rq, rp, c);
    struct ticket_at at = sheet_at(rq, &c->sheet);
    struct engagement_question q = {.text = c->question, .live = c->live && can_ring(c)};
    TRY(engagement_ask(cx, &at, c->chosen, &q, &id));
    TRY(sheet_forget(cx, &c->sheet));
    return sheet_done(cx, rp, &c->sheet);
}

bool consult_answers(const struct answer *a)
{
    return a->mine || a->e.to_level >= LEVEL_VENDOR;
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
