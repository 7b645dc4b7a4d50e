// SPDX-License-Identifier: GPL-3.0-or-later
// What people do to mails that wait (O10).
#include "job/job.h"
#include "outbox/loss.h"
#include "outbox/outbox.h"
#include "outbox_by_hand.sql.h"

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

enum err outbox_stop(struct ctx *cx, outbox_id id)
{
    struct q_outbox_stop *row;
    isize n;
    TRY(q_outbox_stop(cx, id, S("stopped by hand / von Hand angehalten"), &row, &n));
    if (n == 0)
        return gone(cx);
    struct loss l = {.ticket = row->ticket, .message = row->message, .event = "message.failed"};
    return loss_note(cx, &l);
}
