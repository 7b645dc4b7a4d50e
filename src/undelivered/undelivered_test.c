// SPDX-License-Identifier: GPL-3.0-or-later
#include "undelivered/undelivered.h"

#include "base/now.h"
#include "contact/contact.h"
#include "promise/promise.h"
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

// --- the case (U6 U7 U8) -------------------------------------------------------------------

static message_id reply(struct world *w, ticket_id t, const char *text)
{
    message_id id = {0};
    struct ticket_at at = {t, TICKET_ANY_VERSION};
    struct message_new m = {.kind = MESSAGE_REPLY,
                            .channel = CHANNEL_MAIL,
                            .body = str_from_z(text),
                            .sent = MESSAGE_QUEUED,
                            .seen = MESSAGE_SEEN_ALL};
    check(end(w, promise_reply(begin_as(w, ADA), &at, &m, &id)) == OK);
    return id;
}

static void wait_for_customer(struct world *w, ticket_id t)
{
    struct ctx *cx = begin_as(w, ADA);
    struct ticket_at at = {t, TICKET_ANY_VERSION};
    struct ticket_waiting wait = {.for_what = TICKET_WAITING_CUSTOMER};
    check(message_asked(cx, t, &wait.asked) == OK);
    check(end(w, ticket_wait(cx, &at, &wait)) == OK);
}

// Maja wrote, was promised an answer, and is asked something in its place: we wait for her.
static ticket_id a_question(struct world *w, message_id *question)
{
    struct ctx *cx = begin(w);
    struct ticket_made made = {0};
    contact_id contact = {0};
    message_id id;
    instant due;
    check(contact_of_sender(cx, S("Maja Ott"), S("maja@kunde.example"), LANG_DE, &contact)
          == OK);
    struct ticket_new n = {
        .channel = CHANNEL_MAIL, .subject = S("Drucker"), .contact = contact};
    check(ticket_create(cx, &n, &made) == OK);
    struct message_new m = {.kind = MESSAGE_CUSTOMER,
                            .channel = CHANNEL_MAIL,
                            .contact = contact,
                            .body = S("Er druckt nicht.")};
    check(message_add(cx, &made.at, &m, &id) == OK);
    check(end(w, promise_first(cx, &made, CHANNEL_MAIL, &due)) == OK);
    later(w, 60);
    *question = reply(w, made.at.id, "Welche Lampe leuchtet?");
    wait_for_customer(w, made.at.id);
    later(w, 60);
    return made.at.id;
}

static void lose(struct world *w, message_id m)
{
    struct ctx *cx = begin(w);
    check(message_set_sent(cx, m, MESSAGE_FAILED) == OK);
    check(end(w, undelivered_look(cx, m)) == OK);
}

static struct ticket loaded(struct world *w, ticket_id id)
{
    struct ctx *cx = begin(w);
    struct ticket t = {0};
    check(ticket_load(cx, id, &t) == OK && end(w, OK) == OK);
    return t;
}

static int64_t promises(struct world *w, enum promise_state state)
{
    return ask(w, arena_z(&w->kept,
                          arena_fmt(&w->kept, "select count(*) from promise where state = %d",
                                    state)));
}

static int64_t ended_waiting(struct world *w)
{
    return ask(w, "select count(*) from event where kind = 'ticket.unreached'");
}

static void U6_the_case_is_ours_again(struct world *w)
{
    message_id m;
    ticket_id t = a_question(w, &m);
    check(loaded(w, t).ball == BALL_CUSTOMER && promises(w, PROMISE_KEPT) == 1);
    lose(w, m);
    struct ticket c = loaded(w, t);
    check(c.status == TICKET_OPEN && c.ball == BALL_TEAM && c.unreached && c.unanswered);
    check(promises(w, PROMISE_OPEN) == 1 && promises(w, PROMISE_KEPT) == 0 && c.due.ms != 0);
    check(ended_waiting(w) == 1);
    reply(w, t, "Noch einmal an die andere Adresse.");
    c = loaded(w, t);
    check(!c.unreached && !c.unanswered && promises(w, PROMISE_KEPT) == 1);
}

static void U6_a_call_or_a_solution_reaches_too(struct world *w)
{
    message_id m, call;
    ticket_id t = a_question(w, &m);
    lose(w, m);
    struct ticket_at at = {t, TICKET_ANY_VERSION};
    struct message_new said = {.kind = MESSAGE_CALL, .channel = CHANNEL_PHONE, .body = S("x")};
    check(end(w, message_add(begin_as(w, ADA), &at, &said, &call)) == OK);
    check(!loaded(w, t).unreached);
    lose(w, m);
    check(loaded(w, t).unreached);
    struct ticket_solving s = {
        .how = SOLVED_BY_TEXT, .text = S("Papierstau beseitigt, druckt"), .told = true};
    check(end(w, ticket_solve(begin_as(w, ADA), &at, &s)) == OK);
    check(!loaded(w, t).unreached);
}

static void U6_each_lost_one_counts_back_to_one_that_was_not(struct world *w)
{
    message_id first, second;
    ticket_id t = a_question(w, &first);
    second = reply(w, t, "Und welche Farbe hat sie?");
    lose(w, first);    // the second one may arrive
    check(loaded(w, t).status == TICKET_WAITING_CUSTOMER && promises(w, PROMISE_KEPT) == 1);
    lose(w, second);
    check(loaded(w, t).status == TICKET_OPEN && promises(w, PROMISE_OPEN) == 1);
}

static void U6_what_was_promised_with_it_was_said_to_nobody(struct world *w)
{
    struct ctx *cx;
    promise_id id;
    message_id m;
    ticket_id t = a_question(w, &m);
    later(w, -60);    // in the moment of the reply
    cx = begin_as(w, ADA);
    struct ticket_at at = {t, TICKET_ANY_VERSION};
    struct promise_new p = {.kind = PROMISE_ANSWER, .due = instant_plus(cx->now, 86400)};
    check(end(w, promise_give(cx, &at, &p, &id)) == OK);
    later(w, 60);
    lose(w, m);
    check(promises(w, PROMISE_DROPPED) == 1 && promises(w, PROMISE_OPEN) == 1);
}

static void U6_solved_is_told_and_stays_solved(struct world *w)
{
    message_id m;
    ticket_id t = a_question(w, &m);
    struct ticket_at at = {t, TICKET_ANY_VERSION};
    check(end(w, ticket_resume(begin_as(w, ADA), &at)) == OK);
    struct ticket_solving s = {
        .how = SOLVED_BY_TEXT, .text = S("Papierstau beseitigt, druckt"), .told = true};
    check(end(w, ticket_solve(begin_as(w, ADA), &at, &s)) == OK);
    lose(w, m);
    struct ticket c = loaded(w, t);
    check(c.status == TICKET_SOLVED && c.unreached && !c.unanswered && c.due.ms == 0);
    check(ended_waiting(w) == 0);
}

static void U7_an_older_one_changes_nothing(struct world *w)
{
    message_id old, newer;
    ticket_id t = a_question(w, &old);
    newer = reply(w, t, "An die andere Adresse: Welche Lampe?");
    check(newer.n > old.n);
    lose(w, old);
    struct ticket c = loaded(w, t);
    check(c.status == TICKET_WAITING_CUSTOMER && !c.unreached
          && promises(w, PROMISE_KEPT) == 1);
}

static void U7_what_is_no_reply_changes_nothing(struct world *w)
{
    message_id m, receipt;
    ticket_id t = a_question(w, &m);
    struct ticket_at at = {t, TICKET_ANY_VERSION};
    struct message_new automatic = {.kind = MESSAGE_AUTO,
                                    .channel = CHANNEL_MAIL,
                                    .body = S("x"),
                                    .sent = MESSAGE_SENT,
                                    .seen = MESSAGE_SEEN_ALL};
    check(end(w, message_add(begin(w), &at, &automatic, &receipt)) == OK);
    lose(w, receipt);
    check(loaded(w, t).status == TICKET_WAITING_CUSTOMER && !loaded(w, t).unreached);
    lose(w, m);
    check(loaded(w, t).status == TICKET_OPEN);
}

static void U8_sent_again_it_is_on_its_way(struct world *w)
{
    message_id m;
    ticket_id t = a_question(w, &m);
    lose(w, m);
    check(end(w, undelivered_retried(begin(w), m)) == OK);
    check(!loaded(w, t).unreached && loaded(w, t).status == TICKET_OPEN);
}

static void a_loss_is_all_or_nothing(struct world *w)
{
    message_id m;
    ticket_id t = a_question(w, &m);
    struct ctx *cx = begin(w);
    check(end(w, message_set_sent(cx, m, MESSAGE_FAILED)) == OK);
    EACH_FAULT(w) {
        cx = begin(w);
        enum err err = end(w, undelivered_look(cx, m));
        check(err == OK || err == ERR_BROKEN || err == ERR_BUSY);
        check(ask(w, "select count(*) from unreached") == (err == OK));
        check(promises(w, PROMISE_OPEN) == (err == OK));
    }
    check(loaded(w, t).status == TICKET_OPEN);
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
    T(U1_one_row_with_the_last_words),
    T(U2_hard_ones_mark_the_address),
    T(U3_a_mail_from_it_clears_it),
    T(U5_in_plain_words),
    T(U6_the_case_is_ours_again),
    T(U6_a_call_or_a_solution_reaches_too),
    T(U6_each_lost_one_counts_back_to_one_that_was_not),
    T(U6_what_was_promised_with_it_was_said_to_nobody),
    T(U6_solved_is_told_and_stays_solved),
    T(U7_an_older_one_changes_nothing),
    T(U7_what_is_no_reply_changes_nothing),
    T(U8_sent_again_it_is_on_its_way),
    T(a_loss_is_all_or_nothing),
    T(writing_is_all_or_nothing),
    {0},
};
