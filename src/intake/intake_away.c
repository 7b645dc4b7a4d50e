// SPDX-License-Identifier: GPL-3.0-or-later
#include "event/event.h"
#include "intake/intake.h"
#include "intake_away.sql.h"

enum err intake_away(struct ctx *cx, int64_t inbox)
{
    int64_t changed;
    TRY(q_inbox_away(cx, inbox, &changed));
    if (changed == 0)
        return fail(cx, ERR_STALE, "This mail does not wait for a decision any more.",
                    "Diese Mail wartet auf keine Entscheidung mehr.");
    return event_add(cx, (struct event){.kind = "intake.put_away", .object = inbox});
}
