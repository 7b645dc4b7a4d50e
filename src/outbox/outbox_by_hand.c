// SPDX-License-Identifier: GPL-3.0-or-later
// What people do to mails that wait (O10).
#include "base/limits.h"
#include "job/job.h"
#include "outbox/loss.h"
#include "outbox/outbox.h"
#include "outbox_by_hand.sql.h"
#include "tenant/tenant.h"

static enum err gone(struct ctx *cx)
{
    return fail(cx, ERR_STALE, "This mail does not wait any more.",
                "Diese Mail wartet nicht mehr.");
}

enum err outbox_hurry(struct ctx *cx, outbox_id id)
{
    int64_t changed;
    TRY(q_outbox_hurry(cx, id, &changed));
    return changed == 0 ? gone(cx) : job_add(cx, "outbox.send", id.n, cx->now);
}

// O10: for its writer, whoever stops it.
static fallible give_back(struct ctx *cx, const struct q_outbox_stop *row)
{
    struct who asker = cx->who;
    struct message m;
    ticket_id ticket;
    str text;
    if (row->message.n == 0 || row->tries > 0)
        return OK;
    cx->who = tenant_system(asker.tenant);
    enum err err = message_load(cx, row->message, &ticket, &m);
    cx->who.person = m.person;
    if (err == OK && m.kind == MESSAGE_REPLY && m.person.n != 0)
        err = outbox_into_draft(cx, ticket, &m, row->chosen, &text);
    cx->who = asker;
    return err;
}

enum err outbox_stop(struct ctx *cx, outbox_id id)
{
    struct q_outbox_stop *row;
    isize n;
    TRY(q_outbox_stop(cx, id, S("stopped by hand / von Hand angehalten"),
                      LIMIT_UNDO_S * INT64_C(1000), &row, &n));
    if (n == 0)
        return gone(cx);
    struct loss l = {.ticket = row->ticket, .message = row->message, .event = "message.failed"};
    TRY(loss_note(cx, &l));
    return give_back(cx, row);
}
