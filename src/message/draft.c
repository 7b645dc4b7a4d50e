// SPDX-License-Identifier: GPL-3.0-or-later
#include "message/draft.h"

#include "base/length.h"
#include "base/limits.h"
#include "message.sql.h"

static enum err check(struct ctx *cx, enum draft_kind kind)
{
    if (cx->who.person.n == 0)
        return fail(cx, ERR_DENIED, "Only members of staff have drafts.",
                    "Entwürfe haben nur Mitarbeitende.");
    if (kind < DRAFT_REPLY || kind >= DRAFT_KINDS)
        return invalid(cx, "kind", "There is no such kind of draft.",
                       "Diese Art von Entwurf gibt es nicht.");
    return OK;
}

enum err draft_save(struct ctx *cx, ticket_id ticket, enum draft_kind kind, str body)
{
    TRY(check(cx, kind));
    TRY(length_bytes(cx, "body", body, LIMIT_TEXT));
    if (str_trim(body).n == 0)    // R4
        return draft_drop(cx, ticket, kind);
    return q_draft_save(cx, ticket, kind, body);
}

enum err draft_load(struct ctx *cx, ticket_id ticket, struct draft out[DRAFT_KINDS])
{
    struct q_draft_list *row;
    isize n;
    TRY(q_draft_list(cx, ticket, &row, &n));
    memset(out, 0, DRAFT_KINDS * sizeof *out);
    for (isize i = 0; i < n; i++)
        if (row[i].kind >= DRAFT_REPLY && row[i].kind < DRAFT_KINDS)
            out[row[i].kind] = (struct draft){row[i].body, row[i].at, row[i].leave};
    return OK;
}

enum err draft_leaves(struct ctx *cx, ticket_id ticket, enum draft_kind kind, instant leave)
{
    TRY(check(cx, kind));
    return q_draft_leaves(cx, ticket, kind, leave);
}

enum err draft_drop(struct ctx *cx, ticket_id ticket, enum draft_kind kind)
{
    TRY(check(cx, kind));
    return q_draft_drop(cx, ticket, kind);
}

enum err draft_merge(struct ctx *cx, ticket_id from, ticket_id into)
{
    TRY(q_draft_move(cx, from, into, S("\n\n")));
    return q_draft_clear(cx, from);
}
