// SPDX-License-Identifier: GPL-3.0-or-later
#include "call/call_draft.h"

#include "base/length.h"
#include "base/limits.h"
#include "base/now.h"
#include "call.sql.h"

enum err call_draft_save(struct ctx *cx, int64_t begun, str form)
{
    TRY(q_call_draft_expire(cx, instant_plus(cx->now, -CALL_DRAFT_S)));    // D2
    if (form.n == 0)
        return call_draft_drop(cx, begun);
    TRY(length_bytes(cx, "sagt", form, LIMIT_TEXT));
    TRY(q_call_draft_save(cx, begun, form));
    return q_call_draft_crowd(cx, CALL_DRAFTS_KEPT);    // D3
}

enum err call_draft_drop(struct ctx *cx, int64_t begun)
{
    return q_call_draft_drop(cx, begun);
}

static enum err load(struct ctx *cx, int64_t begun, int64_t most, struct call_draft **out,
                     isize *n)
{
    struct q_call_draft_rows *row;
    TRY(q_call_draft_rows(cx, begun, most, &row, n));
    *out = make(cx->arena, struct call_draft, *n);
    for (isize i = 0; i < *n; i++)
        (*out)[i] = (struct call_draft){row[i].begun, row[i].form, row[i].at};
    return OK;
}

enum err call_draft_load(struct ctx *cx, int64_t begun, struct call_draft *out)
{
    struct call_draft *one;
    isize n = 0;
    if (begun != 0)
        TRY(load(cx, begun, 1, &one, &n));
    if (n == 0)
        return db_absent(cx);
    *out = one[0];
    return OK;
}

enum err call_draft_list(struct ctx *cx, struct call_draft **out, isize *n)
{
    return load(cx, 0, CALL_DRAFTS_KEPT, out, n);
}
