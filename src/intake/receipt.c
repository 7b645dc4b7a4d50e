// SPDX-License-Identifier: GPL-3.0-or-later
#include "intake/receipt.h"

#include "contact/contact.h"
#include "outbox/outbox.h"
#include "promise/promise.h"

static str subject(struct ctx *cx, const struct ticket *t)
{
    str number = ticket_number_shown(cx->arena, t->number);
    if (t->lang == LANG_EN)
        return arena_fmt(cx->arena, "We have your request [#" STR_FMT "]", STR_ARG(number));
    return arena_fmt(cx->arena, "%s Anliegen ist bei uns [#" STR_FMT "]",
                     t->contact_formal ? "Ihr" : "Dein", STR_ARG(number));
}

static str text(struct ctx *cx, const struct ticket *t, instant due)
{
    str number = ticket_number_shown(cx->arena, t->number);
    str promise = words_in(promise_words(cx->arena, cx->now, due, t->contact_formal), t->lang);
    if (t->lang == LANG_EN)
        return arena_fmt(cx->arena,
                         "Hello,\n\nyour message has arrived. Your reference number is " STR_FMT
                         ".\n" STR_FMT
                         "\n\nIf you want to add something, simply answer this mail.",
                         STR_ARG(number), STR_ARG(promise));
    if (t->contact_formal)
        return arena_fmt(
            cx->arena,
            "Guten Tag,\n\nIhre Nachricht ist angekommen. Ihre Vorgangsnummer ist " STR_FMT
            ".\n" STR_FMT
            "\n\nMöchten Sie etwas ergänzen? Antworten Sie einfach auf diese Mail.",
            STR_ARG(number), STR_ARG(promise));
    return arena_fmt(
        cx->arena,
        "Hallo,\n\ndeine Nachricht ist angekommen. Deine Vorgangsnummer ist " STR_FMT
        ".\n" STR_FMT "\n\nMöchtest du etwas ergänzen? Antworte einfach auf diese Mail.",
        STR_ARG(number), STR_ARG(promise));
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
    struct outbox_auto m = {.ticket = at->id,
                            .rcpt = rcpt,
                            .subject = subject(cx, &t),
                            .text = text(cx, &t, due),
                            .contact = t.contact,
                            .answers = a->mail_id};
    return outbox_automatic(cx, at, &m, &sent);
}
