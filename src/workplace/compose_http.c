// SPDX-License-Identifier: GPL-3.0-or-later
#include "workplace/compose_http.h"

#include "base/json.h"
#include "base/when.h"
#include "base/zone.h"
#include "message/attachment_http.h"
#include "referral/referral_http.h"
#include "workplace/compose.h"
#include "workplace/workplace_http.h"

static bool is_internal(const struct request *rq)
{
    return str_eq(form_text(rq, "art"), S("intern"));
}

// A time without a day is the next such time.
static bool next_time(str clock, instant now, instant *out)
{
    return when_read(S("today"), clock, now, out)
           && (out->ms > now.ms || when_read(S("tomorrow"), clock, now, out));
}

// C5: neither day nor time means at once.
static bool read_time(const struct request *rq, instant now, instant *out)
{
    str day = form_text(rq, "tag"), clock = form_text(rq, "uhr");
    if (day.n == 0 && clock.n == 0)
        return true;
    return day.n == 0 ? next_time(clock, now, out)
                      : when_read(day, clock.n > 0 ? clock : S("8:00"), now, out);
}

static enum err keep(struct ctx *cx, const struct request *rq, ticket_id id)
{
    instant leave = {0};
    if (form_has(rq, "text"))
        TRY(draft_save(cx, id, DRAFT_REPLY, form_text(rq, "text")));
    if (form_has(rq, "tag") && read_time(rq, cx->now, &leave))
        TRY(draft_leaves(cx, id, DRAFT_REPLY, leave));
    if (form_has(rq, "notiz"))
        TRY(draft_save(cx, id, DRAFT_NOTE, form_text(rq, "notiz")));
    return OK;
}

// What is nothing but the greeting is no draft.
static enum err keep_typed(struct ctx *cx, const struct request *rq, const struct ticket *t)
{
    str greeting = str_trim(workplace_greeting(cx->arena, t));
    TRY(keep(cx, rq, t->id));
    return str_eq(form_text(rq, "text"), greeting) ? draft_drop(cx, t->id, DRAFT_REPLY) : OK;
}

static enum err read_leave(struct ctx *cx, const struct request *rq, instant *out)
{
    if (read_time(rq, cx->now, out))
        return OK;
    return invalid(cx, "tag", "Give a day and a time, like “tomorrow” and “9:00”.",
                   "Gib einen Tag und eine Uhrzeit an, etwa „morgen“ und „9:00“.");
}

static enum err send(struct ctx *cx, struct request *rq, const struct ticket *t)
{
    message_id sent;
    struct ticket_at at = ticket_at(t);
    struct compose c = {.internal = is_internal(rq),
                        .greeting = workplace_greeting(cx->arena, t),
                        .key = form_text(rq, "schluessel"),
                        .seen = {form_int(rq, "gesehen", 0)}};
    struct attachment_new *file;
    c.text = form_text(rq, c.internal ? "notiz" : "text");
    TRY(keep_typed(cx, rq, t));    // F1: of the other one, too
    TRY(read_leave(cx, rq, &c.leave));
    TRY(attachment_taken(cx, rq, "datei", &file, &c.files));
    c.file = file;
    return compose_send(cx, t, &c, &at, &sent);
}

static enum err write(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct ticket t;
    TRY(sheet_ticket(cx, rq, &t));
    bool keeping = str_eq(form_text(rq, "tun"), S("merken"));
    TRY(keeping ? keep_typed(cx, rq, &t) : send(cx, rq, &t));
    return see_other(cx, rp, "/w/t/" STR_FMT "%s#antwort",
                     STR_ARG(ticket_number_shown(cx->arena, t.number)),
                     keeping && is_internal(rq) ? "?art=intern" : "");
}

// For the script that saves while one types.
static enum err keep_draft(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct ticket t;
    TRY(sheet_ticket(cx, rq, &t));
    TRY(keep_typed(cx, rq, &t));
    page_begin(cx, rq, rp, 200);
    rp->type = "application/json; charset=utf-8";
    struct json_out j = {.buf = rp->body};
    json_open(&j, '{');
    json_key_str(&j, "saved", zone_clock(cx->arena, cx->now));
    json_close(&j, '}');
    return OK;
}

static enum err take_back(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct ticket t;
    message_id message = {form_int(rq, "nachricht", 0)};
    referral_id thread;
    TRY(sheet_ticket(cx, rq, &t));
    TRY(referral_of_message(cx, message, &thread));
    if (thread.n != 0)    // to somebody outside: never into the answer to the customer
        return referral_take_back(cx, rq, rp, &t, thread, message);
    TRY(compose_undo(cx, &t, message));
    return see_other(cx, rp, "/w/t/" STR_FMT "?art=antwort#antwort",
                     STR_ARG(ticket_number_shown(cx->arena, t.number)));
}

static enum err decide(struct ctx *cx, struct request *rq, struct reply *rp)    // C7
{
    struct ticket t;
    message_id message = {form_int(rq, "nachricht", 0)};
    TRY(sheet_ticket(cx, rq, &t));
    TRY(str_eq(form_text(rq, "tun"), S("senden")) ? compose_anyway(cx, &t, message)
                                                  : compose_drop(cx, &t, message));
    return see_other(cx, rp, "/w/t/" STR_FMT, STR_ARG(ticket_number_shown(cx->arena, t.number)));
}

// clang-format off
const struct route compose_routes[] = {
    {POST, "/w/t/{nr}/antwort",      CAN_WORK, write, workplace_again, .summary = "reply to the customer, or write a note"},
    {POST, "/w/t/{nr}/entwurf",      CAN_WORK, keep_draft, .summary = "keep what was typed so far"},
    {POST, "/w/t/{nr}/zurueckholen", CAN_WORK, take_back, workplace_again, .summary = "take back a reply that has not left"},
    {POST, "/w/t/{nr}/angehalten",   CAN_WORK, decide, workplace_again, .summary = "send a held reply all the same, or drop it"},
    {0},
};
// clang-format on
