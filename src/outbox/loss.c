// SPDX-License-Identifier: GPL-3.0-or-later
#include "outbox/loss.h"

#include "event/event.h"
#include "tenant/tenant.h"
#include "undelivered/undelivered.h"

static fallible note(struct ctx *cx, const struct loss *l)    // L1
{
    struct undelivered_new n = {.ticket = l->ticket,
                                .message = l->message,
                                .rcpt = l->rcpt,
                                .status = l->why->status,
                                .reason = l->why->reason,
                                .hard = l->why->hard,
                                .inbox = l->inbox};
    return undelivered_note(cx, &n);
}

static fallible tell(struct ctx *cx, const struct loss *l)    // L2
{
    str data = {0};
    if (l->why != NULL)
        data = arena_fmt(cx->arena, "{\"reason\":\"" STR_FMT "\",\"hard\":%d}",
                         STR_ARG(bounce_reason_word(l->why->reason)), l->why->hard);
    return event_add(
        cx, (struct event){
                .kind = l->event, .ticket = l->ticket.n, .object = l->message.n, .data = data});
}

static fallible mark(struct ctx *cx, const struct loss *l)
{
    TRY(message_set_sent(cx, l->message, MESSAGE_FAILED));
    return l->known ? OK : undelivered_look(cx, l->message);    // L3
}

// Whoever stops a mail need not be one who sees its case.
static fallible mark_for_all(struct ctx *cx, const struct loss *l)
{
    struct who asker = cx->who;
    cx->who = tenant_system(asker.tenant);
    enum err err = mark(cx, l);
    cx->who = asker;
    return err;
}

enum err loss_note(struct ctx *cx, const struct loss *l)
{
    if (l->why != NULL)
        TRY(note(cx, l));
    if (l->message.n == 0)    // L4
        return OK;
    TRY(tell(cx, l));
    return mark_for_all(cx, l);
}
