// SPDX-License-Identifier: GPL-3.0-or-later
#include "outbox/outbox.h"

#include "base/limits.h"
#include "base/now.h"
#include "event/event.h"
#include "job/job.h"
#include "mail/build.h"
#include "message/draft.h"
#include "outbox.sql.h"
#include "outbox/envelope.h"
#include "outbox/letter.h"
#include "outbox/loss.h"
#include "promise/promise.h"
#include "tenant/subaddress.h"
#include "undelivered/undelivered.h"

enum { TEN_MINUTES_S = 600 };

static instant ago(struct ctx *cx, int64_t seconds)
{
    return instant_plus(cx->now, -seconds);
}

static fallible tell(struct ctx *cx, const char *kind, ticket_id ticket, message_id message)
{
    return event_add(cx, (struct event){.kind = kind, .ticket = ticket.n, .object = message.n});
}

// O1 O3.  later: O7.
static fallible queue(struct ctx *cx, const struct letter *l, instant send_at, bool later)
{
    struct letter_kept kept;
    struct q_outbox_insert row;
    TRY(letter_write(cx, l, &kept));
    str sender = envelope_bounce(cx, l->desk, l->mail_id);
    instant given_up = instant_plus(send_at, LIMIT_OUTBOX_DAYS * DAY_S);
    ticket_id ticket = l->ticket == NULL ? (ticket_id){0} : l->ticket->id;
    TRY(q_outbox_insert(cx, ticket, l->message, l->rcpt, sender, l->mail_id, kept.says,
                        kept.bytes, l->automatic, later, send_at, given_up, &row));
    return job_add(cx, "outbox.send", row.id.n, send_at);
}

// --- replies -------------------------------------------------------------------------------

static fallible writer_name(struct ctx *cx, str *out)
{
    struct person p;
    *out = S("");
    if (cx->who.person.n == 0)
        return OK;
    TRY(person_load(cx, cx->who.person, &p));
    *out = p.name;
    return OK;
}

static int64_t wait_until(const struct ctx *cx, instant leave)
{
    int64_t wait_s = (leave.ms - cx->now.ms + 999) / 1000;
    return wait_s > LIMIT_UNDO_S ? wait_s : LIMIT_UNDO_S;
}

enum err outbox_reply(struct ctx *cx, struct ticket_at *at, const struct message_new *m,
                      message_id *out)
{
    return outbox_reply_at(cx, at, m, (instant){0}, out);
}

enum err outbox_waiting(struct ctx *cx, ticket_id ticket, struct outbox_waiting **out, isize *n)
{
    struct q_outbox_waiting *r;
    TRY(q_outbox_waiting(cx, ticket, &r, n));
    *out = make(cx->arena, struct outbox_waiting, *n);
    for (isize i = 0; i < *n; i++)
        (*out)[i] = (struct outbox_waiting){r[i].message, r[i].person, r[i].writer, r[i].rcpt,
                                            r[i].outside, r[i].leaves, r[i].newer};
    return OK;
}

// O13
static fallible written(struct ctx *cx, str shown, str *out)
{
    *out = S("");
    if (shown.n == 0 || mail_address_written(cx->arena, shown, out))
        return OK;
    return invalid(
        cx, "text", "No mail can be sent to " STR_FMT ". Call, and ask for another address.",
        "An " STR_FMT " geht keine Mail. Ruf an und frag nach einer anderen Adresse.",
        STR_ARG(shown));
}

static fallible say_at(struct ctx *cx, struct ticket_at *at, const struct message_new *m,
                       instant leave, message_id *out)
{
    struct ticket t;
    struct tenant desk;
    struct message_new kept = *m;
    str rcpt;
    TRY(ticket_load(cx, at->id, &t));
    TRY(letter_sender(cx, &t, &desk));
    TRY(written(cx, t.contact_mail, &rcpt));
    bool by_mail = rcpt.n > 0;
    kept.kind = MESSAGE_REPLY;
    kept.channel = by_mail ? CHANNEL_MAIL : m->channel;
    kept.sent = by_mail ? MESSAGE_QUEUED : MESSAGE_NOT_SENT;
    kept.leaves = by_mail ? leave : (instant){0};
    kept.address = t.contact_mail;
    kept.mail_id = by_mail ? envelope_mail_id(cx, &desk) : S("");
    TRY(message_add(cx, at, &kept, out));
    if (!by_mail)
        return OK;
    struct letter l = {.desk = &desk,
                       .ticket = &t,
                       .message = *out,
                       .contact = t.contact,
                       .rcpt = rcpt,
                       .mail_id = kept.mail_id,
                       .text = kept.body};
    TRY(writer_name(cx, &l.writer));
    TRY(q_outbox_row_ends(cx, subaddress_box(cx->arena, rcpt)));    // O7
    return queue(cx, &l, instant_plus(cx->now, wait_until(cx, leave)), false);
}

enum err outbox_say(struct ctx *cx, struct ticket_at *at, const struct message_new *m,
                    message_id *out)
{
    return say_at(cx, at, m, (instant){0}, out);
}

enum err outbox_reply_at(struct ctx *cx, struct ticket_at *at, const struct message_new *m,
                         instant leave, message_id *out)
{
    TRY(say_at(cx, at, m, leave, out));
    return promise_answered(cx, at);
}

static enum err gone(struct ctx *cx)
{
    return fail(cx, ERR_STALE, "This mail has already left.",
                "Diese Mail ist schon unterwegs.");
}

enum err outbox_take_back(struct ctx *cx, message_id message, instant *chosen)
{
    struct q_outbox_undo *row;
    isize n;
    TRY(q_outbox_undo(cx, message, LIMIT_UNDO_S * INT64_C(1000), &row, &n));
    if (n == 0)
        return gone(cx);
    *chosen = row->chosen;
    return message_set_sent(cx, message, MESSAGE_UNDONE);
}

static enum err undone(struct ctx *cx, ticket_id ticket, message_id message)
{
    TRY(tell(cx, "message.undone", ticket, message));
    return ticket_untold(cx, ticket);
}

enum err outbox_drop(struct ctx *cx, ticket_id ticket, message_id message)
{
    instant chosen;
    TRY(outbox_take_back(cx, message, &chosen));
    return undone(cx, ticket, message);
}

enum err outbox_release(struct ctx *cx, struct ticket_at *at, message_id message)
{
    struct q_outbox_release *row;
    isize n;
    TRY(q_outbox_release(cx, message, instant_plus(cx->now, LIMIT_OUTBOX_DAYS * DAY_S), &row,
                         &n));
    if (n == 0)
        return gone(cx);
    TRY(tell(cx, "message.queued", at->id, message));
    TRY(ticket_touch(cx, at, TICKET_ANSWERED));
    TRY(promise_answered(cx, at));
    return job_add(cx, "outbox.send", row->id.n, cx->now);
}

enum err outbox_into_draft(struct ctx *cx, ticket_id ticket, const struct message *m,
                           instant chosen, str *text)
{
    struct draft draft[DRAFT_KINDS];
    TRY(draft_load(cx, ticket, draft));
    str typed = draft[DRAFT_REPLY].body;
    *text = typed.n == 0 ? m->body
                         : arena_fmt(cx->arena, STR_FMT "\n\n" STR_FMT, STR_ARG(m->body),
                                     STR_ARG(typed));
    TRY(draft_save(cx, ticket, DRAFT_REPLY, *text));
    return draft_leaves(cx, ticket, DRAFT_REPLY, chosen);
}

enum err outbox_undo(struct ctx *cx, message_id message, str *text)
{
    struct message m;
    ticket_id ticket;
    instant chosen;
    TRY(message_load(cx, message, &ticket, &m));
    TRY(outbox_take_back(cx, message, &chosen));
    TRY(outbox_into_draft(cx, ticket, &m, chosen, text));
    return undone(cx, ticket, message);
}

enum err outbox_outside(struct ctx *cx, const struct ticket *t, message_id message,
                        const struct outbox_outside *m)
{
    struct tenant desk;
    TRY(letter_sender(cx, t, &desk));
    struct letter l = {.desk = &desk,
                       .ticket = t,
                       .message = message,
                       .rcpt = m->rcpt,
                       .mail_id = m->mail_id,
                       .subject = m->subject,
                       .text = m->text,
                       .answers = m->answers,
                       .outside = m};
    TRY(writer_name(cx, &l.writer));
    return queue(cx, &l, instant_plus(cx->now, m->at_once ? 0 : LIMIT_UNDO_S), false);
}

// --- automatic mail ------------------------------------------------------------------------

// The desk has sent so much by itself that something is wrong: tell, at most every ten minutes.
static fallible alarm_once(struct ctx *cx)
{
    int64_t changed;
    instant before = ago(cx, TEN_MINUTES_S);
    TRY(q_outbox_allowed(cx, S(""), before, before, before, 1, 1, &changed));
    return changed == 0 ? OK : event_add(cx, (struct event){.kind = "outbox.auto_stopped"});
}

// Counted by when they were written: what was put off does not keep notices back.
static fallible desk_may_send(struct ctx *cx, str rcpt, bool *out)
{
    struct q_outbox_automatic_since lately;
    *out = false;
    if (!mail_address_ok(rcpt))
        return OK;
    TRY(q_outbox_automatic_since(cx, ago(cx, TEN_MINUTES_S), &lately));
    *out = lately.n < LIMIT_AUTO_PER_DESK_10M;
    return *out ? OK : alarm_once(cx);
}

// O7: ten minutes after the one that it must not follow sooner; 0: too late to be of use.
static fallible next_room(struct ctx *cx, str rcpt, instant *out)
{
    struct q_outbox_nth_automatic *row;
    isize n;
    *out = (instant){0};
    if (!mail_address_ok(rcpt))
        return OK;
    TRY(q_outbox_nth_automatic(cx, LIMIT_AUTO_PER_DESK_10M - 1, &row, &n));
    instant room = n > 0 ? instant_plus(row->send_at, TEN_MINUTES_S) : cx->now;
    if (room.ms > instant_plus(cx->now, LIMIT_AUTO_PUT_OFF_S).ms)
        return alarm_once(cx);
    *out = room.ms > cx->now.ms ? room : cx->now;
    return OK;
}

// When it may leave; 0: never.
static fallible may_send(struct ctx *cx, str rcpt, instant *out)
{
    int64_t changed;
    TRY(next_room(cx, rcpt, out));
    if (out->ms == 0)
        return OK;
    TRY(q_outbox_allowed(cx, subaddress_box(cx->arena, rcpt),
                         ago(cx, HOUR_S / LIMIT_AUTO_PER_ADDRESS_H), ago(cx, DAY_S),
                         ago(cx, LIMIT_AUTO_ROW_DAYS * DAY_S), LIMIT_AUTO_PER_QUEUE_DAY,
                         LIMIT_AUTO_IN_A_ROW, &changed));
    if (changed == 0)
        *out = (instant){0};
    return OK;
}

enum err outbox_automatic(struct ctx *cx, struct ticket_at *at, const struct outbox_auto *m,
                          bool *sent)
{
    struct tenant desk;
    instant room;
    TRY(may_send(cx, m->rcpt, &room));
    *sent = room.ms != 0;
    if (room.ms == 0)
        return OK;
    TRY(letter_sender(cx, m->ticket, &desk));
    struct letter l = {.desk = &desk,
                       .ticket = m->ticket,
                       .contact = m->contact,
                       .rcpt = m->rcpt,
                       .mail_id = envelope_mail_id(cx, &desk),
                       .subject = m->subject,
                       .text = m->text,
                       .automatic = true,
                       .answers = m->answers};
    struct message_new kept = {.kind = MESSAGE_AUTO,
                               .channel = CHANNEL_MAIL,
                               .address = m->rcpt,
                               .body = m->text,
                               .mail_id = l.mail_id,
                               .sent = MESSAGE_QUEUED,
                               .seen = MESSAGE_SEEN_ALL};
    TRY(message_add(cx, at, &kept, &l.message));
    return queue(cx, &l, room, room.ms > cx->now.ms);
}

// Counted apart from other automatic mail: whoever has just got a receipt may ask for a link.
static fallible may_notice(struct ctx *cx, const struct outbox_notice *m, bool *out)
{
    int64_t changed;
    TRY(desk_may_send(cx, m->rcpt, out));
    if (!*out)
        return OK;
    str key = arena_join(cx->arena, S("notice "), subaddress_box(cx->arena, m->rcpt));
    TRY(q_outbox_allowed(cx, key, cx->now, ago(cx, HOUR_S), cx->now, m->most, m->most,
                         &changed));
    *out = changed > 0;
    return OK;
}

enum err outbox_notice(struct ctx *cx, const struct outbox_notice *m, bool *sent)    // O9
{
    struct tenant desk;
    TRY(may_notice(cx, m, sent));
    if (!*sent)
        return OK;
    TRY(tenant_mine(cx, &desk));
    struct letter l = {.desk = &desk,
                       .rcpt = m->rcpt,
                       .mail_id = envelope_mail_id(cx, &desk),
                       .subject = m->subject,
                       .text = m->text,
                       .lang = m->lang,
                       .automatic = true};
    return queue(cx, &l, cx->now, false);
}

// --- what comes back -----------------------------------------------------------------------

static bool is_failure(const struct mail_bounce *b)
{
    return b->reason != BOUNCE_DELIVERED && b->reason != BOUNCE_FEEDBACK
           && b->reason != BOUNCE_VACATION && !str_eq(b->action, S("delayed"));
}

// What the report says about the address we wrote to, or else about the first that failed.
static struct mail_bounce ours_of(const struct outbox_return *r, str rcpt)
{
    struct mail_bounce first = {.status = S("5.0.900"), .reason = BOUNCE_UNDEFINED};
    if (r->n > 0)
        first = r->row[0];
    for (isize i = r->n - 1; i >= 0; i--)
        if (is_failure(&r->row[i]))
            first = r->row[i];
    for (isize i = 0; i < r->n; i++)
        if (str_eq_nocase(r->row[i].recipient, rcpt) || str_eq_nocase(r->row[i].original, rcpt))
            return r->row[i];
    return first;
}

// U9.  Seen at its message; a mail without one is nobody's to look at.
static fallible doubted(struct ctx *cx, const struct outbox_return *r,
                        const struct q_outbox_by_mail_id *row, const struct mail_bounce *b)
{
    struct undelivered_new n = {.ticket = row->ticket,
                                .message = row->message,
                                .rcpt = row->rcpt,
                                .status = b->status,
                                .reason = b->reason,
                                .unproven = true,
                                .inbox = r->inbox};
    if (row->message.n == 0)
        return OK;
    TRY(undelivered_note(cx, &n));
    return event_add(cx, (struct event){.kind = "message.doubted",
                                        .ticket = row->ticket.n,
                                        .object = row->message.n});
}

enum err outbox_bounced(struct ctx *cx, const struct outbox_return *r, bool *ours,
                        ticket_id *ticket)    // O8
{
    struct q_outbox_by_mail_id *row;
    isize n = 0;
    if (r->mail_id.n > 0)
        TRY(q_outbox_by_mail_id(cx, r->mail_id, &row, &n));
    *ours = n > 0;
    *ticket = n > 0 ? row->ticket : (ticket_id){0};
    if (n == 0)
        return OK;
    struct mail_bounce b = ours_of(r, row->rcpt);
    if (!is_failure(&b))
        return OK;
    if (!r->proven)
        return doubted(cx, r, row, &b);
    str said = b.diagnostic.n > 0 ? b.diagnostic : r->subject;
    str words = arena_fmt(cx->arena, STR_FMT " " STR_FMT, STR_ARG(b.status), STR_ARG(said));
    TRY(q_outbox_came_back(cx, row->id, OUTBOX_BOUNCED, str_head(words, LIMIT_LINE)));
    struct loss l = {.ticket = row->ticket,
                     .message = row->message,
                     .rcpt = row->rcpt,
                     .why = &b,
                     .inbox = r->inbox,
                     .event = "message.bounced",
                     .known = row->state == OUTBOX_BOUNCED || row->state == OUTBOX_FAILED};
    return loss_note(cx, &l);
}

enum err outbox_is_ours(struct ctx *cx, str mail_id, bool *out)
{
    struct q_outbox_by_mail_id *row;
    isize n = 0;
    if (mail_id.n > 0)
        TRY(q_outbox_by_mail_id(cx, mail_id, &row, &n));
    *out = n > 0;
    return OK;
}

// --- for pages and operators ---------------------------------------------------------------

enum err outbox_list(struct ctx *cx, enum outbox_state state, struct outbox_row **out, isize *n)
{
    struct q_outbox_rows *r;
    TRY(q_outbox_rows(cx, state, &r, n));
    *out = make(cx->arena, struct outbox_row, *n);
    for (isize i = 0; i < *n; i++)
        (*out)[i] = (struct outbox_row){
            r[i].id,        r[i].ticket,  r[i].message, r[i].number, r[i].rcpt,
            r[i].mail_id,   r[i].reply,   r[i].state,   r[i].tries,  r[i].again,
            r[i].automatic, r[i].created, r[i].send_at, r[i].sent};
    return OK;
}

enum err outbox_bytes(struct ctx *cx, outbox_id id, str *out)
{
    struct q_outbox_bytes row;
    TRY(q_outbox_bytes(cx, id, &row));
    struct letter_kept kept = {row.says, row.bytes};
    return letter_bytes(cx, &kept, out);
}

enum err outbox_retry(struct ctx *cx, outbox_id id)
{
    struct q_outbox_retry *row;
    isize n;
    instant given_up = instant_plus(cx->now, LIMIT_OUTBOX_DAYS * DAY_S);
    TRY(q_outbox_retry(cx, id, given_up, &row, &n));
    if (n == 0)
        return fail(cx, ERR_ABSENT, "There is no such mail that waits for somebody.",
                    "Es gibt keine solche Mail, die auf jemanden wartet.");
    if (row->message.n != 0) {    // O9
        TRY(message_set_sent(cx, row->message, MESSAGE_QUEUED));
        TRY(undelivered_retried(cx, row->message));
    }
    return job_add(cx, "outbox.send", id.n, cx->now);
}

enum err outbox_count(struct ctx *cx, struct outbox_counts *out)
{
    struct q_outbox_counts c;
    TRY(q_outbox_counts(cx, LIMIT_OUTBOX_DAYS * DAY_S * INT64_C(1000), &c));
    *out = (struct outbox_counts){c.queued,  c.unsure, c.sent,  c.failed,  c.kept,
                                  c.bounced, c.held,   c.again, c.put_off, c.oldest};
    return OK;
}
