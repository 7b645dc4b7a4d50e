// SPDX-License-Identifier: GPL-3.0-or-later
#include "intake/returned.h"

#include "mail/bounce_reason.h"
#include "outbox/envelope.h"
#include "outbox/outbox.h"

static bool same_local(str a, str b)
{
    return str_eq_nocase(str_token(&a, '@'), str_token(&b, '@'));
}

// The case of the mail that came back, when it was one with a message.
static fallible case_of_returned(struct ctx *cx, str mail_id, ticket_id *out)
{
    message_id message;
    *out = (ticket_id){0};
    enum err err = mail_id.n > 0 ? message_by_mail_id(cx, mail_id, out, &message) : OK;
    if (err != ERR_ABSENT)
        return err;
    ctx_forgive(cx);
    return OK;
}

// What only that mail of ours carried: the envelope's sender, or the Reply-To, which some servers
// write to (U9).
static fallible prove_return(struct ctx *cx, const struct arrival *a, str address,
                             struct outbox_return *r)
{
    ticket_id of, ticket;
    contact_id contact;
    int64_t thread;
    str sender;
    if (r->proven)
        return OK;
    if (envelope_is_bounce(cx, a->desk, address, &sender)) {
        // Its domain may have been rewritten on the way: to our new one.
        r->mail_id = same_local(sender, r->mail_id) ? r->mail_id : sender;
        r->proven = true;
        return OK;
    }
    if (!envelope_is_reply(cx, a->desk, address, &of, &contact)
        && !envelope_is_outside(cx, a->desk, address, &of, &thread))
        return OK;
    TRY(case_of_returned(cx, r->mail_id, &ticket));
    r->proven = ticket.n == of.n;
    return OK;
}

// A mailbox that is fetched knows no envelope, so To and Cc are read, too.
static fallible look_for_proof(struct ctx *cx, const struct arrival *a, struct outbox_return *r)
{
    enum { MOST = 10 };
    const struct mail_addresses list[] = {a->mail->to, a->mail->cc};
    TRY(prove_return(cx, a, a->rcpt, r));
    for (isize k = 0; k < countof(list); k++)
        for (isize i = 0; i < list[k].n && i < MOST; i++)
            TRY(prove_return(cx, a, list[k].p[i].address, r));
    return OK;
}

static struct words returned_words(const struct mail *m, bool ours, bool proven)
{
    if (!ours)
        return SAY("The mail that came back is none of ours.",
                   "Was da zurückkam, ist keine Mail von uns.");
    if (!proven)
        return SAY("An unproven report that a mail of ours did not arrive.",
                   "Ein unbestätigter Bericht, dass eine Mail von uns nicht ankam.");
    return bounce_reason_say(m->bounces > 0 ? m->bounce[0].reason : BOUNCE_UNDEFINED);
}

enum err returned_note(struct ctx *cx, struct arrival *a, ticket_id *ticket)
{
    const struct mail *m = a->mail;
    struct outbox_return r = {.mail_id = m->bounced_id,
                              .row = m->bounce,
                              .n = m->bounces,
                              .subject = m->subject,
                              .inbox = a->inbox};
    bool ours;
    TRY(look_for_proof(cx, a, &r));
    TRY(outbox_bounced(cx, &r, &ours, ticket));
    a->why = returned_words(m, ours, r.proven);
    return OK;
}
