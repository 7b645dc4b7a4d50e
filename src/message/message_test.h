// SPDX-License-Identifier: GPL-3.0-or-later
// What the tests of this folder share: cases of Karin Brandt, and what is said in them.
#pragma once

#include "contact/contact.h"
#include "message/message.h"
#include "testing/test.h"

static inline contact_id karin(struct ctx *cx)
{
    contact_id id = {0};
    struct contact_address a = {.kind = ADDRESS_MAIL, .shown = S("kb@kern.example")};
    struct contact c = {
        .name = S("Karin Brandt"), .org = S("Kern"), .address = &a, .addresses = 1};
    struct contact known;
    if (contact_by_mail(cx, a.shown, &known) == OK)
        return known.id;
    ctx_forgive(cx);
    check(contact_add(cx, &c, &id) == OK);
    return id;
}

static inline struct ticket_at new_case(struct ctx *cx)
{
    struct ticket_made m = {0};
    struct ticket_new n = {.channel = CHANNEL_MAIL, .subject = S("WLAN"), .contact = karin(cx)};
    check(ticket_create(cx, &n, &m) == OK);
    return m.at;
}

static inline enum err say(struct ctx *cx, struct ticket_at *at, enum message_kind kind, str body)
{
    message_id id;
    struct message_new m = {.kind = kind,
                            .channel = CHANNEL_MAIL,
                            .body = body,
                            .seen = MESSAGE_SEEN_ALL,
                            .contact = kind == MESSAGE_CUSTOMER ? karin(cx) : (contact_id){0}};
    return message_add(cx, at, &m, &id);
}

// Bring a case into a state, as ada.
static inline struct ticket_at case_in(struct ctx *cx, enum ticket_status status)
{
    struct ticket_at at = new_case(cx);
    struct ticket_waiting wait = {.for_what = status, .asked = cx->now};
    struct ticket_solving s = {.how = SOLVED_BY_ITSELF, .told = true};
    if (status != TICKET_NEW)
        check(ticket_open(cx, &at) == OK);
    if (status == TICKET_WAITING_CUSTOMER || status == TICKET_WAITING_VENDOR)
        check(ticket_wait(cx, &at, &wait) == OK);
    if (status == TICKET_SOLVED || status == TICKET_CLOSED)
        check(ticket_solve(cx, &at, &s) == OK);
    if (status == TICKET_CLOSED)
        check(ticket_close(cx, &at, true) == OK);
    if (status == TICKET_SPAM)
        check(ticket_spam(cx, &at) == OK);
    return at;
}
