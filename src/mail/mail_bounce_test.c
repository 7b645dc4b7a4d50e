// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/test.h"

#include "mail/bounce.h"
#include "mail/bounce_notice.h"
#include "mail/bounce_sns.h"
#include "mail/message.h"

static struct mail parsed(struct world *w, str bytes)
{
    mail_start();
    arena_reset(&w->arena);
    struct ctx cx = {.arena = &w->arena, .lang = LANG_EN};
    struct mail m = {0};
    check(mail_parse(&cx, bytes, &m) == OK);
    return m;
}

static struct mail notice(struct world *w, const char *text)
{
    return parsed(w, arena_fmt(&w->kept,
                               "Return-Path: <>\nFrom: MAILER-DAEMON@mx.example\n"
                               "To: us@x.de\nSubject: failure notice\n\n%s\n",
                               text));
}

static const char report[] =
    "From: MAILER-DAEMON@mx.example\nTo: us@x.de\nSubject: Undelivered Mail\n"
    "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n"
    "--b\n\n<a@y.de>: host mx.y.de said: 550 5.1.1 unknown (in reply to RCPT TO command)\n"
    "--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\n"
    "Final-Recipient: rfc822; a@y.de\nAction: FAILED\nStatus: 5.0.0 (no such user)\n"
    "Diagnostic-Code: smtp; 550 5.1.1\n  User unknown\n\n"
    "Original-Recipient: rfc822;b@y.de\nAction: delayed\nStatus: 4.4.1\n%s"
    "--b\nContent-Type: text/rfc822-headers\n\nSubject: ours\nMessage-ID: <ours@x.de>\n--b--";

// --- B: bounce.h ---------------------------------------------------------------------------

static void B1_each_recipient_of_a_report(struct world *w)
{
    struct mail m = parsed(w, arena_fmt(&w->kept, report, ""));
    check(m.bounces == 2);
    check_text(m.report, S("delivery-status"));
    check_text(m.bounce[0].recipient, S("a@y.de"));
    check_text(m.bounce[0].action, S("failed"));
    check_text(m.bounce[0].status, S("5.1.1"));
    check_text(m.bounce[0].reply, S("550"));
    check_text(m.bounce[0].diagnostic, S("550 5.1.1 User unknown"));
    check(m.bounce[0].reason == BOUNCE_USERUNKNOWN && m.bounce[0].hard);
    check_text(m.bounce[1].recipient, S("b@y.de"));
    check_text(m.bounce[1].status, S("4.4.1"));
    check(m.bounce[1].reason == BOUNCE_EXPIRED && !m.bounce[1].hard);
}

static void B1_groups_without_a_line_between(struct world *w)
{
    struct mail m = parsed(w, arena_fmt(&w->kept, report,
                                        "Final-Recipient: rfc822; c@y.de\nStatus: 5.2.2\n"
                                        "Final-Recipient: rfc822; d@y.de\nStatus: 5.1.1\n"));
    check(m.bounces == 3);
    check_text(m.bounce[1].recipient, S("c@y.de"));
    check_text(m.bounce[2].recipient, S("d@y.de"));
    check(m.bounce[2].reason == BOUNCE_USERUNKNOWN);
}

static void B1_groups_in_the_text(struct world *w)
{
    struct mail m = notice(w, "It failed.\n\nReporting-MTA: dns; x\n\n"
                              "Final-Recipient: rfc822; a@y.de\nStatus: 5.2.2\n");
    check(m.bounces == 1 && m.bounce[0].reason == BOUNCE_MAILBOXFULL);
    check_text(m.bounce[0].recipient, S("a@y.de"));
}

static void B2_the_mail_that_came_back(struct world *w)
{
    check_text(parsed(w, arena_fmt(&w->kept, report, "")).bounced_id, S("ours@x.de"));
    check_text(notice(w, "<a@y.de>: no\n\nReceived: from x\n  by y\nMessage-ID: <i@x.de>\n"
                         "Subject: s\n\nx")
                   .bounced_id,
               S("i@x.de"));
}

static void B3_where_recipients_are_found(struct world *w)
{
    struct mail m =
        parsed(w, S("From: mailer-daemon@x.de\nX-Failed-Recipients: a@y.de, b@y.de\n"
                    "Subject: x\n\n<c@y.de>: no\n"));
    check(m.bounces == 2);
    check_text(m.bounce[1].recipient, S("b@y.de"));
    m = notice(w, "<c@y.de>:\nno such user\n");
    check(m.bounces == 1 && m.bounce[0].reason == BOUNCE_USERUNKNOWN);
    m = notice(w, "We were asked to give something to c@y.de and did not.\n");
    check(m.bounces == 1);
    check_text(m.bounce[0].recipient, S("c@y.de"));
    m = notice(w, "It failed.\n\nReceived: from x\n  by y\nTo: d@y.de\nSubject: s\n\nx");
    check(m.bounces == 1);
    check_text(m.bounce[0].recipient, S("d@y.de"));
}

static void B4_the_nearest_status_counts(struct world *w)
{
    struct mail m = parsed(w, arena_fmt(&w->kept, report,
                                        "\nFinal-Recipient: rfc822; c@y.de\nStatus: 5.1.1\n"
                                        "Diagnostic-Code: smtp; 550 5.7.1 blacklisted\n"));
    check_text(m.bounce[2].status, S("5.7.1"));
    check_text(notice(w, "<c@y.de>:\nno such user\n").bounce[0].status, S("5.0.911"));
    check_text(notice(w, "<c@y.de>:\nretry timeout exceeded\n").bounce[0].status, S("4.0.947"));
}

static void B5_what_arrived_is_left_out(struct world *w)
{
    const char *also = "\nFinal-Recipient: rfc822; c@y.de\nAction: delivered\nStatus: 2.0.0\n";
    check(parsed(w, arena_fmt(&w->kept, report, also)).bounces == 2);
    struct mail m =
        notice(w, "Final-Recipient: rfc822; a@y.de\nAction: relayed\nStatus: 2.1.5");
    check(m.bounces == 1 && m.bounce[0].reason == BOUNCE_DELIVERED && !m.bounce[0].hard);
}

static void B6_a_complaint(struct world *w)
{
    struct mail m = parsed(
        w, S("From: fbl@y.de\nContent-Type: multipart/report; report-type=feedback-report; "
             "boundary=b\n\n--b\n\nSpam!\n--b\nContent-Type: message/feedback-report\n\n"
             "Feedback-Type: abuse\nOriginal-Rcpt-To: <c@y.de>\n--b\n"
             "Content-Type: message/rfc822\n\nMessage-ID: <ours@x.de>\n\nx\n--b--"));
    check(m.is_auto == MAIL_AUTO_GENERATED && m.bounces == 1);
    check_text(m.bounce[0].recipient, S("c@y.de"));
    check(m.bounce[0].reason == BOUNCE_FEEDBACK && !m.bounce[0].hard);
    check_text(m.bounced_id, S("ours@x.de"));
}

static void B7_notifications_in_json(struct world *w)
{
    str text = S("{\"notificationType\":\"Bounce\",\"bounce\":{\"bouncedRecipients\":[{"
                 "\"emailAddress\":\"c@y.de\",\"action\":\"failed\",\"sta!\n tus\":\"5.1.1\","
                 "\"diagnosticCode\":\"smtp; 550 5.1.1 no\"},{\"emailAddress\":\"d@y.de\"}]}}");
    struct mail m =
        parsed(w, arena_join(&w->kept, S("From: no-reply@sns.example\nSubject: x\n\n"), text));
    check(m.is_auto == MAIL_AUTO_BOUNCE && m.bounces == 2);
    check_text(m.bounce[0].status, S("5.1.1"));
    check_text(m.bounce[0].diagnostic, S("550 5.1.1 no"));
    check_text(m.bounce[1].recipient, S("d@y.de"));
    check_text(bounce_sns_kind(S("{\"Message\":\"{\\\"notificationType\\\":\\\"Complaint\\\"")),
               S("Complaint"));
    check(bounce_sns_kind(S("I ask about notificationType: Bounce")).n == 0);
}

// --- C: bounce_code.h ----------------------------------------------------------------------

static void C1_C2_status(struct world *w)
{
    (void)w;
    static const char *const table[][2] = {
        {"550 5.1.1 no", "5.1.1"},
        {"(#5.1.2)", "5.1.2"},
        {"5.0.0 and 5.2.2 and 5.0.0", "5.2.2"},
        {"554 4.4.7 expired <421 4.4.2 timed out>", "4.4.2"},
        {"5.0.0", "5.0.0"},
        {"4.4.4.4 and 15.1.1 and v5.1.1 and 5.1.1.2 and 5.1 and 5.1.1234", ""},
        {"3.1.1", ""},
        {"5.7.509 x", "5.7.509"},
        {"5.1.1.", "5.1.1"},
    };
    for (isize i = 0; i < countof(table); i++)
        check_text(bounce_code_status(str_from_z(table[i][0])), str_from_z(table[i][1]));
}

static void C3_reply(struct world *w)
{
    (void)w;
    check_text(bounce_code_reply(S("550 no")), S("550"));
    check_text(bounce_code_reply(S("host x[1.2.3.4] said: 552 full")), S("552"));
    check_text(bounce_code_reply(S("<<< 421\nmore")), S("421"));
    check_text(bounce_code_reply(S("a message of 500 bytes")), S(""));
    check_text(bounce_code_reply(S("[1.2.3.4]:25: timed out; 5500 bytes; 592 x")), S(""));
}

static void C4_command(struct world *w)
{
    (void)w;
    check(bounce_code_command(S("in reply to RCPT TO command")) == COMMAND_RCPT);
    check(bounce_code_command(S(">>> RCPT TO\n<<< 250\n>>> DATA\n<<< 550")) == COMMAND_DATA);
    check(bounce_code_command(S("after MAIL FROM:<a@x>")) == COMMAND_MAIL);
    check(bounce_code_command(S("refused to talk to me")) == COMMAND_CONNECT);
    check(bounce_code_command(S("the METADATA is wrong")) == COMMAND_UNKNOWN);
}

static void C5_plain_words(struct world *w)
{
    check_text(bounce_code_plain(&w->arena, S("550-5.7.1 Has Been\n  550-5.7.1 Blocked.\n550 "
                                              "5.7.1  It wasn’t")),
               S("has been blocked. it wasn't"));
    check_text(bounce_code_plain(&w->arena, S("552-5.7.0 A")), S("a"));
    check_text(bounce_code_plain(&w->arena, S("a\n\nB")), S("a -- b"));
}

static void C6_what_the_server_said(struct world *w)
{
    (void)w;
    check_text(
        bounce_code_answer(S("MX x said:\n>>> RCPT\n<<< 250 ok\n<<< 550 no\nmore\n\nbye")),
        S("550 no\nmore"));
    check_text(bounce_code_answer(S("it is 550 years old")), S(""));
}

static void B4_a_word_beside_the_status(struct world *w)
{
    const char *also = "\nFinal-Recipient: rfc822; c@y.de\nStatus: 5.2.1\n"
                       "X-PowerMTA-BounceCategory: bad-mailbox\n";
    struct mail m = parsed(w, arena_fmt(&w->kept, report, also));
    check(m.bounces == 3 && m.bounce[2].reason == BOUNCE_USERUNKNOWN);
}

// --- T: bounce_notice.h --------------------------------------------------------------------

static struct bounce_notice read_notice(struct world *w, const char *text)
{
    struct mail_address us = {.address = S("us@x.de")};
    return bounce_notice_read(&w->arena, str_from_z(text), (struct mail_addresses){&us, 1});
}

static void T1_where_the_notice_ends(struct world *w)
{
    struct bounce_notice n = read_notice(
        w, "It failed:\nTo: nobody\n\nReceived: from x\n by y\nSubject: z\n\nhello\n");
    check_text(str_trim(n.text), S("It failed:\nTo: nobody"));
    check(str_starts(n.returned, S("Received:")));
    n = read_notice(w, "Final-Recipient: rfc822; a@y.de\nAction: failed\nMessage-ID: <1@x>\n");
    check(n.returned.n == 0);
    n = read_notice(w, "Message-ID: <1@x>\nthat was it\n");
    check(n.returned.n == 0);
    n = read_notice(
        w, "<a@y.de>:\n550 no\n--- Below this line is a copy of the message.\n\n<b@y.de>:\n");
    check(n.n == 1 && str_starts(str_trim(n.returned), S("<b@y.de>:")));
}

static void T2_lines_that_name_a_recipient(struct world *w)
{
    static const char *const lines[] = {
        "<a@y.de>:",
        "<a@y.de>: host mx said: 550 no",
        "a@y.de: Network error",
        "  * a@y.de",
        ">>> a@y.de <a@y.de>",
        "a@y.de [User unknown]",
        "a@y.de - no such user here.",
        "Recipient: [SMTP:a@y.de]",
        "c=US;a= ;p=X;o=Y;dda:SMTP=a@y.de; on Fri, 4 Oct",
        "a@y.de on Thu, 29 Apr 2010",
        "\"a@y.de\":",
        "Recipient: <a@y.de>",
        "Your mail could not be delivered to: <a@y.de>",
        "There was an error delivering your mail to <a@y.de>.",
        "User's mailbox is full: <a@y.de>",
        "a@y.de Invalid Address, ERROR_CODE :550, no",
        "554 <a@y.de>... 550 Host unknown",
    };
    for (isize i = 0; i < countof(lines); i++) {
        struct bounce_notice n = read_notice(w, lines[i]);
        check(n.n == 1);
        check_text(n.said[0].recipient, S("a@y.de"));
    }
    static const char *const others[] = {
        "To: a@y.de",
        "  From: a@y.de",
        "For help ask <a@y.de>",
        "write to a@y.de and wait",
        ">>> MAIL FROM:<a@y.de>",
        "MX.y.de: gone",
    };
    for (isize i = 0; i < countof(others); i++)
        check(read_notice(w, others[i]).n == 0);
}

static void T3_T4_what_is_said_about_whom(struct world *w)
{
    struct bounce_notice n =
        read_notice(w, "Hi.\n<a@y.de>:\nfull\nquite full\n<b@y.de>: gone\n");
    check(n.n == 2);
    check_text(str_trim(n.said[0].text), S("<a@y.de>:\nfull\nquite full"));
    check_text(str_trim(n.said[1].text), S("<b@y.de>: gone"));
    n = read_notice(w, "While talking to mx:\n<<< 501 no\n554 <a@y.de>... protocol\n"
                       "550 y.de... unknown\n554 <b@y.de>... Host unknown\n");
    check(n.n == 2);
    check_text(n.said[0].text, S("While talking to mx:\n<<< 501 no\n554 <a@y.de>... protocol"));
    check_text(n.said[1].text, S("550 y.de... unknown\n554 <b@y.de>... Host unknown"));
}

static void T5_not_the_writer_nobody_twice(struct world *w)
{
    struct bounce_notice n =
        read_notice(w, "<us@x.de>\n<a@y.de>: no\n\n<A@y.de>: no, really\n");
    check(n.n == 1);
    check_text(bounce_notice_any(
                   S("for us@x.de\nthat is: a@y.de"),
                   (struct mail_addresses){&(struct mail_address){.address = S("us@x.de")}, 1}),
               S("a@y.de"));
}

static void B8_what_a_relay_said_to_our_face(struct world *w)
{
    static const struct {
        const char *said, *status;
        enum bounce_reason reason;
        bool hard;
    } table[] = {
        {"550 5.1.1 <x@y.de>: Recipient address rejected: User unknown", "5.1.1",
         BOUNCE_USERUNKNOWN, true},
        {"550 no such user here", "5.0.911", BOUNCE_USERUNKNOWN, true},
        {"554 5.7.1 <x@y.de>: Relay access denied", "5.7.1", BOUNCE_NORELAYING, false},
        {"552 5.3.4 Message size exceeds fixed limit", "5.3.4", BOUNCE_MESGTOOBIG, false},
        {"", "5.0.900", BOUNCE_UNDEFINED, false},
    };
    for (isize i = 0; i < countof(table); i++) {
        struct mail_bounce b =
            bounce_of_reply(&w->arena, S("x@y.de"), str_from_z(table[i].said));
        check(b.reason == table[i].reason && b.hard == table[i].hard);
        check_text(b.status, str_from_z(table[i].status));
        check_text(b.recipient, S("x@y.de"));
    }
}

const struct test mail_bounce_tests[] = {
    T(B1_each_recipient_of_a_report),
    T(B1_groups_without_a_line_between),
    T(B1_groups_in_the_text),
    T(B2_the_mail_that_came_back),
    T(B3_where_recipients_are_found),
    T(B4_the_nearest_status_counts),
    T(B5_what_arrived_is_left_out),
    T(B6_a_complaint),
    T(B7_notifications_in_json),
    T(B8_what_a_relay_said_to_our_face),
    T(C1_C2_status),
    T(C3_reply),
    T(C4_command),
    T(C5_plain_words),
    T(C6_what_the_server_said),
    T(B4_a_word_beside_the_status),
    T(T1_where_the_notice_ends),
    T(T2_lines_that_name_a_recipient),
    T(T3_T4_what_is_said_about_whom),
    T(T5_not_the_writer_nobody_twice),
    {0},
};
