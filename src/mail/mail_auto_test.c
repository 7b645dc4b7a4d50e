// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/test.h"

#include "mail/message.h"

static struct mail parsed(struct world *w, str head)
{
    mail_start();
    arena_reset(&w->arena);
    struct ctx cx = {.arena = &w->arena, .lang = LANG_EN};
    struct mail m = {0};
    check(mail_parse(&cx, arena_join(&w->arena, head, S("\n\nx\n")), &m) == OK);
    return m;
}

static enum mail_auto kind(struct world *w, const char *head)
{
    return parsed(w, str_from_z(head)).is_auto;
}

static const char report[] =
    "From: MAILER-DAEMON@mx.example\nTo: us@x.de\nSubject: Undelivered Mail\n"
    "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n"
    "--b\n\nIt did not arrive.\n--b\nContent-Type: message/delivery-status\n\n"
    "Reporting-MTA: dns; mx.example\n\n"
    "Final-Recipient: rfc822; a@y.de\nAction: FAILED\nStatus: 5.1.1 (no such user)\n"
    "Diagnostic-Code: smtp; 550 5.1.1\n  unknown\n\n"
    "Original-Recipient: rfc822;b@y.de\nAction: delayed\nStatus: 4.4.1\n"
    "--b\nContent-Type: text/rfc822-headers\n\nSubject: ours\nMessage-ID: <ours@x.de>\n--b--";

static void A1_bounces(struct world *w)
{
    check(kind(w, report) == MAIL_AUTO_BOUNCE);
    check(kind(w, "From: a@x.de\nContent-Type: multipart/report; boundary=b\n\n--b\n\nx\n--b\n"
                  "Content-Type: message/delivery-status\n\nX: y\n--b--")
          == MAIL_AUTO_BOUNCE);
    check(kind(w, "From: mailer-daemon@x.de\nSubject: x") == MAIL_AUTO_BOUNCE);
    check(kind(w, "From: Mail Delivery <MAILER-DAEMON>\nSubject: x") == MAIL_AUTO_BOUNCE);
    check(kind(w, "From: MAILER-DAEMON <>\nSubject: Mail delivery failed") == MAIL_AUTO_BOUNCE);
    check(kind(w, "Subject: Mail delivery failed") == MAIL_AUTO_BOUNCE);
    check(kind(w, "From: a@x.de\nX-Failed-Recipients: b@y.de") == MAIL_AUTO_BOUNCE);
    check(kind(w, "Return-Path: <>\nFrom: a@x.de\nSubject: Undeliverable: x")
          == MAIL_AUTO_BOUNCE);
    check(kind(w, "From: postmaster@x.de\nSubject: Unzustellbar: x") == MAIL_AUTO_BOUNCE);
    check(kind(w, "From: a@x.de\nSubject: Undelivered parcel") == MAIL_AUTO_NO);
    check(kind(w, "Return-Path: <>\nFrom: a@x.de\nSubject: x\n\nIt could not be delivered.")
          == MAIL_AUTO_BOUNCE);
}

static const char words_of_a_postmaster[] =
    "Return-Path: <postmaster@x.de>\nFrom: postmaster@x.de\nSubject: Frage\n"
    "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nMail to you could not be delivered: "
    "550 no such user, in reply to RCPT TO.\n--b%s--";

static void A1_a_postmaster_may_be_a_person(struct world *w)
{
    str returned = S("\nContent-Type: message/rfc822\n\nSubject: x\n\nx\n--b");
    str alone = arena_fmt(&w->kept, words_of_a_postmaster, "");
    str with = arena_fmt(&w->kept, words_of_a_postmaster, arena_z(&w->kept, returned));
    check(parsed(w, alone).is_auto == MAIL_AUTO_GENERATED);    // A5
    check(parsed(w, with).is_auto == MAIL_AUTO_BOUNCE);
}

static const char refused_by_a_filter[] =
    "From: Mail Delivery Subsystem <admin@x.de>\nTo: us@x.de\nSubject: Automatically rejected "
    "mail\nAuto-Submitted: auto-replied (rejected)\nContent-Type: multipart/report; "
    "report-type=disposition-notification; boundary=b\n\n--b\n\nYour message to <a@y.de> was "
    "automatically rejected:\nQuota exceeded\n--b\nContent-Type: "
    "message/disposition-notification\n\nReporting-UA: mx; Dovecot\nFinal-Recipient: rfc822; "
    "a@y.de\nDisposition: automatic-action/MDN-sent-automatically; deleted\n--b--";

static void A1_what_a_filter_refuses_is_one(struct world *w)
{
    struct mail m = parsed(w, str_from_z(refused_by_a_filter));
    check(m.is_auto == MAIL_AUTO_BOUNCE && m.bounces == 1);
    check_text(m.bounce[0].recipient, S("a@y.de"));
    check(m.bounce[0].reason == BOUNCE_MAILBOXFULL && !m.bounce[0].hard);
    isize at = str_find(str_from_z(refused_by_a_filter), S(" (rejected)"));
    str before = str_head(str_from_z(refused_by_a_filter), at),
        after = str_cut(str_from_z(refused_by_a_filter), at + 11);
    check(parsed(w, arena_join(&w->kept, before, after)).is_auto == MAIL_AUTO_REPLIED);
}

static void A1_machines_that_say_so(struct world *w)
{
    static const char *const marks[] = {"Precedence: bulk\n", "Auto-Submitted: auto-replied\n",
                                        ""};
    for (isize i = 0; i < countof(marks); i++) {
        str mail = arena_fmt(&w->kept,
                             "From: admin@x.de\nSubject: Non-Delivery: x\n%s\n"
                             "It could not be delivered to <a@y.de>",
                             marks[i]);
        check((parsed(w, mail).is_auto == MAIL_AUTO_BOUNCE) == (marks[i][0] != 0));
    }
    check(kind(w, "From: a@x.de\nPrecedence: bulk\nSubject: Delivery failure rates\n\nNews")
          == MAIL_AUTO_BULK);
    check(kind(w,
               "Return-Path: <MAILER-DAEMON@us>\nFrom: imss@x.de\nSubject: Mail could not be "
               "delivered")
          == MAIL_AUTO_BOUNCE);
}

static void A2_rfc_3834(struct world *w)
{
    check(kind(w, "From: a@x.de\nAuto-Submitted: auto-replied (vacation)")
          == MAIL_AUTO_REPLIED);
    check(kind(w, "From: a@x.de\nAuto-Submitted: auto-generated") == MAIL_AUTO_GENERATED);
    check(kind(w, "From: a@x.de\nAuto-Submitted: auto-generated\nIn-Reply-To: <1@x.de>")
          == MAIL_AUTO_REPLIED);
    check(kind(w, "From: a@x.de\nAuto-Submitted: auto-notified; x=y") == MAIL_AUTO_GENERATED);
    check(kind(w, "From: a@x.de\nAuto-Submitted: no") == MAIL_AUTO_NO);
    check_text(parsed(w, S("From: a@x.de\nAuto-Submitted: auto-replied")).auto_because,
               S("Auto-Submitted"));
}

static void A3_older_answers(struct world *w)
{
    check(kind(w, "From: a@x.de\nX-Autoreply: yes\nPrecedence: bulk") == MAIL_AUTO_REPLIED);
    check(kind(w, "From: a@x.de\nPrecedence: auto_reply") == MAIL_AUTO_REPLIED);
    check(kind(w, "From: a@x.de\nSubject: Automatische Antwort: Frage") == MAIL_AUTO_REPLIED);
    check(kind(w, "From: a@x.de\nSubject: Out of Office Re: x") == MAIL_AUTO_REPLIED);
    check(kind(w, "From: a@x.de\nSubject: AW: Automatische Antwort: Frage") == MAIL_AUTO_NO);
    check(kind(w,
               "From: a@x.de\nContent-Type: multipart/report; boundary=b\n\n--b\n\nread\n--b\n"
               "Content-Type: message/disposition-notification\n\nDisposition: x\n--b--")
          == MAIL_AUTO_REPLIED);
}

static void A4_bulk(struct world *w)
{
    check(kind(w, "From: a@x.de\nPrecedence: list") == MAIL_AUTO_BULK);
    check(kind(w, "From: a@x.de\nList-Unsubscribe: <mailto:x@y.de>") == MAIL_AUTO_BULK);
    check(kind(w, "From: a@x.de\nPrecedence: normal") == MAIL_AUTO_NO);
}

static void A5_machines_that_want_no_answer(struct world *w)
{
    check(kind(w, "Return-Path: <>\nFrom: a@x.de\nSubject: x") == MAIL_AUTO_GENERATED);
    check(kind(w, "From: a@x.de\nX-Auto-Response-Suppress: OOF, AutoReply")
          == MAIL_AUTO_GENERATED);
    check(kind(w, "From: a@x.de\nX-Auto-Response-Suppress: None") == MAIL_AUTO_NO);
    check(kind(w, "From: shop.noreply@x.de") == MAIL_AUTO_GENERATED);
    check(kind(w, "From: nicht-antworten@x.de") == MAIL_AUTO_GENERATED);
    check(kind(w,
               "From: a@x.de\nContent-Type: multipart/mixed; boundary=b\n\n--b\n"
               "Content-Type: message/rfc822\n\nX-HmXmrOriginalRecipient: c@y.de\n\nx\n--b--")
          == MAIL_AUTO_GENERATED);
    check(kind(w, "From: notker@x.de\nReturn-Path: <notker@x.de>") == MAIL_AUTO_NO);
}

const struct test mail_auto_tests[] = {
    T(A1_bounces),
    T(A1_a_postmaster_may_be_a_person),
    T(A1_what_a_filter_refuses_is_one),
    T(A1_machines_that_say_so),
    T(A2_rfc_3834),
    T(A3_older_answers),
    T(A4_bulk),
    T(A5_machines_that_want_no_answer),
    {0},
};
