// SPDX-License-Identifier: GPL-3.0-or-later
// What the tests of this folder share.
#pragma once

#include "contact/contact.h"
#include "mail/message.h"
#include "outbox/outbox.h"
#include "testing/relay.h"
#include "testing/test.h"

static inline ticket_id a_case(struct world *w, const char *address)
{
    struct ctx *cx = begin(w);
    struct ticket_made made = {0};
    message_id message;
    contact_id contact = {0};
    check(contact_of_sender(cx, S("Maja Ott"), str_from_z(address), LANG_DE, &contact) == OK);
    struct ticket_new n = {.channel = CHANNEL_MAIL,
                           .subject = S("Drucker"),
                           .problem = S("druckt nicht"),
                           .contact = contact,
                           .lang = LANG_DE};
    check(ticket_create(cx, &n, &made) == OK);
    struct message_new m = {.kind = MESSAGE_CUSTOMER,
                            .channel = CHANNEL_MAIL,
                            .contact = contact,
                            .body = S("Er druckt nicht."),
                            .mail_id = S("first@kunde.example")};
    check(message_add(cx, &made.at, &m, &message) == OK);
    check(end(w, OK) == OK);
    return made.at.id;
}

static inline enum err deliver_to(struct world *w, str url)
{
    struct outbox_config config = {.relay.smtp = {.url = url, .before_dot_s = 5, .dot_s = 1}};
    struct job_kind kinds[] = {outbox_jobs[0], {0}};
    kinds[0].config = &config;
    arena_reset(&w->arena);
    struct ctx cx = {.arena = &w->arena, .db = w->db, .now = w->now, .data_dir = w->place.dir};
    return job_drain(&cx, kinds);
}

static inline void deliver(struct world *w, struct relay *r)
{
    check(deliver_to(w, relay_url(r)) == OK);
}

static inline int64_t state(struct world *w)
{
    return ask(w, "select state from outbox");
}

static inline int64_t events(struct world *w, const char *kind)
{
    return ask(
        w, arena_z(&w->arena,
                   arena_fmt(&w->arena, "select count(*) from event where kind = '%s'", kind)));
}

static inline struct mail parsed(struct world *w, struct relay *r, int i)
{
    struct ctx cx = {.arena = &w->kept};
    struct mail m = {0};
    check(relay_count(r) > i && mail_parse(&cx, relay_mail(r, i)->bytes, &m) == OK);
    return m;
}

static inline enum err answer_in(struct ctx *cx, ticket_id ticket, message_id *out)
{
    struct ticket_at at = {ticket, TICKET_ANY_VERSION};
    struct message_new m = {.channel = CHANNEL_MAIL,
                            .body = S("Bitte das Papier prüfen."),
                            .seen = MESSAGE_SEEN_ALL};
    return outbox_reply(cx, &at, &m, out);
}

static inline enum err answer(struct world *w, ticket_id ticket, message_id *out)
{
    struct ctx *cx = begin_as(w, ADA);
    return end(w, answer_in(cx, ticket, out));
}

static inline message_id must_answer(struct world *w, ticket_id ticket)
{
    message_id m = {0};
    check(answer(w, ticket, &m) == OK);
    return m;
}

static inline isize customer_reads(struct world *w, ticket_id t)
{
    struct ctx *cx = begin(w);
    struct message_page page = {0};
    cx->who = (struct who){.tenant = {1}, .contact = {1}, .see = SEE_OWN};
    check(message_list(cx, t, (message_id){0}, 50, &page) == OK);
    isize n = page.n;
    check(end(w, OK) == OK);
    return n;
}

// A report about that mail of ours; the case it was found to belong to.
static inline ticket_id came_back(struct world *w, str mail_id, const char *whom,
                                  const char *action, enum bounce_reason reason)
{
    struct mail_bounce b = {.recipient = str_from_z(whom),
                            .action = str_from_z(action),
                            .status = S("5.1.1"),
                            .reason = reason,
                            .hard = bounce_reason_is_hard(reason, S("5.1.1"))};
    struct outbox_return r = {.mail_id = mail_id, .row = &b, .n = 1, .proven = true};
    struct ctx *cx = begin(w);
    ticket_id ticket = {0};
    bool ours;
    check(end(w, outbox_bounced(cx, &r, &ours, &ticket)) == OK);
    return ticket;
}

static inline str outbox_id_of(struct world *w)
{
    struct ctx *cx = begin(w);
    struct outbox_row *row = NULL;
    isize n = 0;
    check(outbox_list(cx, OUTBOX_QUEUED, &row, &n) == OK && n > 0);
    str id = keep(w, row[0].mail_id);
    check(end(w, OK) == OK);
    return id;
}
