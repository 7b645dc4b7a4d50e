// SPDX-License-Identifier: GPL-3.0-or-later
#include "intake/arrival.h"

#include "base/limits.h"
#include "contact/contact.h"
#include "event/event.h"
#include "intake.sql.h"
#include "intake/auth_results.h"
#include "intake/opening.h"
#include "outbox/envelope.h"
#include "outbox/outbox.h"
#include "tenant/subaddress.h"
#include "vendor/vendor_ask.h"
#include "wording/wording.h"

enum { IDS_MAX = 100 };

// --- R1 ------------------------------------------------------------------------------------

// The case of that key, unless there is one already or none (any more).
static fallible settle_on(struct ctx *cx, struct arrival *a, ticket_id id, bool *there)
{
    struct ticket t;
    *there = false;
    enum err err = ticket_load(cx, id, &t);
    if (err == ERR_ABSENT) {
        ctx_forgive(cx);
        return OK;
    }
    TRY(err);
    a->ticket = id;
    a->owner = t.contact;
    *there = true;
    return OK;
}

static fallible settle_outside(struct ctx *cx, struct arrival *a, ticket_id ticket)
{
    bool there;
    TRY(settle_on(cx, a, ticket, &there));
    if (!there)
        a->referral = (referral_id){0};
    return OK;
}

static fallible try_address(struct ctx *cx, struct arrival *a, str address)
{
    ticket_id ticket;
    contact_id given_to;
    bool there;
    if (a->ticket.n == 0 && envelope_is_outside(cx, a->desk, address, &ticket, &a->referral.n))
        return settle_outside(cx, a, ticket);    // R8
    if (a->ticket.n != 0 || !envelope_is_reply(cx, a->desk, address, &ticket, &given_to))
        return OK;
    TRY(settle_on(cx, a, ticket, &there));
    if (there)
        a->given_to = given_to;
    return OK;
}

static fallible by_address(struct ctx *cx, struct arrival *a)
{
    const struct mail *m = a->mail;
    TRY(try_address(cx, a, a->rcpt));
    for (isize i = 0; i < m->to.n && i < IDS_MAX; i++)
        TRY(try_address(cx, a, m->to.p[i].address));
    for (isize i = 0; i < m->cc.n && i < IDS_MAX; i++)
        TRY(try_address(cx, a, m->cc.p[i].address));
    return OK;
}

static fallible ticket_of_id(struct ctx *cx, str id, ticket_id *out, message_id *message)
{
    *out = (ticket_id){0};
    *message = (message_id){0};
    if (id.n == 0)
        return OK;
    enum err err = message_by_mail_id(cx, id, out, message);
    if (err == ERR_ABSENT) {
        ctx_forgive(cx);
        return OK;
    }
    return err;
}

static fallible try_id(struct ctx *cx, struct arrival *a, str id)
{
    ticket_id found;
    message_id message;
    bool there;
    if (a->ticket.n != 0)
        return OK;
    TRY(ticket_of_id(cx, id, &found, &message));
    if (found.n == 0)
        return OK;
    TRY(settle_on(cx, a, found, &there));
    return there ? referral_of_message(cx, message, &a->referral) : OK;    // R8
}

static fallible by_id(struct ctx *cx, struct arrival *a)
{
    const struct mail_ids answered = a->mail->in_reply_to, thread = a->mail->references;
    str ours;
    if (envelope_is_bounce(cx, a->desk, a->rcpt, &ours))
        TRY(try_id(cx, a, ours));    // somebody answered the envelope's sender
    for (isize i = 0; i < answered.n && i < IDS_MAX; i++)
        TRY(try_id(cx, a, answered.p[i]));
    for (isize i = thread.n; i > 0 && i > thread.n - IDS_MAX; i--)
        TRY(try_id(cx, a, thread.p[i - 1]));
    return OK;
}

// --- who writes ----------------------------------------------------------------------------

static fallible look_at_sender(struct ctx *cx, struct arrival *a, str auth_server)
{
    struct contact known;
    enum err err = contact_by_mail(cx, a->mail->from.address, &known);
    if (err != OK && err != ERR_ABSENT && err != ERR_INVALID)
        return err;
    ctx_forgive(cx);
    if (err == OK)
        a->contact = known.id;
    a->proven = auth_results_prove(cx->arena, a->mail, auth_server);
    bool the_one = a->given_to.n != 0 && a->given_to.n == a->contact.n;
    a->verified = a->proven && (a->ticket.n == 0 || the_one);    // R2
    return OK;
}

// R9
static fallible by_their_number(struct ctx *cx, struct arrival *a)
{
    ticket_id ticket;
    if (a->ticket.n != 0 || !a->proven)
        return OK;
    TRY(vendor_ask_by_number(cx, a->mail->from.address, a->mail->subject, &ticket,
                             &a->referral));
    if (a->referral.n == 0)
        TRY(referral_by_number(cx, a->mail->from.address, a->mail->subject, &ticket,
                               &a->referral));
    if (a->referral.n == 0)
        return OK;
    a->verified = false;
    return settle_outside(cx, a, ticket);
}

static fallible look_for_loop(struct ctx *cx, struct arrival *a)
{
    if (str_eq(mail_field(a->mail, S("X-Loop")), envelope_loop(cx, a->desk)))
        a->loop = true;
    return a->loop ? OK : outbox_is_ours(cx, a->mail->message_id, &a->loop);
}

static fallible look_for_team(struct ctx *cx, struct arrival *a)
{
    tenant_id desk, other;
    team_id team;
    TRY(wording_address_find(cx, a->mail->from.address, &desk, &team));
    TRY(wording_address_find(cx, a->sender, &other, &team));
    a->ours = desk.n == a->desk->id.n || other.n == a->desk->id.n;
    TRY(tenant_of_before(cx, a->mail->from.address, &desk));
    TRY(tenant_of_before(cx, a->sender, &other));
    a->ours |= desk.n == a->desk->id.n || other.n == a->desk->id.n;
    return OK;
}

static fallible look_for_elder(struct ctx *cx, struct arrival *a)
{
    struct q_inbox_elder *row;
    isize n;
    TRY(q_inbox_elder(cx, a->inbox, a->digest, &row, &n));
    a->elder = n > 0;
    return OK;
}

static fallible look_at_id(struct ctx *cx, struct arrival *a)
{
    ticket_id other;
    message_id message;
    TRY(ticket_of_id(cx, a->mail->message_id, &other, &message));
    a->mail_id = other.n == 0 ? a->mail->message_id : S("");
    return OK;
}

enum err arrival_look(struct ctx *cx, struct arrival *a, str auth_server)
{
    TRY(by_address(cx, a));
    TRY(by_id(cx, a));
    TRY(look_at_sender(cx, a, auth_server));
    TRY(by_their_number(cx, a));
    TRY(look_for_loop(cx, a));
    TRY(look_for_team(cx, a));
    TRY(look_for_elder(cx, a));
    return look_at_id(cx, a);
}

enum err arrival_name_other(struct ctx *cx, const struct arrival *a, ticket_id made)
{
    struct ticket named;
    int64_t number = opening_number(a->mail->subject);
    enum err err = number == 0 ? ERR_ABSENT : ticket_by_number(cx, number, &named);
    if (err == ERR_ABSENT) {
        ctx_forgive(cx);
        return OK;
    }
    TRY(err);
    TRY(ticket_goes_on(cx, named.id, &named));
    return event_add(
        cx, (struct event){.kind = "ticket.named", .ticket = made.n, .object = named.id.n});
}

enum err arrival_describe(struct ctx *cx, const struct arrival *a, bool at_a_case)
{
    if (at_a_case || a->mail == NULL)
        return q_inbox_describe(cx, a->inbox, S(""), S(""));
    struct mail_address from = a->mail->from;
    str both = arena_fmt(cx->arena, STR_FMT " <" STR_FMT ">", STR_ARG(from.name),
                         STR_ARG(from.address));
    return q_inbox_describe(cx, a->inbox,
                            str_head(from.name.n > 0 ? both : from.address, LIMIT_LINE),
                            str_head(a->mail->subject, LIMIT_LINE));
}

// --- pure ----------------------------------------------------------------------------------

static enum way because(struct arrival *a, enum way way, struct words why)
{
    a->why = why;
    return way;
}

static enum way aside(struct arrival *a)
{
    if (a->mail->is_fragment)
        return because(a, WAY_ASIDE,
                       SAY("It is a fragment of a mail (message/partial).",
                           "Es ist ein Bruchstück einer Mail (message/partial)."));
    if (a->mail->is_elsewhere)
        return because(a, WAY_ASIDE,
                       SAY("A part of it is kept elsewhere (message/external-body).",
                           "Ein Teil davon liegt anderswo (message/external-body)."));
    if (a->mail->received > LIMIT_MAIL_RECEIVED)
        return because(a, WAY_ASIDE,
                       SAY("It has passed too many mail servers: a loop.",
                           "Sie lief über zu viele Mailserver: eine Schleife."));
    return (enum way)0;
}

static bool by_machine(const struct arrival *a)
{
    enum mail_auto by = a->mail->is_auto;
    return !a->wanted && (by == MAIL_AUTO_REPLIED || by == MAIL_AUTO_GENERATED);
}

enum way arrival_way(struct arrival *a)
{
    bool returned = a->mail->is_auto == MAIL_AUTO_BOUNCE && a->mail->bounces > 0 && !a->wanted;
    enum way way = aside(a);
    if (way != 0 && !returned)
        return way;
    if (a->loop)
        return because(
            a, WAY_AUTO,
            SAY("A mail of ours has come back.", "Eine Mail von uns ist zurückgekommen."));
    if (a->mail->is_auto == MAIL_AUTO_BOUNCE && !a->wanted)
        return WAY_BOUNCE;
    if (by_machine(a) && a->ticket.n == 0)
        return because(a, WAY_AUTO,
                       (struct words){a->mail->auto_because, a->mail->auto_because});
    if (by_machine(a))
        return WAY_NOTE;
    if (a->referral.n != 0)
        return WAY_OUTSIDE;
    if (a->ticket.n == 0)
        return a->elder && !a->wanted ? WAY_SAME : WAY_TICKET;    // R6
    bool trick = !a->verified && !a->wanted
                 && (a->contact.n == 0 || a->contact.n != a->given_to.n)
                 && opening_is_verification(a->mail->subject, a->mail->text);
    return trick ? WAY_NOTE : WAY_REPLY;    // R4
}

// "hilfe+anything@nordlicht.example" is us.
bool arrival_is_us(const struct tenant *desk, str address)
{
    return subaddress_same_box(address, desk->mail_address);
}

enum lang arrival_lang(const struct arrival *a)
{
    return a->lang != 0 ? a->lang : a->desk->lang;
}

bool arrival_may_answer(const struct arrival *a)
{
    return arrival_may_hear(a) && opening_number(a->mail->subject) == 0;
}

bool arrival_may_hear(const struct arrival *a)
{
    const struct mail *m = a->mail;
    return m->is_auto == MAIL_AUTO_NO && m->report.n == 0 && a->sender.n > 0 && !a->loop
           && !a->ours && m->received <= LIMIT_MAIL_RECEIVED
           && mail_field(m, S("X-Loop")).n == 0 && !arrival_is_us(a->desk, m->from.address)
           && !arrival_is_us(a->desk, a->sender);
}
