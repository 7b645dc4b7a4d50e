// SPDX-License-Identifier: GPL-3.0-or-later
// What the tests of this folder share.
#pragma once

#include "contact/contact.h"
#include "testing/test.h"
#include "ticket/ticket_store.h"

static inline enum err make_in(struct ctx *cx, str subject, struct ticket_made *out)
{
    struct ticket_new n = {
        .channel = CHANNEL_MAIL, .subject = subject, .problem = S("Seit heute früh.")};
    return ticket_create(cx, &n, out);
}

static inline struct ticket_made made(struct world *w, str subject)
{
    struct ticket_made m = {0};
    struct ctx *cx = begin(w);
    check(end(w, make_in(cx, subject, &m)) == OK);
    return m;
}

static inline struct ticket loaded(struct world *w, ticket_id id)
{
    struct ticket t = {0};
    struct ctx *cx = begin(w);
    check(ticket_load(cx, id, &t) == OK);
    end(w, OK);
    return t;
}

static const struct ticket_solving described = {
    .how = SOLVED_BY_TEXT,
    .text = {"Router neu gestartet und Kanal 6 gewählt.", 42},
    .told = true};

static inline enum err opened(struct ctx *cx, struct ticket_at *at, str subject)
{
    struct ticket_made m;
    TRY(make_in(cx, subject, &m));
    *at = m.at;
    return ticket_open(cx, at);
}

static inline void drain(struct world *w)
{
    begin(w);
    end(w, ERR_BUSY);    // job_drain makes its own transactions
    check(job_drain(&w->cx, ticket_jobs) == OK);
}

static inline contact_id customer(struct ctx *cx, str name, str org)
{
    contact_id id = {0};
    check(contact_add(cx, &(struct contact){.name = name, .org = org, .lang = LANG_EN}, &id)
          == OK);
    return id;
}

static inline struct ticket_at of_customer(struct ctx *cx, contact_id id)
{
    struct ticket_made m = {0};
    struct ticket_new n = {.channel = CHANNEL_MAIL, .subject = S("Drucker"), .contact = id};
    check(ticket_create(cx, &n, &m) == OK);
    return m.at;
}
