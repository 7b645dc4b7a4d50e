// SPDX-License-Identifier: GPL-3.0-or-later
#include "undelivered/undelivered.h"

#include "contact/contact.h"
#include "testing/test.h"

static ticket_id a_case(struct world *w, message_id *message)
{
    struct ctx *cx = begin(w);
    struct ticket_made made = {0};
    contact_id contact = {0};
    check(contact_of_sender(cx, S("Maja Ott"), S("maja@kunde.example"), LANG_DE, &contact)
          == OK);
    struct ticket_new n = {.channel = CHANNEL_MAIL,
                           .subject = S("Drucker"),
                           .problem = S("druckt nicht"),
                           .contact = contact,
                           .lang = LANG_DE};
    check(ticket_create(cx, &n, &made) == OK);
    struct message_new m = {.kind = MESSAGE_AUTO,
                            .channel = CHANNEL_MAIL,
                            .body = S("x"),
                            .seen = MESSAGE_SEEN_ALL};
    check(message_add(cx, &made.at, &m, message) == OK);
    check(end(w, OK) == OK);
    return made.at.id;
}

static void note(struct world *w, ticket_id t, message_id m, const char *rcpt,
                 enum bounce_reason reason)
{
    struct ctx *cx = begin(w);
    struct undelivered_new n = {.ticket = t,
                                .message = m,
                                .rcpt = str_from_z(rcpt),
                                .status = S("5.1.1"),
                                .reason = reason,
                                .hard = bounce_reason_is_hard(reason, S("5.1.1"))};
    check(end(w, undelivered_note(cx, &n)) == OK);
}

static enum bounce_reason reason(struct world *w, const char *address)
{
    struct ctx *cx = begin_as(w, ADA);
    enum bounce_reason r = BOUNCE_NONE;
    check(undelivered_reason(cx, str_from_z(address), &r) == OK);
    check(end(w, OK) == OK);
    return r;
}

static isize listed(struct world *w, struct ctx *cx, ticket_id t, struct undelivered **row)
{
    isize n = 0;
    check(undelivered_list(cx, t, row, &n) == OK);
    check(end(w, OK) == OK);
    return n;
}

static void U1_one_row_with_the_last_words(struct world *w)
{
    message_id m;
    struct undelivered *row;
    ticket_id t = a_case(w, &m);
    note(w, t, m, "Maja@kunde.example", BOUNCE_MAILBOXFULL);
    note(w, t, m, "maja@kunde.example", BOUNCE_USERUNKNOWN);
    note(w, t, m, "ben@kunde.example", BOUNCE_EXPIRED);
    check(listed(w, begin_as(w, ADA), t, &row) == 2);
    check_text(row[0].address, S("maja@kunde.example"));
    check(row[0].reason == BOUNCE_USERUNKNOWN && row[0].hard && row[0].message.n == m.n);
    check(row[1].reason == BOUNCE_EXPIRED && !row[1].hard);
    check(listed(w, begin_as(w, NINA), t, &row) == 0);
}

static void U2_hard_ones_mark_the_address(struct world *w)
{
    message_id m;
    ticket_id t = a_case(w, &m);
    note(w, t, m, "maja@kunde.example", BOUNCE_MAILBOXFULL);
    check(reason(w, "maja@kunde.example") == BOUNCE_NONE);
    note(w, t, m, "maja@kunde.example", BOUNCE_HASMOVED);
    check(reason(w, "MAJA@kunde.example") == BOUNCE_HASMOVED);
    check(reason(w, "ben@kunde.example") == BOUNCE_NONE && reason(w, "") == BOUNCE_NONE);
    struct ctx *cx = begin_as(w, NINA);    // another desk
    enum bounce_reason r;
    check(undelivered_reason(cx, S("maja@kunde.example"), &r) == OK && r == BOUNCE_NONE);
    check(end(w, OK) == OK);
}

static void U3_a_mail_from_it_clears_it(struct world *w)
{
    message_id m;
    struct undelivered *row;
    ticket_id t = a_case(w, &m);
    note(w, t, m, "maja@kunde.example", BOUNCE_USERUNKNOWN);
    struct ctx *cx = begin(w);
    check(undelivered_clear(cx, S("ben@kunde.example")) == OK);
    check(undelivered_clear(cx, S("no address")) == OK);
    check(end(w, OK) == OK && reason(w, "maja@kunde.example") == BOUNCE_USERUNKNOWN);
    cx = begin(w);
    check(end(w, undelivered_clear(cx, S("Maja@Kunde.example"))) == OK);
    check(reason(w, "maja@kunde.example") == BOUNCE_NONE);
    check(listed(w, begin_as(w, ADA), t, &row) == 1);
    note(w, t, m, "maja@kunde.example", BOUNCE_USERUNKNOWN);    // and fails again
    check(reason(w, "maja@kunde.example") == BOUNCE_USERUNKNOWN);
}

static void U5_in_plain_words(struct world *w)
{
    struct undelivered u = {.status = S("5.1.1"), .reason = BOUNCE_USERUNKNOWN, .hard = true};
    check_text(undelivered_words(&w->arena, &u).en,
               S("the address does not exist (for good, 5.1.1)"));
    u = (struct undelivered){.status = S("4.2.2"), .reason = BOUNCE_MAILBOXFULL};
    check_text(undelivered_words(&w->arena, &u).de,
               S("das Postfach ist voll (vorerst, 4.2.2)"));
}

static void writing_is_all_or_nothing(struct world *w)
{
    message_id m;
    ticket_id t = a_case(w, &m);
    struct undelivered_new n = {.ticket = t,
                                .message = m,
                                .rcpt = S("maja@kunde.example"),
                                .status = S("5.1.1"),
                                .reason = BOUNCE_USERUNKNOWN,
                                .hard = true};
    EACH_FAULT(w) {
        struct ctx *cx = begin(w);
        enum err err = end(w, undelivered_note(cx, &n));
        check(err == OK || err == ERR_BROKEN || err == ERR_BUSY);
        check(err == OK || ask(w, "select count(*) from undelivered") == 0);
    }
    check(ask(w, "select count(*) from undelivered") == 1);
}

const struct test undelivered_tests[] = {
    T(U1_one_row_with_the_last_words), T(U2_hard_ones_mark_the_address),
    T(U3_a_mail_from_it_clears_it),    T(U5_in_plain_words),
    T(writing_is_all_or_nothing),      {0},
};
