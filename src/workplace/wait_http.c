// SPDX-License-Identifier: GPL-3.0-or-later
#include "workplace/wait_http.h"

#include "base/now.h"
#include "base/when.h"
#include "wait.html.h"
#include "workplace/compose.h"
#include "workplace/workplace.h"

static enum err show(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct wait_page v = {0};
    TRY(sheet_open(cx, rq, "warten", DRAFT_HANDOVER, &v.s));
    instant tomorrow = instant_plus(cx->now, DAY_S);
    v.what = sheet_text(rq, &v.s, "auf", S("kunde"));
    v.day = sheet_text(rq, &v.s, "tag", when_day(cx->arena, tomorrow, cx->lang));
    v.clock = sheet_text(rq, &v.s, "uhr", S("09:00"));
    v.question = sheet_text(rq, &v.s, "frage", workplace_greeting(cx->arena, &v.s.ticket));
    html_wait(page_begin(cx, rq, rp, 200), &v);
    return OK;
}

// F1.  A question that was just sent counts, so the field may be empty.
static enum err ask(struct ctx *cx, const struct request *rq, const struct ticket *t,
                    struct ticket_at *at, instant *asked)
{
    str greeting = workplace_greeting(cx->arena, t), text = form_text(rq, "frage");
    if (text.n > 0 && !str_eq(text, str_trim(greeting))) {
        message_id sent;
        struct compose c = {.text = text, .greeting = greeting, .seen = {MESSAGE_SEEN_ALL}};
        TRY(compose_send(cx, t, &c, at, &sent));
    }
    return message_asked(cx, t->id, asked);
}

// F2
static enum err until(struct ctx *cx, const struct request *rq, const struct ticket *t,
                      struct ticket_at *at, instant *out)
{
    promise_id id;
    if (!when_read(form_text(rq, "tag"), form_text(rq, "uhr"), cx->now, out))
        return invalid(cx, "until", "Give a day and a time, like “tomorrow” and “9:00”.",
                       "Gib einen Tag und eine Uhrzeit an, etwa „morgen“ und „9:00“.");
    if (t->due.ms != 0 || out->ms <= cx->now.ms)
        return OK;    // ticket_wait() refuses the past
    struct promise_new p = {.kind = PROMISE_ANSWER, .due = *out};
    return promise_give(cx, at, &p, &id);
}

static enum err put_aside(struct ctx *cx, const struct request *rq, const struct ticket *t,
                          struct ticket_at *at)
{
    struct ticket_waiting w = {0};
    str what = form_text(rq, "auf");
    if (str_eq(what, S("kunde")))
        w.for_what = TICKET_WAITING_CUSTOMER;
    else if (str_eq(what, S("hersteller")))
        w.for_what = TICKET_WAITING_VENDOR;
    else if (str_eq(what, S("termin")))
        w.for_what = TICKET_WAITING_DATE;
    if (w.for_what == TICKET_WAITING_CUSTOMER)
        TRY(ask(cx, rq, t, at, &w.asked));
    if (w.for_what == TICKET_WAITING_DATE)
        TRY(until(cx, rq, t, at, &w.until));
    return ticket_wait(cx, at, &w);
}

static enum err store(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct sheet s;
    TRY(sheet_open(cx, rq, "warten", DRAFT_HANDOVER, &s));
    if (sheet_leaves(rq))
        return sheet_keep(cx, rq, rp, &s);
    struct ticket_at at = sheet_at(rq, &s);
    TRY(put_aside(cx, rq, &s.ticket, &at));
    TRY(sheet_forget(cx, &s));
    return sheet_done(cx, rp, &s);
}

// clang-format off
const struct route wait_routes[] = {
    {GET,  "/w/t/{nr}/warten", CAN_WORK, show, .summary = "put a case aside"},
    {POST, "/w/t/{nr}/warten", CAN_WORK, store, show, .summary = "put a case aside"},
    {0},
};
// clang-format on
