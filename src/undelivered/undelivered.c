// SPDX-License-Identifier: GPL-3.0-or-later
#include "undelivered/undelivered.h"

#include "base/limits.h"
#include "contact/contact.h"
#include "undelivered.sql.h"

enum err undelivered_note(struct ctx *cx, const struct undelivered_new *n)
{
    str address = arena_lower(cx->arena, str_head(n->rcpt, LIMIT_MAIL_ADDRESS));
    str status = str_head(n->status, LIMIT_LINE);
    int64_t changed = 0;
    if (n->message.n != 0)    // U1
        TRY(q_undelivered_again(cx, n->message, address, status, n->reason, n->hard, n->inbox,
                                &changed));
    return changed > 0 ? OK
                       : q_undelivered_insert(cx, n->ticket, n->message, address, status,
                                              n->reason, n->hard, n->inbox);
}

enum err undelivered_clear(struct ctx *cx, str address)
{
    int64_t changed;
    str normal;
    if (!contact_mail_normal(cx->arena, address, &normal))
        return OK;
    return q_undelivered_clear(cx, normal, &changed);
}

enum err undelivered_list(struct ctx *cx, ticket_id ticket, struct undelivered **out, isize *n)
{
    struct q_undelivered_list *r;
    TRY(q_undelivered_list(cx, ticket, &r, n));
    *out = make(cx->arena, struct undelivered, *n);
    for (isize i = 0; i < *n; i++)
        (*out)[i] = (struct undelivered){r[i].message, r[i].address, r[i].status,
                                         r[i].reason,  r[i].hard,    r[i].at};
    return OK;
}

enum err undelivered_reason(struct ctx *cx, str address, enum bounce_reason *out)
{
    struct q_undelivered_reason *row;
    isize n = 0;
    str normal;
    if (contact_mail_normal(cx->arena, address, &normal))
        TRY(q_undelivered_reason(cx, normal, &row, &n));
    *out = n > 0 ? row->reason : BOUNCE_NONE;
    return OK;
}

struct words undelivered_words(struct arena *a, const struct undelivered *u)
{
    struct words why = bounce_reason_say(u->reason);
    const char *en = u->hard ? "for good" : "for now", *de = u->hard ? "dauerhaft" : "vorerst";
    return (struct words){
        arena_fmt(a, STR_FMT " (%s, " STR_FMT ")", STR_ARG(why.en), en, STR_ARG(u->status)),
        arena_fmt(a, STR_FMT " (%s, " STR_FMT ")", STR_ARG(why.de), de, STR_ARG(u->status))};
}
