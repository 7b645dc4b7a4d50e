// SPDX-License-Identifier: GPL-3.0-or-later
#include "mailbox/mailbox_ledger.h"

#include "base/limits.h"
#include "base/now.h"
#include "mail/address.h"
#include "mail/header.h"
#include "mailbox.sql.h"
#include "message/message.h"
#include "outbox/envelope.h"
#include "outbox/outbox.h"
#include "tenant/tenant.h"

enum { DENSE = 900, IDS_MAX = 100 };

// --- the lease -------------------------------------------------------------------------------

static instant lease_end(struct ctx *cx)
{
    return instant_plus(cx->now, LIMIT_MAILBOX_LEASE_S);
}

enum err mailbox_take(struct ctx *cx, mailbox_id id, str node, struct mailbox *out, bool *got,
                      bool *unclean)
{
    struct q_mailbox_holder *h;
    isize n;
    int64_t changed;
    *got = false;
    TRY(q_mailbox_holder(cx, id, &h, &n));
    if (n == 0 || h->leased.ms > cx->now.ms)
        return OK;
    cx->who = tenant_system(h->tenant);
    TRY(q_mailbox_take(cx, id, node, lease_end(cx), h->fence, &changed));
    if (changed == 0)
        return OK;
    TRY(mailbox_load(cx, id, out));
    *got = true;
    *unclean = h->leased.ms != 0;
    return OK;
}

// G1
static fallible renew(struct ctx *cx, const struct mailbox_lease *l)
{
    int64_t changed;
    TRY(q_mailbox_renew(cx, l->id, l->fence, l->version, lease_end(cx), &changed));
    return changed > 0 ? OK
                       : fail(cx, ERR_STALE, "Somebody else fetches from this mailbox now.",
                              "Aus diesem Postfach holt jetzt jemand anderes.");
}

enum err mailbox_give_back(struct ctx *cx, const struct mailbox_lease *l)
{
    return q_mailbox_give_back(cx, l->id, l->fence);
}

enum err mailbox_report(struct ctx *cx, const struct mailbox_lease *l, enum mailbox_state state,
                        str reason, bool polled)
{
    TRY(renew(cx, l));
    return q_mailbox_report(cx, l->id, l->fence, state, str_head(reason, LIMIT_LINE), polled,
                            mailbox_state_is_trouble(state));
}

enum err mailbox_new_token(struct ctx *cx, const struct mailbox_lease *l, str token)
{
    TRY(renew(cx, l));
    return q_mailbox_new_token(cx, l->id, l->fence, token);
}

enum err mailbox_wanted(struct ctx *cx, struct mailbox_lease **out, isize *n)
{
    struct q_mailbox_wanted *r;
    TRY(q_mailbox_wanted(cx, &r, n));
    *out = make(cx->arena, struct mailbox_lease, *n);
    for (isize i = 0; i < *n; i++)
        (*out)[i] = (struct mailbox_lease){.id = r[i].id, .version = r[i].version};
    return OK;
}

enum err mailbox_recover(struct ctx *cx)
{
    return q_mailbox_recover(cx);
}

enum err mailbox_folder(struct ctx *cx, const struct mailbox_lease *l, str account, str name,
                        int64_t validity, mailbox_folder_id *out, bool *first)
{
    struct q_mailbox_folder row;
    TRY(renew(cx, l));
    TRY(q_mailbox_folder(cx, l->id, account, name, validity, &row));
    *out = row.id;
    *first = row.looked.ms == 0;
    return OK;
}

enum err mailbox_looked(struct ctx *cx, const struct mailbox_lease *l, mailbox_folder_id folder)
{
    TRY(renew(cx, l));
    return q_mailbox_looked(cx, folder);
}

// --- lines -----------------------------------------------------------------------------------

// As many of the UIDs as lie close together are looked up at once: in a folder that keeps its
// mails they are neighbours, in one whose mails go they are few.
static isize close_together(const int64_t *uid, isize n)
{
    isize i = 0;
    while (i < n && uid[i] - uid[0] < DENSE)
        i++;
    return i;
}

enum err mailbox_unknown(struct ctx *cx, mailbox_folder_id folder, int64_t *uid, isize *n)
{
    isize kept = 0;
    for (isize i = 0; i < *n;) {
        struct q_mailbox_lines *line;
        isize lines, at = 0, part = close_together(uid + i, *n - i);
        TRY(q_mailbox_lines(cx, folder, uid[i], uid[i + part - 1], &line, &lines));
        for (isize end = i + part; i < end; i++) {
            while (at < lines && line[at].uid < uid[i])
                at++;
            if (at == lines || line[at].uid != uid[i])
                uid[kept++] = uid[i];
        }
    }
    *n = kept;
    return OK;
}

enum err mailbox_store(struct ctx *cx, const struct mailbox_lease *l, mailbox_folder_id folder,
                       int64_t uid, const struct intake_mail *mail,
                       enum mailbox_mail_state state, bool *duplicate)
{
    int64_t inbox;
    TRY(renew(cx, l));
    TRY(intake_store(cx, mail, &inbox, duplicate));
    return q_mailbox_line(cx, folder, uid, state, S(""), inbox);
}

enum err mailbox_settle(struct ctx *cx, const struct mailbox_lease *l, mailbox_folder_id folder,
                        const int64_t *uid, isize n, enum mailbox_mail_state state, str reason)
{
    TRY(renew(cx, l));
    for (isize i = 0; i < n; i++)
        TRY(q_mailbox_line(cx, folder, uid[i], state, str_head(reason, LIMIT_LINE), 0));
    return OK;
}

int64_t mailbox_wait_s(int64_t tries)
{
    int64_t s = 1;
    while (tries-- > 1 && s < HOUR_S)
        s *= 2;
    return int_min(s, HOUR_S);
}

enum err mailbox_failed(struct ctx *cx, const struct mailbox_lease *l, mailbox_folder_id folder,
                        int64_t uid, str reason)
{
    struct q_mailbox_fail row;
    TRY(renew(cx, l));
    TRY(q_mailbox_fail(cx, folder, uid, str_head(reason, LIMIT_LINE), &row));
    return q_mailbox_wait(cx, folder, uid, instant_plus(cx->now, mailbox_wait_s(row.tries)));
}

enum err mailbox_due(struct ctx *cx, mailbox_folder_id folder, int64_t **uid, isize *n,
                     instant *next)
{
    struct q_mailbox_due *row;
    isize rows;
    TRY(q_mailbox_due(cx, folder, &row, &rows));
    *uid = make(cx->arena, int64_t, rows);
    *n = 0;
    *next = (instant){0};
    for (isize i = 0; i < rows; i++) {
        if (row[i].again.ms <= cx->now.ms)
            (*uid)[(*n)++] = row[i].uid;
        else if (next->ms == 0)
            *next = row[i].again;
    }
    return OK;
}

enum err mailbox_to_act(struct ctx *cx, mailbox_folder_id folder, int64_t **uid, isize *n)
{
    struct q_mailbox_to_act *row;
    TRY(q_mailbox_to_act(cx, folder, &row, n));
    *uid = make(cx->arena, int64_t, *n);
    for (isize i = 0; i < *n; i++)
        (*uid)[i] = row[i].uid;
    return OK;
}

enum err mailbox_stuck(struct ctx *cx, mailbox_id id, struct mailbox_stuck **out, isize *n)
{
    struct q_mailbox_stuck *r;
    TRY(q_mailbox_stuck(cx, id, &r, n));
    *out = make(cx->arena, struct mailbox_stuck, *n);
    for (isize i = 0; i < *n; i++)
        (*out)[i] = (struct mailbox_stuck){r[i].uid,    r[i].tries, r[i].state, r[i].folder,
                                           r[i].reason, r[i].at,    r[i].again};
    return OK;
}

// --- F8 --------------------------------------------------------------------------------------

static fallible is_known(struct ctx *cx, str id, bool *out)
{
    ticket_id ticket;
    message_id message;
    enum err err = id.n == 0 ? ERR_ABSENT : message_by_mail_id(cx, id, &ticket, &message);
    ctx_forgive(cx);
    *out = err == OK;
    return err == ERR_ABSENT ? OK : err;
}

static fallible answers_us(struct ctx *cx, str raw, bool *out)
{
    struct mail_ids ids = header_ids(cx->arena, raw);
    for (isize i = 0; i < ids.n && i < IDS_MAX && !*out; i++)
        TRY(is_known(cx, ids.p[i], out));
    return OK;
}

static bool to_a_case(struct ctx *cx, const struct tenant *desk, str raw)
{
    struct mail_addresses to = address_list(cx->arena, raw);
    ticket_id ticket;
    contact_id contact;
    for (isize i = 0; i < to.n && i < IDS_MAX; i++)
        if (envelope_is_reply(cx, desk, to.p[i].address, &ticket, &contact))
            return true;
    return false;
}

enum err mailbox_is_ours(struct ctx *cx, const struct mailbox_sent *m, bool *out)
{
    struct tenant desk;
    struct mail_ids own = header_ids(cx->arena, m->message_id);
    bool there = false, ours = false;
    *out = false;
    TRY(tenant_mine(cx, &desk));
    if (own.n > 0) {
        TRY(outbox_is_ours(cx, own.p[0], &there));
        if (!there)
            TRY(is_known(cx, own.p[0], &there));
    }
    if (there)
        return OK;
    ours = to_a_case(cx, &desk, m->to) || to_a_case(cx, &desk, m->cc);
    TRY(answers_us(cx, m->in_reply_to, &ours));
    TRY(answers_us(cx, m->references, &ours));
    *out = ours;
    return OK;
}
