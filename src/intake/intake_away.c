// SPDX-License-Identifier: GPL-3.0-or-later
#include "intake/intake_away.h"
#include "base/io.h"
#include "event/event.h"
#include "intake/intake.h"
#include "intake_away.sql.h"

static fallible decided(struct ctx *cx, int64_t changed)
{
    return changed > 0 ? OK
                       : fail(cx, ERR_STALE, "This mail does not wait for a decision any more.",
                              "Diese Mail wartet auf keine Entscheidung mehr.");
}

enum err intake_away(struct ctx *cx, int64_t inbox)
{
    int64_t changed;
    TRY(q_inbox_away(cx, inbox, &changed));
    TRY(decided(cx, changed));
    return event_add(cx, (struct event){.kind = "intake.put_away", .object = inbox});
}

enum err intake_away_back(struct ctx *cx, int64_t inbox)
{
    int64_t changed;
    TRY(q_inbox_back(cx, inbox, &changed));
    TRY(decided(cx, changed));
    return event_add(cx, (struct event){.kind = "intake.brought_back", .object = inbox});
}

enum err intake_sender(struct ctx *cx, int64_t inbox, str *out)
{
    struct q_inbox_sender row;
    TRY(q_inbox_sender(cx, inbox, &row));
    *out = row.sender;
    return OK;
}

enum err intake_delete(struct ctx *cx, int64_t inbox)
{
    int64_t changed;
    TRY(q_inbox_delete(cx, inbox, &changed));
    TRY(decided(cx, changed));
    TRY(q_inbox_forget(cx, inbox));
    TRY(job_add(cx, "intake.drop", inbox, cx->now));    // a file goes after the commit
    return event_add(cx, (struct event){.kind = "intake.deleted", .object = inbox});
}

// The file of a large mail, unless the same one came to another address, too.
enum err intake_away_drop(struct ctx *cx, struct job *job)
{
    struct q_inbox_file *row;
    struct q_inbox_file_named named;
    isize n;
    TRY(q_inbox_file(cx, job->ref, &row, &n));
    if (n == 0)
        return OK;
    TRY(q_inbox_file_gone(cx, job->ref));    // first: who stores the same mail waits here (I9)
    TRY(q_inbox_file_named(cx, row->digest, row->sha256, &named));
    if (named.n == 0)
        io_remove(cx, spool_path(cx, row->sha256));
    return OK;
}
