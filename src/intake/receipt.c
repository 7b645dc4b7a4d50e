// SPDX-License-Identifier: GPL-3.0-or-later
#include "intake/receipt.h"

#include "contact/contact.h"
#include "major/major.h"
#include "outbox/outbox.h"
#include "wording/wording.h"

static str known(struct ctx *cx, const struct major *m, enum lang lang, str text)
{
    return arena_join(cx->arena, text, major_answer(cx->arena, m, lang));
}

enum err receipt_send(struct ctx *cx, const struct arrival *a, const struct ticket *t,
                      struct ticket_at *at, instant due)
{
    str rcpt;
    bool sent;
    if (!arrival_may_answer(a) || !contact_mail_normal(cx->arena, a->mail->from.address, &rcpt))
        return OK;
    if (t->contact.n == 0 || t->contact.n != a->contact.n)
        return OK;    // B4
    struct major outage;
    str subject, words;
    TRY(wording_receipt(cx, t, due, &subject, &words));
    TRY(major_like(cx, t, &outage));    // B5
    struct outbox_auto m = {.ticket = t,
                            .rcpt = rcpt,
                            .subject = subject,
                            .text = known(cx, &outage, t->lang, words),
                            .contact = t->contact,
                            .answers = a->mail_id};
    return outbox_automatic(cx, at, &m, &sent);
}
