// SPDX-License-Identifier: GPL-3.0-or-later
#include "undelivered/undelivered.h"

#include "base/limits.h"
#include "contact/contact.h"
#include "promise/promise.h"
#include "undelivered.sql.h"

enum err undelivered_note(struct ctx *cx, const struct undelivered_new *n)
{
    str address = arena_lower(cx->arena, str_head(n->rcpt, LIMIT_MAIL_ADDRESS));
    str status = str_head(n->status, LIMIT_LINE);
    bool hard = n->hard && !n->unproven;    // U9: an address fails by what is hard
    int64_t changed = 0;
    struct q_undelivered_known known = {0};
    if (n->message.n != 0 && n->unproven)
        TRY(q_undelivered_known(cx, n->message, address, &known));
    if (known.yes)
        return OK;
    if (n->message.n != 0)    // U1
        TRY(q_undelivered_again(cx, n->message, address, status, n->reason, hard, n->unproven,
                                n->inbox, &changed));
    return changed > 0 ? OK
                       : q_undelivered_insert(cx, n->ticket, n->message, address, status,
                                              n->reason, hard, n->unproven, n->inbox);
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
        (*out)[i] = (struct undelivered){r[i].message, r[i].address,  r[i].status, r[i].reason,
                                         r[i].hard,    r[i].unproven, r[i].at};
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

// --- the case (U6) -------------------------------------------------------------------------

// From the newest on; 0: the newest may still arrive, or did (U7).
static isize lost_of(const struct q_undelivered_replies *reply, isize n)
{
    isize lost = 0;
    while (lost < n && reply[lost].sent == MESSAGE_FAILED)
        lost++;
    return lost;
}

static fallible open_promises(struct ctx *cx, struct ticket_at *at,
                              const struct q_undelivered_replies *reply, isize lost)
{
    for (isize i = 0; i < lost; i++)
        TRY(promise_unanswered(cx, at, reply[i].at));
    return OK;
}

enum err undelivered_look(struct ctx *cx, message_id message)
{
    struct q_undelivered_replies *reply;
    struct q_undelivered_asked asked;
    isize n, lost;
    TRY(q_undelivered_replies(cx, message, &reply, &n));
    lost = lost_of(reply, n);
    if (lost == 0 || reply[0].status > TICKET_SOLVED)    // U7
        return OK;
    struct ticket_at at = {reply[0].ticket, TICKET_ANY_VERSION};
    if (!ticket_is_over(reply[0].status))
        TRY(open_promises(cx, &at, reply, lost));
    int64_t heard = lost < n ? reply[lost].id.n : 0;
    TRY(q_undelivered_asked(cx, at.id, heard, &asked));
    return ticket_unreached(cx, &at, reply[0].id.n, asked.yes);
}

enum err undelivered_retried(struct ctx *cx, message_id message)
{
    return q_undelivered_retried(cx, message);
}

struct words undelivered_words(struct arena *a, const struct undelivered *u)
{
    struct words why = bounce_reason_say(u->reason);
    if (u->unproven)    // U9
        return (struct words){
            arena_fmt(a, STR_FMT " (" STR_FMT ")", STR_ARG(why.en), STR_ARG(u->status)),
            arena_fmt(a, STR_FMT " (" STR_FMT ")", STR_ARG(why.de), STR_ARG(u->status))};
    const char *en = u->hard ? "for good" : "for now", *de = u->hard ? "dauerhaft" : "vorerst";
    return (struct words){
        arena_fmt(a, STR_FMT " (%s, " STR_FMT ")", STR_ARG(why.en), en, STR_ARG(u->status)),
        arena_fmt(a, STR_FMT " (%s, " STR_FMT ")", STR_ARG(why.de), de, STR_ARG(u->status))};
}
