// SPDX-License-Identifier: GPL-3.0-or-later
// Automatic mail: O7 and O9 of outbox.h.
#include "base/limits.h"
#include "outbox/outbox_test.h"

static bool automatic(struct world *w, ticket_id t, const char *rcpt)
{
    struct ctx *cx = begin(w);
    struct ticket c = {0};
    bool went = false;
    check(ticket_load(cx, t, &c) == OK);
    struct ticket_at at = ticket_at(&c);
    struct outbox_auto m = {.ticket = &c,
                            .rcpt = str_from_z(rcpt),
                            .subject = S("Ihr Anliegen ist bei uns"),
                            .text = S("Guten Tag"),
                            .contact = c.contact,
                            .answers = S("first@kunde.example")};
    check(end(w, outbox_automatic(cx, &at, &m, &went)) == OK);
    return went;
}

static void O7_it_says_so(struct world *w)
{
    struct relay *r = relay_start();
    ticket_id t = a_case(w, "maja@kunde.example");
    check(automatic(w, t, "maja@kunde.example"));
    deliver(w, r);
    struct mail m = parsed(w, r, 0);
    check_text(mail_field(&m, S("Auto-Submitted")), S("auto-replied"));
    check_text(mail_field(&m, S("X-Auto-Response-Suppress")), S("All"));
    check(mail_field(&m, S("X-Loop")).n == 24 && m.is_auto == MAIL_AUTO_REPLIED);
    check_text(m.in_reply_to.p[0], S("first@kunde.example"));
    check_text(m.subject, S("Ihr Anliegen ist bei uns"));
    check(str_find(relay_mail(r, 0)->bytes, S("Maja")) < 0
          && str_find(relay_mail(r, 0)->bytes, S("Drucker")) < 0);
    check(ask(w, "select count(*) from message where kind = 6 and sent = 2") == 1);
    relay_stop(r);
}

static void O7_one_an_hour_five_a_day(struct world *w)
{
    ticket_id t = a_case(w, "maja@kunde.example");
    int hours = 0, went = 0;
    for (; hours < 24; hours++) {
        if (went % 2 == 1)
            must_answer(w, t);    // so that it is no row
        went += automatic(w, t, "maja@kunde.example");
        check(!automatic(w, t, "maja@kunde.example"));
        later(w, 3600 / LIMIT_AUTO_PER_ADDRESS_H);
    }
    check(went == LIMIT_AUTO_PER_QUEUE_DAY);
    check(automatic(w, t, "other@kunde.example"));
    check(automatic(w, t, "maja@kunde.example"));    // the next day
}

// 25 forged senders behind one box are one address.
static void O7_a_plus_is_the_same_box(struct world *w)
{
    ticket_id t = a_case(w, "maja@kunde.example");
    check(automatic(w, t, "bomb+0@gmail.example"));
    check(!automatic(w, t, "bomb+1@gmail.example") && !automatic(w, t, "Bomb+2@Gmail.example"));
    check(!automatic(w, t, "bomb@gmail.example") && automatic(w, t, "bomber+1@gmail.example"));
}

static void O7_three_in_a_row_until_a_person_writes(struct world *w)
{
    ticket_id t = a_case(w, "maja@kunde.example");
    for (int day = 0; day < 10; day++, later(w, 86400))
        check(automatic(w, t, "maja@kunde.example") == (day < LIMIT_AUTO_IN_A_ROW));
    must_answer(w, t);
    check(automatic(w, t, "maja@kunde.example"));
    for (int i = 0; i < 5; i++, later(w, 86400))
        automatic(w, t, "maja@kunde.example");
    check(!automatic(w, t, "maja@kunde.example"));
    later(w, (LIMIT_AUTO_ROW_DAYS + 1) * 86400);
    check(automatic(w, t, "maja@kunde.example"));
}

static void many(struct world *w, ticket_id t, int n)
{
    char address[32] = "a00000@kunde.example";
    for (int i = 0; i < n; i++) {
        address[1] = (char)('a' + i / 26);
        address[2] = (char)('a' + i % 26);
        check(automatic(w, t, address));
    }
}

static int64_t leave_by(struct world *w, int64_t seconds)
{
    return ask(w,
               arena_z(&w->kept,
                       arena_fmt(&w->kept, "select count(*) from outbox where send_at <= %lld",
                                 (long long)(w->now.ms + seconds * 1000))));
}

static void O7_a_desk_does_not_flood(struct world *w)
{
    ticket_id t = a_case(w, "maja@kunde.example");
    many(w, t, LIMIT_AUTO_PER_DESK_10M * 2 + 20);
    check(leave_by(w, 599) == LIMIT_AUTO_PER_DESK_10M);
    check(leave_by(w, 1199) == LIMIT_AUTO_PER_DESK_10M * 2);
    check(leave_by(w, 1200) == LIMIT_AUTO_PER_DESK_10M * 2 + 20);
    struct outbox_counts c;
    check(outbox_count(begin(w), &c) == OK && end(w, OK) == OK);
    check(c.put_off == LIMIT_AUTO_PER_DESK_10M + 20 && events(w, "outbox.auto_stopped") == 0);
    later(w, 1801);
    check(automatic(w, t, "late@kunde.example")
          && leave_by(w, 0) == LIMIT_AUTO_PER_DESK_10M * 2 + 21);
}

static void O7_put_off_for_hours_is_of_no_use(struct world *w)
{
    ticket_id t = a_case(w, "maja@kunde.example");
    many(w, t, LIMIT_AUTO_PER_DESK_10M);
    struct ctx *cx = begin(w);
    check(db_script(cx, arena_z(cx->arena,
                                arena_fmt(cx->arena, "update outbox set send_at = send_at + %d",
                                          (int)LIMIT_AUTO_PUT_OFF_S * 1000 - 599000)))
          == OK);
    check(end(w, OK) == OK);
    check(!automatic(w, t, "late@kunde.example") && events(w, "outbox.auto_stopped") == 1);
    later(w, 2);
    check(automatic(w, t, "late@kunde.example"));
}

static void O7_what_was_put_off_leaves_unless_answered(struct world *w)
{
    struct relay *r = relay_start();
    ticket_id mine = a_case(w, "maja@kunde.example"), other = a_case(w, "ole@kunde.example");
    many(w, mine, LIMIT_AUTO_PER_DESK_10M);
    struct ctx *cx = begin(w);
    check(db_script(cx, "delete from job") == OK
          && end(w, OK) == OK);    // those are of no interest
    check(automatic(w, mine, "maja@kunde.example") && automatic(w, other, "ole@kunde.example"));
    deliver(w, r);
    check(relay_count(r) == 0);
    must_answer(w, mine);
    later(w, 600);
    deliver(w, r);
    check(relay_count(r) == 2);    // the answer, and the receipt of the other one
    check(ask(w, "select count(*) from outbox where state = 6 and rcpt = 'maja@kunde.example'")
          == 1);
    check(ask(w, "select count(*) from message where kind = 6 and sent = 4") == 1);
    check(ask(w, "select count(*) from outbox where state = 4 and rcpt = 'ole@kunde.example'")
          == 1);
    relay_stop(r);
}

static void O7_not_to_what_is_no_address(struct world *w)
{
    ticket_id t = a_case(w, "maja@kunde.example");
    check(!automatic(w, t, "-oQ/tmp@kunde.example") && !automatic(w, t, "x")
          && !automatic(w, t, ""));
}

static bool notice(struct world *w, const char *rcpt)
{
    struct ctx *cx = begin(w);
    struct outbox_notice m = {.rcpt = str_from_z(rcpt),
                              .subject = S("Links zu Ihren Anliegen"),
                              .text = S("Guten Tag\n"),
                              .most = 3};
    bool went = false;
    check(end(w, outbox_notice(cx, &m, &went)) == OK);
    return went;
}

static void O9_a_notice_belongs_to_no_case(struct world *w)
{
    struct relay *r = relay_start();
    check(notice(w, "maja@kunde.example"));
    check(ask(w, "select count(*) from outbox where ticket is null and message is null") == 1);
    deliver(w, r);
    check(relay_count(r) == 1 && state(w) == OUTBOX_SENT);
    struct mail m = parsed(w, r, 0);
    check_text(mail_field(&m, S("Auto-Submitted")), S("auto-generated"));
    check_text(m.subject, S("Links zu Ihren Anliegen"));
    check(str_find(m.text, S("Guten Tag")) == 0 && str_find(m.text, S("Nordlicht")) > 0);
    check(m.references.n == 0 && ask(w, "select count(*) from message") == 0);
    relay_stop(r);
}

static void O9_it_bounces_and_is_tried_again_without_a_message(struct world *w)
{
    check(notice(w, "maja@kunde.example"));
    check(deliver_to(w, S("")) == OK && state(w) == OUTBOX_KEPT);
    struct ctx *cx = begin(w);
    struct outbox_row *row;
    isize n = 0;
    check(outbox_list(cx, OUTBOX_KEPT, &row, &n) == OK && n == 1 && row[0].number == 0);
    str mail_id = keep(w, row[0].mail_id);
    check(outbox_retry(cx, row[0].id) == OK);
    check(end(w, OK) == OK);
    came_back(w, mail_id, "maja@kunde.example", "failed", BOUNCE_USERUNKNOWN);
    check(state(w) == OUTBOX_BOUNCED && events(w, "message.bounced") == 0);
    check(ask(w, "select count(*) from undelivered where ticket is null and hard = 1") == 1);
}

static void O9_three_an_hour_whatever_else_was_sent(struct world *w)
{
    ticket_id t = a_case(w, "maja@kunde.example");
    check(automatic(w, t, "maja@kunde.example"));
    for (int i = 0; i < 5; i++)
        check(notice(w, "maja@kunde.example") == (i < 3));
    check(notice(w, "other@kunde.example") && !notice(w, "x"));
    later(w, 3600);
    check(notice(w, "maja@kunde.example"));
}

const struct test outbox_auto_tests[] = {
    T(O7_it_says_so),
    T(O7_one_an_hour_five_a_day),
    T(O7_a_plus_is_the_same_box),
    T(O7_three_in_a_row_until_a_person_writes),
    T(O7_a_desk_does_not_flood),
    T(O7_put_off_for_hours_is_of_no_use),
    T(O7_what_was_put_off_leaves_unless_answered),
    T(O7_not_to_what_is_no_address),
    T(O9_a_notice_belongs_to_no_case),
    T(O9_it_bounces_and_is_tried_again_without_a_message),
    T(O9_three_an_hour_whatever_else_was_sent),
    {0},
};
