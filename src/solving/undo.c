// SPDX-License-Identifier: GPL-3.0-or-later
#include "solving/undo.h"

#include "base/limits.h"
#include "outbox/outbox.h"
#include "promise/promise.h"
#include "solution/step.h"
#include "solving.sql.h"

static int64_t time_left_s(struct ctx *cx, const struct ticket *t)
{
    int64_t gone_ms = cx->now.ms - t->solved_at.ms;
    return t->status == TICKET_SOLVED ? int_max(0, LIMIT_UNDO_S - gone_ms / 1000) : 0;
}

enum err undo_left(struct ctx *cx, const struct ticket *t, int64_t *left_s)
{
    struct q_solving_mine *row;
    isize n = 0;
    int64_t left = time_left_s(cx, t);
    if (left > 0)
        TRY(q_solving_mine(cx, t->id, t->solved_at, &row, &n));    // U1
    *left_s = n > 0 ? left : 0;
    return OK;
}

// U4
static enum err letters_back(struct ctx *cx, struct ticket_at *at, instant when, str *text)
{
    struct q_solving_letters *row;
    isize n;
    bool owed;
    TRY(q_solving_letters(cx, at->id, when, &row, &n));
    for (isize i = 0; i < n; i++) {
        TRY(outbox_drop(cx, at->id, row[i].message));
        *text = row[i].body;
    }
    TRY(message_owed(cx, at->id, &owed));
    return ticket_touch(cx, at, owed ? TICKET_ASKED : TICKET_TOUCHED);
}

enum err undo_solving(struct ctx *cx, struct ticket_at *at, struct undone *out)
{
    struct ticket t;
    str letter = S("");
    int64_t left_s;
    TRY(ticket_load(cx, at->id, &t));
    TRY(undo_left(cx, &t, &left_s));
    if (left_s == 0)
        return fail(cx, ERR_STALE, "It is too late to take that back. Open the case again.",
                    "Zum Zurücknehmen ist es zu spät. Öffne den Vorgang wieder.");
    TRY(ticket_unsolve(cx, at));    // U2
    TRY(promise_unended(cx, at, t.solved_at));
    TRY(solution_unlink(cx, t.id, t.solved_at));
    TRY(step_take_back(cx, at, t.solved_at));
    TRY(letters_back(cx, at, t.solved_at, &letter));
    *out = (struct undone){{t.solution}, t.solved_how, t.solved_text, letter};
    return q_solving_front(cx, t.id, 0);
}

enum err undo_untold(struct ctx *cx, const struct ticket *t, bool *out)
{
    *out = false;
    return t->status == TICKET_SOLVED ? ticket_is_untold(cx, t->id, out) : OK;
}
