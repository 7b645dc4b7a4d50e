// SPDX-License-Identifier: GPL-3.0-or-later
// What the tests of this folder and of inbox/ share: a case with a customer, and what is said
// in it.
#pragma once

#include "testing/web.h"

#include "contact/contact.h"
#include "message/message.h"
#include "promise/promise.h"

struct made_case {
    ticket_id id;
    str number;    // 4182-2073
    contact_id contact;
};

static const struct contact_address karins[] = {
    {.kind = ADDRESS_MAIL, .shown = {"k.brandt@post.example", 21}},
    {.kind = ADDRESS_PHONE, .shown = {"089 1234567", 11}}};

static inline struct made_case a_case_about(struct world *w, str subject, str problem)
{
    struct made_case c = {0};
    struct ticket_made made = {0};
    struct ctx *cx = begin(w);
    instant due;
    struct contact karin = {.name = S("Karin Brandt"),
                            .org = S("Kern GmbH"),
                            .lang = LANG_DE,
                            .formal = true,
                            .reach = S("vormittags"),
                            .address = karins,
                            .addresses = 2};
    enum err known = contact_by_mail(cx, karins[0].shown, &karin);
    ctx_forgive(cx);
    c.contact = karin.id;
    check(known == OK || contact_add(cx, &karin, &c.contact) == OK);
    struct ticket_new n = {.channel = CHANNEL_MAIL,
                           .subject = subject,
                           .problem = problem,
                           .contact = c.contact,
                           .team = {FIRST}};
    check(ticket_create(cx, &n, &made) == OK);
    check(promise_first(cx, &made, CHANNEL_MAIL, &due) == OK);
    c.id = made.at.id;
    c.number = keep(w, ticket_number_shown(cx->arena, made.number));
    check(end(w, OK) == OK);
    return c;
}

static inline struct made_case a_case(struct world *w)
{
    return a_case_about(w, S("WLAN geht nicht"), S("Alle Lampen am Router an"));
}

static inline message_id says(struct world *w, const struct made_case *c, struct message_new m)
{
    struct message_received got = {0};
    m.kind = MESSAGE_CUSTOMER;
    m.channel = m.channel ? m.channel : CHANNEL_MAIL;
    m.contact = c->contact;
    check(end(w, message_receive(begin(w), c->id, &m, &got)) == OK);
    return got.message;
}

static inline message_id writes(struct world *w, int person, const struct made_case *c,
                                struct message_new m)
{
    message_id id = {0};
    struct ticket_at at = {c->id, TICKET_ANY_VERSION};
    m.channel = m.channel ? m.channel : CHANNEL_MAIL;
    m.seen = MESSAGE_SEEN_ALL;
    check(end(w, promise_reply(begin_as(w, person), &at, &m, &id)) == OK);
    return id;
}

static inline struct ticket look(struct world *w, const struct made_case *c)
{
    struct ticket t = {0};
    check(end(w, ticket_load(begin(w), c->id, &t)) == OK);
    return t;
}

// "/w/t/4182-2073" and what follows.
static inline const char *at(struct world *w, const struct made_case *c, const char *rest)
{
    return arena_z(&w->kept,
                   arena_fmt(&w->kept, "/w/t/" STR_FMT "%s", STR_ARG(c->number), rest));
}

// The case's version as a field of a form, and more fields behind it.
static inline const char *versioned(struct world *w, const struct made_case *c,
                                    const char *more)
{
    struct ticket t = look(w, c);
    return arena_z(&w->kept, arena_fmt(&w->kept, "version=%lld%s", (long long)t.version, more));
}

static inline bool hides(const struct seen *s, const char *text)
{
    if (str_find(s->page, str_from_z(text)) < 0)
        return true;
    fprintf(stderr, "it should not be on the page: %s\n", text);
    return false;
}
