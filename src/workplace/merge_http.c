// SPDX-License-Identifier: GPL-3.0-or-later
#include "workplace/merge_http.h"

#include "engagement/engagement.h"
#include "merge.html.h"
#include "promise/promise.h"
#include "solution/step.h"
#include "ticket/ticket_check.h"

enum { SAID_SHOWN = 600 };    // bytes of the last message, to tell two cases apart

// Q1
static void choose(const struct request *rq, struct merge_page *v)
{
    v->in = sheet_text(rq, &v->s, "in", form_text(rq, "in"));
    v->chosen = sheet_text(rq, &v->s, "fall", S(""));
    for (isize i = 0; i < v->besides; i++)
        if (str_eq(v->in, v->beside[i].number)) {
            v->chosen = v->in;
            v->in = S("");
        }
}

static enum err find_other(struct ctx *cx, const struct request *rq, struct ticket *out)
{
    int64_t number;
    str typed = str_trim(form_text(rq, "in"));
    enum err err = ticket_number_read(cx, typed.n > 0 ? typed : form_text(rq, "fall"), &number);
    if (err == OK)
        err = ticket_by_number(cx, number, out);
    if (err != ERR_INVALID && err != ERR_ABSENT)
        return err;
    ctx_forgive(cx);
    return invalid(cx, "in", "There is no case with this number.",
                   "Einen Vorgang mit dieser Nummer gibt es nicht.");
}

static enum err fill_side(struct ctx *cx, const struct ticket *t, struct merge_side *out)
{
    struct message_page said;
    TRY(message_list(cx, t->id, (message_id){0}, 1, &said));
    *out = (struct merge_side){.t = t, .number = ticket_number_shown(cx->arena, t->number)};
    if (said.n == 0)
        return OK;
    out->last = said.row[0];
    str cut = str_head(out->last.body, SAID_SHOWN);
    if (cut.n < out->last.body.n)
        out->last.body = arena_join(cx->arena, cut, S(" …"));
    return OK;
}

// Q1
static enum err look_at_both(struct ctx *cx, const struct request *rq, struct merge_page *v)
{
    struct ctx quiet = ctx_quiet(cx);
    struct ticket other;
    enum err err = find_other(&quiet, rq, &other);
    if (err == OK)
        err = ticket_check_merge(&quiet, &v->s.ticket, &other);
    if (err != OK)
        return err == ERR_INVALID ? OK : err;
    v->other = other;
    TRY(fill_side(cx, &v->s.ticket, &v->side[0]));
    return fill_side(cx, &v->other, &v->side[1]);
}

static enum err show_merge(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct merge_page v = {0};
    TRY(sheet_open(cx, rq, "zusammenfuehren", DRAFT_HANDOVER, &v.s));
    TRY(workplace_beside(cx, &v.s.ticket, &v.beside, &v.besides));
    choose(rq, &v);
    TRY(look_at_both(cx, rq, &v));
    if (v.other.id.n != 0)
        html_merge_both(page_begin(cx, rq, rp, 200), &v);
    else
        html_merge(page_begin(cx, rq, rp, 200), &v);
    return OK;
}

static enum err merge(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct sheet s;
    struct ticket other;
    TRY(sheet_open(cx, rq, "zusammenfuehren", DRAFT_HANDOVER, &s));
    if (sheet_leaves(rq))
        return sheet_keep(cx, rq, rp, &s);
    TRY(find_other(cx, rq, &other));
    TRY(ticket_check_merge(cx, &s.ticket, &other));
    str number = ticket_number_shown(cx->arena, other.number);
    if (!str_eq(form_text(rq, "sicher"), number))    // Q1
        return show_merge(cx, rq, rp);
    struct ticket_at from = sheet_at(rq, &s), into = {other.id, form_int(rq, "andere", 0)};
    TRY(ticket_hold(cx, s.ticket.id, other.id));
    TRY(engagement_conclude_all(cx, &from));    // nobody is asked about what goes on elsewhere
    TRY(step_merge(cx, &from, &into));
    TRY(sheet_forget(cx, &s));
    return see_other(cx, rp, "/w/t/" STR_FMT "?dazu=" STR_FMT, STR_ARG(number),
                     STR_ARG(s.number));
}

static enum err show_reopen(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct sheet s;
    TRY(sheet_open(cx, rq, "wieder-oeffnen", DRAFT_HANDOVER, &s));
    html_reopen(page_begin(cx, rq, rp, 200), &s,
                (int)form_int(rq, "warum", REOPENED_BY_CUSTOMER));
    return OK;
}

static enum err reopen(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct sheet s;
    TRY(sheet_open(cx, rq, "wieder-oeffnen", DRAFT_HANDOVER, &s));
    if (sheet_leaves(rq))
        return sheet_keep(cx, rq, rp, &s);
    struct ticket_at at = sheet_at(rq, &s);
    TRY(ticket_reopen(cx, &at, (enum ticket_why)form_int(rq, "warum", 0)));
    return sheet_done(cx, rp, &s);
}

static enum err show_past(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct sheet s;
    struct ticket_past *past;
    isize n;
    TRY(sheet_open(cx, rq, "lagebild", DRAFT_HANDOVER, &s));
    TRY(ticket_lagebild_list(cx, s.ticket.id, &past, &n));
    html_past(page_begin(cx, rq, rp, 200), &s, past, n);
    return OK;
}

// clang-format off
const struct route merge_routes[] = {
    {GET,  "/w/t/{nr}/zusammenfuehren", CAN_WORK, show_merge, .summary = "merge a case into another"},
    {POST, "/w/t/{nr}/zusammenfuehren", CAN_WORK, merge, show_merge, .summary = "merge a case into another"},
    {GET,  "/w/t/{nr}/wieder-oeffnen",  CAN_WORK, show_reopen, .summary = "open a case again"},
    {POST, "/w/t/{nr}/wieder-oeffnen",  CAN_WORK, reopen, show_reopen, .summary = "open a case again"},
    {GET,  "/w/t/{nr}/lagebild",        CAN_WORK, show_past, .summary = "earlier versions of the state card"},
    {0},
};
// clang-format on
