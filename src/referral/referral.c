// SPDX-License-Identifier: GPL-3.0-or-later
#include "referral/referral.h"

#include "base/buf.h"
#include "base/limits.h"
#include "event/event.h"
#include "mail/build.h"
#include "mail/clean.h"
#include "outbox/envelope.h"
#include "outbox/foreign.h"
#include "outbox/letter.h"
#include "outbox/outbox.h"
#include "referral.sql.h"

static fallible tell(struct ctx *cx, const char *kind, ticket_id ticket, referral_id id)
{
    return event_add(cx, (struct event){.kind = kind, .ticket = ticket.n, .object = id.n});
}

// --- out -----------------------------------------------------------------------------------

static fallible check(struct ctx *cx, const struct referral_new *n)
{
    enum err err = OK;
    if (!mail_address_ok(n->address))
        err =
            invalid(cx, "address", "This is not a mail address.", "Das ist keine Mailadresse.");
    if (n->name.n > LIMIT_LINE)
        err = invalid(cx, "name", "This name is too long.", "Dieser Name ist zu lang.");
    if (n->subject.n == 0 || str_find(n->subject, S("\n")) >= 0 || n->subject.n > LIMIT_LINE)
        err = invalid(cx, "subject", "A subject of one line is needed.",
                      "Es braucht einen Betreff in einer Zeile.");
    if (n->text.n == 0 || n->text.n > LIMIT_TEXT)
        err = invalid(cx, "text", "There is no text yet, or too much.",
                      "Hier steht noch kein Text oder zu viel.");
    return err;
}

// The mails of a case's customer are answered in his own thread.
static fallible not_the_customer(struct ctx *cx, const struct ticket *t, str address)
{
    if (!str_eq_nocase(address, t->contact_mail))
        return OK;
    return invalid(cx, "address", "This is the customer's own address: answer in the case.",
                   "Das ist die Adresse der Kundin oder des Kunden: Antworte im Vorgang.");
}

static fallible files_of(struct ctx *cx, const struct ticket *t, const struct referral_new *n,
                         struct message_new *m)
{
    struct attachment *a;
    isize all;
    if (!n->files || n->about.n == 0)
        return OK;
    TRY(attachment_list(cx, t->id, &a, &all));
    struct attachment_new *file = make(cx->arena, struct attachment_new, all);
    for (isize i = 0; i < all; i++)
        if (a[i].message.n == n->about.n)
            file[m->attachments++] = (struct attachment_new){
                .name = a[i].name, .type = a[i].type, .blob = a[i].blob};
    m->attachment = file;
    return OK;
}

static fallible send(struct ctx *cx, struct ticket_at *at, referral_id id,
                     const struct referral *r, struct message_new *m,
                     const struct referral_new *n)
{
    struct tenant desk;
    struct ticket t;
    message_id message;
    struct q_referral_newest_mail *newest;
    isize newer;
    TRY(ticket_load(cx, at->id, &t));
    TRY(letter_sender(cx, &t, &desk));
    TRY(q_referral_newest_mail(cx, id, &newest, &newer));
    m->kind = MESSAGE_NOTE;    // X2
    m->channel = CHANNEL_MAIL;
    m->address = r->address;
    m->mail_id = envelope_mail_id(cx, &desk);
    m->sent = MESSAGE_QUEUED;
    m->seen = MESSAGE_SEEN_ALL;
    TRY(message_add(cx, at, m, &message));
    TRY(q_referral_link(cx, id, message));
    struct outbox_outside o = {.thread = id.n,
                               .rcpt = r->address,
                               .name = r->name,
                               .subject = r->subject,
                               .text = m->body,
                               .mail_id = m->mail_id,
                               .answers = newer > 0 ? newest->mail_id : S(""),
                               .at_once = n->at_once};
    if (n->foot.n > 0)
        o.text =
            arena_fmt(cx->arena, STR_FMT "\n\n" STR_FMT, STR_ARG(m->body), STR_ARG(n->foot));
    TRY(outbox_outside(cx, &t, message, &o));
    return tell(cx, "referral.sent", at->id, id);
}

enum err referral_start(struct ctx *cx, struct ticket_at *at, const struct referral_new *n,
                        referral_id *out)
{
    struct ticket t;
    struct q_referral_insert row;
    struct referral_new x = *n;
    x.address = arena_lower(cx->arena, str_trim(n->address));
    x.name = clean_name(cx->arena, n->name);    // it becomes a header
    x.subject = str_trim(n->subject);
    x.text = str_trim(n->text);
    TRY(check(cx, &x));
    TRY(ticket_load(cx, at->id, &t));
    TRY(not_the_customer(cx, &t, x.address));
    struct message_new m = {.body = x.text};
    TRY(files_of(cx, &t, n, &m));
    TRY(q_referral_insert(cx, x.address, x.name, x.subject, &row));
    *out = row.id;
    struct referral r = {
        .id = row.id, .address = x.address, .name = x.name, .subject = x.subject};
    return send(cx, at, row.id, &r, &m, &x);
}

enum err referral_write(struct ctx *cx, struct ticket_at *at, referral_id id, str text)
{
    struct referral r;
    TRY(referral_load(cx, id, &r));
    if (r.ticket.n != at->id.n)
        return db_absent(cx);
    struct referral_new n = {
        .address = r.address, .name = r.name, .subject = r.subject, .text = str_trim(text)};
    TRY(check(cx, &n));
    struct message_new m = {.body = n.text};
    return send(cx, at, id, &r, &m, &n);
}

// The message whose files went along, found by what they hold.
static fallible files_back(struct ctx *cx, ticket_id ticket, message_id message,
                           struct referral_new *out)
{
    struct attachment *a;
    isize n, mine = 0;
    TRY(attachment_list(cx, ticket, &a, &n));
    while (mine < n && a[mine].message.n != message.n)
        mine++;
    for (isize i = 0; i < n && mine < n && out->about.n == 0; i++)
        if (a[i].message.n != message.n && str_eq(a[i].blob.sha256, a[mine].blob.sha256))
            out->about = a[i].message;
    out->files = out->about.n != 0;
    return OK;
}

enum err referral_undo(struct ctx *cx, referral_id id, message_id message,
                       struct referral_new *out, bool *left)
{
    struct referral r;
    struct message m, *all;
    ticket_id ticket;
    instant chosen;
    isize n;
    TRY(referral_load(cx, id, &r));
    TRY(message_load(cx, message, &ticket, &m));
    if (m.person.n != cx->who.person.n || m.kind != MESSAGE_NOTE)
        return db_absent(cx);
    TRY(outbox_take_back(cx, message, &chosen));
    TRY(referral_messages(cx, id, &all, &n));
    *left = false;
    for (isize i = 0; i < n; i++)
        *left |= all[i].sent != MESSAGE_UNDONE;
    *out = (struct referral_new){
        .address = r.address, .name = r.name, .subject = r.subject, .text = m.body};
    TRY(files_back(cx, ticket, message, out));
    return tell(cx, "referral.undone", ticket, id);
}

str referral_quote(struct arena *a, const struct message *m, enum lang lang)
{
    struct buf b = buf_new(a, m->body.n * 2 + 100);
    str body = m->body;
    buf_put(&b, words_in(SAY("What was written to us:", "Was uns geschrieben wurde:"), lang));
    buf_put(&b, S("\n\n"));
    while (body.n > 0) {
        str line = str_token(&body, '\n');
        buf_fmt(&b, "> " STR_FMT "\n", STR_ARG(line));
    }
    return buf_str(&b);
}

// --- reading -------------------------------------------------------------------------------

enum err referral_list(struct ctx *cx, ticket_id ticket, struct referral **out, isize *n)
{
    struct q_referral_list *r;
    TRY(q_referral_list(cx, ticket, &r, n));
    *out = make(cx->arena, struct referral, *n);
    for (isize i = 0; i < *n; i++)
        (*out)[i] = (struct referral){r[i].id,      ticket,    r[i].address, r[i].name,
                                      r[i].subject, r[i].last, r[i].n,       r[i].number};
    return OK;
}

enum err referral_load(struct ctx *cx, referral_id id, struct referral *out)
{
    struct q_referral_load r;
    TRY(q_referral_load(cx, id, &r));
    *out = (struct referral){.id = id,
                             .ticket = r.ticket,
                             .address = r.address,
                             .name = r.name,
                             .subject = r.subject,
                             .number = r.number};
    return OK;
}

enum err referral_messages(struct ctx *cx, referral_id id, struct message **out, isize *n)
{
    struct q_referral_messages *r;
    ticket_id ticket;
    TRY(q_referral_messages(cx, id, &r, n));
    *out = make(cx->arena, struct message, *n);
    for (isize i = 0; i < *n; i++)
        TRY(message_load(cx, r[i].message, &ticket, &(*out)[i]));
    return OK;
}

// --- in ------------------------------------------------------------------------------------

enum err referral_of_message(struct ctx *cx, message_id message, referral_id *out)
{
    struct q_referral_of_message *r;
    isize n;
    TRY(q_referral_of_message(cx, message, &r, &n));
    *out = n > 0 ? r->referral : (referral_id){0};
    return OK;
}

enum err referral_answered(struct ctx *cx, referral_id id, const struct message_new *m,
                           ticket_id *ticket, message_id *out)
{
    struct referral r;
    struct ticket t;
    struct message_new kept = *m;
    TRY(referral_load(cx, id, &r));
    TRY(ticket_goes_on(cx, r.ticket, &t));
    struct ticket_at at = ticket_at(&t);
    kept.kind = MESSAGE_SYSTEM;    // X2 X3: of no customer
    kept.internal = true;
    kept.contact = (contact_id){0};
    kept.unverified = m->unverified || !str_eq_nocase(m->address, r.address);    // X4
    TRY(message_add(cx, &at, &kept, out));
    TRY(q_referral_link(cx, id, *out));
    *ticket = t.id;
    TRY(tell(cx, "referral.answered", t.id, id));
    return t.status == TICKET_WAITING_VENDOR ? ticket_resume(cx, &at) : OK;    // X5
}

enum err referral_noted(struct ctx *cx, referral_id id, message_id message)
{
    return q_referral_link(cx, id, message);
}

enum err referral_numbered(struct ctx *cx, referral_id id, str subject)
{
    struct referral r;
    TRY(referral_load(cx, id, &r));
    return foreign_keep(cx, r.ticket, r.address, subject);
}

enum err referral_by_number(struct ctx *cx, str address, str subject, ticket_id *ticket,
                            referral_id *out)
{
    struct q_referral_by_number *row;
    isize n = 0;
    str number, from = arena_lower(cx->arena, str_trim(address));
    while (n == 0 && foreign_next(&subject, &number))
        TRY(q_referral_by_number(cx, from, number, &row, &n));
    *out = n > 0 ? row->referral : (referral_id){0};
    *ticket = n > 0 ? row->ticket : (ticket_id){0};
    return OK;
}
