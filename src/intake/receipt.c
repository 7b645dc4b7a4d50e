// SPDX-License-Identifier: GPL-3.0-or-later
#include "intake/receipt.h"

#include "contact/contact.h"
#include "major/major.h"
#include "outbox/outbox.h"
#include "promise/promise.h"
#include "wording/wording.h"

static str subject(struct ctx *cx, const struct ticket *t)
{
    str number = ticket_number_shown(cx->arena, t->number);
    if (t->lang == LANG_EN)
        return arena_fmt(cx->arena, "We have your request [#" STR_FMT "]", STR_ARG(number));
    return arena_fmt(cx->arena, "%s Anliegen ist bei uns [#" STR_FMT "]",
                     t->contact_formal ? "Ihr" : "Dein", STR_ARG(number));
}

static enum err text(struct ctx *cx, const struct ticket *t, instant due, str *out)
{
    struct words promise = promise_words(cx->arena, cx->now, due, t->contact_formal);
    str sentence = arena_join(cx->arena, words_in(promise, t->lang), S("."));
    struct wording_values v = {.promise = sentence};
    return wording_write(cx, t, WORDING_RECEIPT, &v, out);
}

static str known(struct ctx *cx, const struct major *m, enum lang lang, str text)
{
    return arena_join(cx->arena, text, major_answer(cx->arena, m, lang));
}

enum err receipt_send(struct ctx *cx, const struct arrival *a, struct ticket_at *at,
                      instant due)
{
    struct ticket t;
    str rcpt;
    bool sent;
    if (!arrival_may_answer(a) || !contact_mail_normal(cx->arena, a->mail->from.address, &rcpt))
        return OK;
    TRY(ticket_load(cx, at->id, &t));
    if (t.contact.n == 0 || t.contact.n != a->contact.n)
        return OK;    // B4
    struct major outage;
    str words;
    TRY(text(cx, &t, due, &words));
    TRY(major_like(cx, &t, &outage));    // B5
    struct outbox_auto m = {.ticket = at->id,
                            .rcpt = rcpt,
                            .subject = subject(cx, &t),
                            .text = known(cx, &outage, t.lang, words),
                            .contact = t.contact,
                            .answers = a->mail_id};
    return outbox_automatic(cx, at, &m, &sent);
}
