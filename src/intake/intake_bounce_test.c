// SPDX-License-Identifier: GPL-3.0-or-later
// What comes back: from the report to the message that failed and the address that fails.
#include "intake/intake_test.h"
#include "outbox/envelope.h"
#include "undelivered/undelivered.h"

static void a_bounce_marks_its_message(struct world *w)
{
    int64_t t = a_case(w);
    a_reply_of_ada(w, t);
    str verp = outbox_text(w, "sender");
    str mail = S("From: mailer-daemon@relay.example\r\nSubject: Undelivered Mail\r\n\r\nuser "
                 "unknown\r\n");
    int64_t inbox = bring_from(w, "", arena_z(&w->kept, verp), mail);
    work(w);
    check(state(w, inbox) == INBOX_BOUNCE && ask_for(w, "ticket", inbox) == t
          && tickets(w) == 1);
    check(ask(w, "select sent from message where kind = 1") == MESSAGE_FAILED);
    check(ask(w, "select count(*) from event where kind = 'message.bounced'") == 1
          && receipts(w) == 1);
}

static void a_report_names_the_mail_by_its_id(struct world *w)
{
    int64_t t = a_case(w);
    a_reply_of_ada(w, t);
    str id = outbox_text(w, "mail_id");
    static const char *const actions[] = {"delayed", "failed"};
    for (isize i = 0; i < 2; i++) {
        str mail = delivery_report(w, actions[i], i ? "5.1.1" : "4.4.7", "message/rfc822", id,
                                   "Subject: x\r\n\r\nx\r\n");
        int64_t inbox = bring_from(w, "", arena_z(&w->kept, outbox_text(w, "sender")), mail);
        work(w);
        check(state(w, inbox) == INBOX_BOUNCE && ask_for(w, "ticket", inbox) == t);
        check(ask(w, "select sent from message where kind = 1")
              == (i ? MESSAGE_FAILED : MESSAGE_QUEUED));
    }
    check(tickets(w) == 1);
}

static void a_bounce_of_nothing_is_seen_and_no_case(struct world *w)
{
    int64_t inbox =
        bring_from(w, "", "hilfe@nordlicht.example",
                   S("From: mailer-daemon@x\r\nSubject: Undelivered Mail\r\n\r\nx\r\n"));
    work(w);
    check(state(w, inbox) == INBOX_BOUNCE && tickets(w) == 0 && receipts(w) == 0);
}

// A person who answers to the envelope's sender still reaches the case.
static void an_answer_to_the_bounce_address_arrives(struct world *w)
{
    int64_t t = a_case(w);
    a_reply_of_ada(w, t);
    int64_t inbox = bring_to(w, outbox_text(w, "sender"), MAJA, "Ich antworte hierhin.");
    work(w);
    check(state(w, inbox) == INBOX_REPLY && ask_for(w, "ticket", inbox) == t);
}

static int64_t report_to(struct world *w, str rcpt, const char *to, str id, const char *action,
                         const char *status)
{
    str mail = delivery_report(w, action, status, "text/rfc822-headers", id,
                               "--x\r\nContent-Type: message/partial\r\n\r\nhalf of it\r\n");
    mail = arena_fmt(&w->kept, "To: %s\r\n" STR_FMT, to, STR_ARG(mail));
    int64_t inbox = bring_from(w, "", arena_z(&w->kept, rcpt), mail);
    work(w);
    return inbox;
}

static int64_t report_about(struct world *w, str id, const char *action, const char *status)
{
    struct tenant desk;
    struct ctx *cx = begin(w);
    check(tenant_mine(cx, &desk) == OK);
    str sender = keep(w, envelope_bounce(cx, &desk, id));
    check(end(w, OK) == OK);
    return report_to(w, sender, "x@relay.example", id, action, status);
}

static void a_hard_one_marks_the_address_until_it_writes(struct world *w)
{
    int64_t t = a_case(w);
    a_reply_of_ada(w, t);
    int64_t inbox = report_about(w, outbox_text(w, "mail_id"), "failed", "5.1.1");
    check(state(w, inbox) == INBOX_BOUNCE);    // though a part of it is a fragment
    check(load(w, t).contact_mail_fails == BOUNCE_USERUNKNOWN);
    check(ask(w, "select inbox from undelivered where message is not null") == inbox);
    bring(w, MAJA "Subject: noch einmal\r\n", "Das kann jeder schreiben.");
    work(w);
    check(load(w, t).contact_mail_fails == BOUNCE_USERUNKNOWN);
    bring(w, PROOF MAJA "Subject: noch einmal\r\n", "Ich bin doch da.");
    work(w);
    check(load(w, t).contact_mail_fails == 0);
    check(ask(w, "select count(*) from undelivered") == 1);
}

static void a_soft_one_does_not(struct world *w)
{
    int64_t t = a_case(w);
    a_reply_of_ada(w, t);
    report_about(w, outbox_text(w, "mail_id"), "failed", "5.2.2");
    check(load(w, t).contact_mail_fails == 0);
    check(ask(w, "select sent from message where kind = 1") == MESSAGE_FAILED);
    check(ask(w, "select reason from undelivered") == BOUNCE_MAILBOXFULL);
}

static void of_none_of_ours_it_says_so(struct world *w)
{
    report_to(w, S("hilfe@nordlicht.example"), "x@relay.example", S("r.fremd@fremd.example"),
              "failed", "5.1.1");
    check(
        ask(w, "select count(*) from inbox where state = 5 and reason like '%keine Mail von%'")
        == 1);
    check(ask(w, "select count(*) from undelivered") == 0 && tickets(w) == 0);
}

static void a_receipt_that_comes_back_is_seen_too(struct world *w)
{
    int64_t t = a_case(w);
    str id;
    struct ctx *cx = begin(w);
    struct outbox_row *row = NULL;
    isize n = 0;
    check(outbox_list(cx, OUTBOX_QUEUED, &row, &n) == OK && n == 1 && row[0].automatic);
    id = keep(w, row[0].mail_id);
    check(end(w, OK) == OK);
    report_about(w, id, "failed", "5.1.2");
    check(load(w, t).contact_mail_fails == BOUNCE_HOSTUNKNOWN);
    check(ask(w, "select count(*) from event where kind = 'message.bounced'") == 1);
}

static int64_t undelivered_of(struct world *w, const char *what)
{
    return ask(w, arena_z(&w->kept, arena_fmt(&w->kept,
                                              "select count(*) from undelivered "
                                              "where %s",
                                              what)));
}

// U9: who knows the Message-ID of a mail of ours knows nothing that only that mail carried.
static void a_report_of_anybody_marks_nothing(struct world *w)
{
    int64_t t = a_case(w);
    a_reply_of_ada(w, t);
    str id = outbox_text(w, "mail_id"), sender = outbox_text(w, "sender");
    struct ctx *cx = begin_as(w, ADA);
    struct ticket_at at = {{t}, TICKET_ANY_VERSION};
    struct ticket_waiting waits = {.for_what = TICKET_WAITING_CUSTOMER, .asked = cx->now};
    check(end(w, ticket_wait(cx, &at, &waits)) == OK);
    int64_t inbox = report_to(w, S("hilfe@nordlicht.example"), "hilfe@nordlicht.example", id,
                              "failed", "5.1.1");
    check(state(w, inbox) == INBOX_BOUNCE && ask_for(w, "ticket", inbox) == t);
    check(load(w, t).contact_mail_fails == 0 && load(w, t).status == TICKET_WAITING_CUSTOMER);
    check(ask(w, "select sent from message where kind = 1") == MESSAGE_QUEUED);
    check(undelivered_of(w, "unproven = 1 and message is not null") == 1);
    check(ask(w, "select count(*) from event where kind = 'message.bounced'") == 0);
    report_to(w, S("hilfe@nordlicht.example"), "x@y.example", id, "failed", "5.1.1");
    check(undelivered_of(w, "1 = 1") == 1);
    report_to(w, sender, "x@y.example", id, "failed", "5.1.1");    // the true one
    check(load(w, t).contact_mail_fails == BOUNCE_USERUNKNOWN
          && load(w, t).status == TICKET_OPEN);
    check(undelivered_of(w, "unproven = 0") == 1 && undelivered_of(w, "1 = 1") == 1);
    report_to(w, S("hilfe@nordlicht.example"), "x@y.example", id, "failed", "4.2.2");
    check(undelivered_of(w, "unproven = 0 and hard = 1") == 1);
}

static void another_mails_address_proves_nothing(struct world *w)
{
    int64_t t = a_case(w), other;
    a_reply_of_ada(w, t);
    str id = outbox_text(w, "mail_id");
    bring_from(w, "eve@fremd.example", "hilfe@nordlicht.example",
               S("From: eve@fremd.example\r\nSubject: x\r\n\r\nx\r\n"));
    work(w);
    other = ask(w, "select max(id) from ticket");
    check(other != t);
    a_reply_of_ada(w, other);
    report_to(w, outbox_text(w, "sender"), "x@y.example", id, "failed", "5.1.1");
    check(load(w, t).contact_mail_fails == 0);
    check(undelivered_of(w, "address = 'maja@kunde.example' and hard = 1") == 0);
}

static bool fails_after(struct world *w, int64_t t, str rcpt, const char *to)
{
    report_to(w, rcpt, to, outbox_text(w, "mail_id"), "failed", "5.1.1");
    bool fails = load(w, t).contact_mail_fails == BOUNCE_USERUNKNOWN;
    check(end(w, undelivered_clear(begin(w), S("maja@kunde.example"))) == OK);
    return fails;
}

// The Reply-To, which some servers write to, and the To of a mailbox that is fetched.
static void the_signed_addresses_prove_it(struct world *w)
{
    int64_t t = a_case(w);
    struct tenant desk;
    str reply = {0}, plain = S("hilfe@nordlicht.example");
    a_reply_of_ada(w, t);
    struct ctx *cx = begin(w);
    check(tenant_mine(cx, &desk) == OK);
    check(envelope_reply_to(cx, &desk, (ticket_id){t}, (contact_id){1}, &reply) == OK);
    reply = keep(w, reply);
    check(end(w, OK) == OK);
    check(!fails_after(w, t, plain, "x@y.example"));
    check(fails_after(w, t, reply, "x@y.example"));
    a_reply_of_ada(w, t);
    check(fails_after(w, t, plain, arena_z(&w->kept, outbox_text(w, "sender"))));
}

const struct test intake_bounce_tests[] = {
    T(a_bounce_marks_its_message),
    T(a_report_names_the_mail_by_its_id),
    T(a_bounce_of_nothing_is_seen_and_no_case),
    T(an_answer_to_the_bounce_address_arrives),
    T(a_hard_one_marks_the_address_until_it_writes),
    T(a_soft_one_does_not),
    T(of_none_of_ours_it_says_so),
    T(a_receipt_that_comes_back_is_seen_too),
    T(a_report_of_anybody_marks_nothing),
    T(another_mails_address_proves_nothing),
    T(the_signed_addresses_prove_it),
    {0},
};
