// SPDX-License-Identifier: GPL-3.0-or-later
#include "inbox/news.h"

#include "base/limits.h"
#include "news.sql.h"
#include "staff/level.h"

// By the kind of the event (N1).
static const struct reason {
    str kind;
    struct words why;
} reasons[] = {
    {WORD("ticket.customer_replied"),
     WORDS("The customer wrote", "Kundin oder Kunde hat geantwortet")},
    {WORD("message.received"),
     WORDS("The customer wrote", "Kundin oder Kunde hat geantwortet")},
    {WORD("ticket.resumed"), WORDS("The waiting is over", "Das Warten ist vorbei")},
    {WORD("ticket.reopened"), WORDS("Opened again", "Wieder geöffnet")},
    {WORD("ticket.assigned"), WORDS("Given to you", "Dir zugeteilt")},
    {WORD("engagement.answered"),
     WORDS("Your question is answered", "Rückfrage ist beantwortet")},
    {WORD("engagement.declined"), WORDS("They said no", "Die Bitte wurde abgelehnt")},
    {WORD("engagement.expired"),
     WORDS("Nobody answered in time", "Niemand hat rechtzeitig geantwortet")},
    {WORD("message.held"), WORDS("A reply is held", "Eine Antwort ist angehalten")},
    {WORD("referral.answered"), WORDS("An answer from outside", "Antwort von außerhalb")},
    {WORD("escalation.decided"), WORDS("The lead has decided", "Die Leitung hat entschieden")},
};

static struct words why(const struct q_news_rows *r)
{
    if (str_eq(r->kind, S("engagement.answered")) && r->asked >= LEVEL_VENDOR)
        return SAY("The vendor has answered", "Hersteller hat geantwortet");
    for (isize i = 0; i < countof(reasons); i++)
        if (str_eq(r->kind, reasons[i].kind))
            return reasons[i].why;
    return SAY("", "");
}

enum err news_list(struct ctx *cx, struct news **out, isize *n)
{
    struct q_news_rows *r;
    TRY(q_news_rows(cx, LIMIT_ROWS, &r, n));
    *out = make(cx->arena, struct news, *n);
    for (isize i = 0; i < *n; i++)
        (*out)[i] = (struct news){.ticket = r[i].ticket,
                                  .number = r[i].number,
                                  .subject = r[i].subject,
                                  .contact = r[i].contact,
                                  .level = (int)r[i].level,
                                  .vip = r[i].vip,
                                  .due = r[i].due,
                                  .at = r[i].at,
                                  .why = why(&r[i]),
                                  .absent = r[i].absent};
    return OK;
}

const struct news *news_of(const struct news *news, isize n, ticket_id ticket)
{
    for (isize i = 0; i < n; i++)
        if (news[i].ticket.n == ticket.n && news[i].at.ms > 0)
            return &news[i];
    return NULL;
}
