// SPDX-License-Identifier: GPL-3.0-or-later
#include "referral/referral.h"

#include "base/limits.h"
#include "intake/intake.h"
#include "outbox/envelope.h"
#include "outbox/outbox_test.h"

static void comes_in(struct world *w, const char *sender, str rcpt, str mail)
{
    struct spool s;
    int64_t inbox = 0;
    bool duplicate;
    struct ctx *cx = begin(w);
    check(spool_prepare(cx) == OK);
    spool_start(&s, cx);
    spool_add(&s, mail);
    check(spool_end(&s) == OK);
    struct intake_mail m = {INBOX_LMTP, rcpt, str_from_z(sender), &s, {0}};
    check(end(w, intake_store(cx, &m, &inbox, &duplicate)) == OK);
    static const struct intake_config config = {.auth_server = {"mx.desk.example", 15}};
    struct job_kind kinds[] = {intake_jobs[0], {0}};
    kinds[0].config = &config;
    arena_reset(&w->arena);
    struct ctx worker = {
        .arena = &w->arena, .db = w->db, .now = w->now, .data_dir = w->place.dir};
    check(job_drain(&worker, kinds) == OK);
}

static enum err start(struct world *w, ticket_id t, const struct referral_new *n,
                      referral_id *out)
{
    struct ctx *cx = begin_as(w, ADA);
    struct ticket_at at = {t, TICKET_ANY_VERSION};
    return end(w, referral_start(cx, &at, n, out));
}

static referral_id must_start(struct world *w, ticket_id t)
{
    referral_id id = {0};
    struct referral_new n = {.address = S("Werk@hersteller.example"),
                             .name = S("Werk Nord"),
                             .subject = S("Drucker [#1]"),
                             .text = S("Kennt ihr das?\n\n> Er druckt nicht.")};
    check(start(w, t, &n, &id) == OK);
    return id;
}

static struct mail sent_to_them(struct world *w, struct relay *r)
{
    later(w, 60);
    deliver(w, r);
    check_text(relay_mail(r, relay_count(r) - 1)->rcpt, S("werk@hersteller.example"));
    return parsed(w, r, relay_count(r) - 1);
}

static void X1_only_what_was_written(struct world *w)
{
    struct relay *r = relay_start();
    ticket_id t = a_case(w, "maja@kunde.example");
    must_start(w, t);
    struct mail m = sent_to_them(w, r);
    str all = relay_mail(r, 0)->bytes;
    check_text(m.text, S("Kennt ihr das?\n\n> Er druckt nicht.\n\n-- \nada\nNordlicht"));
    check(m.references.n == 0 && m.in_reply_to.n == 0 && m.to.n == 1 && m.cc.n == 0);
    check(str_find(all, S("maja")) < 0 && str_find(all, S("Maja")) < 0
          && str_find(all, S("first@kunde")) < 0 && str_find(all, S("http")) < 0);
    check_text(m.subject, S("Drucker [#1]"));
    relay_stop(r);
}

static void X1_what_is_missing_is_said(struct world *w)
{
    ticket_id t = a_case(w, "maja@kunde.example");
    referral_id id;
    struct referral_new bad[] = {
        {.address = S("werk"), .subject = S("x"), .text = S("y")},
        {.address = S("a@b.example"), .subject = S(" "), .text = S("y")},
        {.address = S("a@b.example"), .subject = S("x"), .text = S(" ")},
        {.address = S("MAJA@kunde.example"), .subject = S("x"), .text = S("y")},
    };
    for (isize i = 0; i < countof(bad); i++)
        check(start(w, t, &bad[i], &id) == ERR_INVALID);
    check(ask(w, "select count(*) from referral") == 0
          && ask(w, "select count(*) from outbox") == 0);
}

static void X1_a_name_is_one_line(struct world *w)
{
    struct relay *r = relay_start();
    ticket_id t = a_case(w, "maja@kunde.example");
    referral_id id;
    struct referral_new n = {.address = S("werk@hersteller.example"),
                             .name = S("Werk\r\nBcc: x@fremd.example"),
                             .subject = S("Drucker"),
                             .text = S("Kennt ihr das?")};
    check(start(w, t, &n, &id) == OK);
    struct mail m = sent_to_them(w, r);
    check(m.to.n == 1 && str_find(relay_mail(r, 0)->bytes, S("\nBcc:")) < 0);
    relay_stop(r);
}

static void X2_the_customer_sees_nothing(struct world *w)
{
    ticket_id t = a_case(w, "maja@kunde.example");
    referral_id id = must_start(w, t);
    struct ctx *cx = begin(w);
    struct message_page page;
    struct referral *list;
    isize n = 0;
    cx->who = (struct who){.tenant = {1}, .contact = {1}, .see = SEE_OWN};
    check(message_list(cx, t, (message_id){0}, 50, &page) == OK && page.n == 1);
    check(referral_list(cx, t, &list, &n) == OK && n == 0);
    check(end(w, OK) == OK);
    struct referral r;
    cx = begin_as(w, CEM);    // another team's
    check(end(w, referral_load(cx, id, &r)) == ERR_ABSENT);
    cx = begin_as(w, ADA);
    check(referral_list(cx, t, &list, &n) == OK && n == 1 && list[0].messages == 1);
    check(end(w, OK) == OK);
}

static const char proof[] = "Authentication-Results: mx.desk.example; dmarc=pass "
                            "header.from=hersteller.example\r\n";

static void answer_them(struct world *w, const struct mail *m, const char *from,
                        bool by_address, const char *extra)
{
    str rcpt = by_address ? m->reply_to.p[0].address : S("hilfe@nordlicht.example");
    str mail =
        arena_fmt(&w->kept,
                  "%sFrom: <%s>\r\nTo: <" STR_FMT
                  ">\r\nSubject: Re: Drucker\r\nMessage-ID: <%lld@hersteller.example>\r\n"
                  "In-Reply-To: <" STR_FMT ">\r\n\r\nJa, die Walze.\r\n",
                  extra, from, STR_ARG(rcpt), (long long)w->now.ms, STR_ARG(m->message_id));
    comes_in(w, from, rcpt, mail);
}

static int64_t answers(struct world *w, const char *which)
{
    return ask(w,
               arena_z(&w->kept,
                       arena_fmt(&w->kept,
                                 "select count(*) from message m join referral_message r on "
                                 "r.message = m.id where m.kind = 5 and m.internal = 1 and %s",
                                 which)));
}

static void X3_X4_answers_come_to_the_thread(struct world *w)
{
    struct relay *r = relay_start();
    ticket_id t = a_case(w, "maja@kunde.example");
    must_start(w, t);
    struct mail m = sent_to_them(w, r);
    answer_them(w, &m, "werk@hersteller.example", true, proof);
    check(answers(w, "verified = 1") == 1);
    later(w, 1);
    answer_them(w, &m, "werk@hersteller.example", false, "");    // by its id alone
    later(w, 1);
    answer_them(w, &m, "kollege@hersteller.example", true, proof);
    check(answers(w, "verified <> 1") == 2);
    check(ask(w, "select count(*) from ticket") == 1);
    check(ask(w, "select count(*) from message where kind = 4") == 1);
    check(ask(w, "select count(*) from outbox where automatic = 1") == 0);
    check(events(w, "referral.answered") == 3);
    relay_stop(r);
}

static void X3_the_address_fits_no_other_purpose(struct world *w)
{
    struct ctx *cx = begin(w);
    struct tenant desk;
    str outside = {0}, reply = {0}, id;
    ticket_id t;
    contact_id c;
    int64_t thread = 0;
    check(tenant_mine(cx, &desk) == OK);
    check(envelope_outside(cx, &desk, (ticket_id){7}, 9, &outside) == OK);
    check(envelope_reply_to(cx, &desk, (ticket_id){7}, (contact_id){9}, &reply) == OK);
    check(envelope_is_outside(cx, &desk, outside, &t, &thread) && t.n == 7 && thread == 9);
    check(!envelope_is_reply(cx, &desk, outside, &t, &c)
          && !envelope_is_bounce(cx, &desk, outside, &id));
    check(!envelope_is_outside(cx, &desk, reply, &t, &thread));
    check(end(w, OK) == OK);
}

static void X5_who_waits_for_the_vendor_works_again(struct world *w)
{
    struct relay *r = relay_start();
    ticket_id t = a_case(w, "maja@kunde.example");
    must_start(w, t);
    struct ctx *cx = begin_as(w, ADA);
    struct ticket_at at = {t, TICKET_ANY_VERSION};
    struct ticket_waiting vendor = {.for_what = TICKET_WAITING_VENDOR};
    check(end(w, ticket_wait(cx, &at, &vendor)) == OK);
    struct mail m = sent_to_them(w, r);
    answer_them(w, &m, "werk@hersteller.example", true, "");
    cx = begin(w);
    struct ticket now;
    check(ticket_load(cx, t, &now) == OK && now.status == TICKET_OPEN && now.contact.n == 1);
    check(end(w, OK) == OK);
    relay_stop(r);
}

static void X6_a_thread_follows_a_merge(struct world *w)
{
    ticket_id from = a_case(w, "maja@kunde.example"), into = a_case(w, "maja@kunde.example");
    referral_id id = must_start(w, from);
    struct ctx *cx = begin(w);
    struct ticket_at a = {from, TICKET_ANY_VERSION}, b = {into, TICKET_ANY_VERSION};
    check(end(w, message_merge(cx, &a, &b)) == OK);
    cx = begin(w);
    struct referral r;
    check(referral_load(cx, id, &r) == OK && r.ticket.n == into.n);
    check(referral_write(cx, &b, id, S("noch eins")) == OK && end(w, OK) == OK);
}

static str answered_with(struct world *w, const char *subject, const char *extra)
{
    return arena_fmt(
        &w->kept,
        "%sFrom: Werk <werk@hersteller.example>\r\nTo: <hilfe@nordlicht.example>\r\n"
        "Subject: %s\r\nMessage-ID: <%lld@hersteller.example>\r\n\r\nNeu.\r\n",
        extra, subject, (long long)w->now.ms);
}

static void writes(struct world *w, struct ticket_at at, referral_id id)
{
    struct ctx *cx = begin_as(w, ADA);
    check(end(w, referral_write(cx, &at, id, S("Und jetzt?"))) == OK);
}

// Another person of his house, or his program, answers under the number that it got there.
static void X7_his_number_goes_back_to_him(struct world *w)
{
    struct relay *r = relay_start();
    ticket_id t = a_case(w, "maja@kunde.example");
    referral_id id = must_start(w, t);
    struct ticket_at at = {t, TICKET_ANY_VERSION};
    struct mail m = sent_to_them(w, r);
    str receipt = arena_fmt(&w->kept,
                            "From: <no-reply@hersteller.example>\r\nAuto-Submitted: "
                            "auto-replied\r\nTo: <" STR_FMT ">\r\nSubject: [TS#9001] %s\r\n"
                            "Message-ID: <auto@hersteller.example>\r\n\r\nEingegangen.\r\n",
                            STR_ARG(m.reply_to.p[0].address), "Drucker");
    comes_in(w, "no-reply@hersteller.example", m.reply_to.p[0].address, receipt);
    writes(w, at, id);
    check_text(sent_to_them(w, r).subject, S("Drucker [#1] [TS#9001]"));
    struct referral *list;
    isize n = 0;
    struct ctx *cx = begin_as(w, ADA);
    check(referral_list(cx, t, &list, &n) == OK && n == 1);
    check_text(list[0].number, S("[TS#9001]"));
    check(end(w, OK) == OK);
    relay_stop(r);
}

static void X7_a_new_mail_finds_home_by_it(struct world *w)
{
    struct relay *r = relay_start();
    ticket_id t = a_case(w, "maja@kunde.example");
    must_start(w, t);
    struct mail m = sent_to_them(w, r);
    comes_in(w, "werk@hersteller.example", m.reply_to.p[0].address,
             answered_with(w, "[TS#9001] Drucker", proof));
    later(w, 1);
    comes_in(w, "werk@hersteller.example", S("hilfe@nordlicht.example"),
             answered_with(w, "Neues zu [TS#9001]", proof));
    check(answers(w, "verified = 1") == 2 && ask(w, "select count(*) from ticket") == 1);
    later(w, 1);
    comes_in(w, "werk@hersteller.example", S("hilfe@nordlicht.example"),
             answered_with(w, "Neues zu [TS#9001]", ""));
    check(ask(w, "select count(*) from ticket") == 2);    // not proven: a case of its own
    later(w, 1);
    comes_in(w, "werk@hersteller.example", S("hilfe@nordlicht.example"),
             answered_with(w, "Neues zu [TS#9002]", proof));
    check(ask(w, "select count(*) from ticket") == 3 && answers(w, "1 = 1") == 2);
    relay_stop(r);
}

static void X6_X7_the_number_follows_a_merge(struct world *w)
{
    struct relay *r = relay_start();
    ticket_id from = a_case(w, "maja@kunde.example"), into = a_case(w, "maja@kunde.example");
    referral_id id = must_start(w, from);
    struct mail m = sent_to_them(w, r);
    comes_in(w, "werk@hersteller.example", m.reply_to.p[0].address,
             answered_with(w, "[TS#9001] Drucker", proof));
    struct ctx *cx = begin(w);
    struct ticket_at a = {from, TICKET_ANY_VERSION}, b = {into, TICKET_ANY_VERSION};
    check(end(w, message_merge(cx, &a, &b)) == OK);
    writes(w, (struct ticket_at){into, TICKET_ANY_VERSION}, id);
    check_text(sent_to_them(w, r).subject, S("Drucker [#1] [TS#9001]"));
    later(w, 1);
    comes_in(w, "werk@hersteller.example", S("hilfe@nordlicht.example"),
             answered_with(w, "Neues zu [TS#9001]", proof));
    check(answers(w, "verified = 1") == 2 && ask(w, "select count(*) from ticket") == 2);
    cx = begin_as(w, ADA);
    struct referral now;
    check(referral_load(cx, id, &now) == OK && end(w, OK) == OK);
    check_text(now.number, S("[TS#9001]"));
    relay_stop(r);
}

static enum err take_back(struct world *w, int person, referral_id id, int64_t message,
                          struct referral_new *out)
{
    bool left = true;
    struct ctx *cx = begin_as(w, person);
    enum err err = end(w, referral_undo(cx, id, (message_id){message}, out, &left));
    check(err != OK || !left);
    return err;
}

static void X8_it_can_be_taken_back_like_a_reply(struct world *w)
{
    struct relay *r = relay_start();
    ticket_id t = a_case(w, "maja@kunde.example");
    referral_id id = must_start(w, t);
    int64_t m = ask(w, "select max(id) from message");
    struct referral_new again;
    later(w, LIMIT_UNDO_S - 1);
    deliver(w, r);
    check(relay_count(r) == 0 && take_back(w, CEM, id, m, &again) == ERR_ABSENT);
    check(take_back(w, EVA, id, m, &again) == ERR_ABSENT);    // sees it, did not write it
    check(take_back(w, ADA, id, m, &again) == OK);
    check_text(again.address, S("werk@hersteller.example"));
    check_text(again.text, S("Kennt ihr das?\n\n> Er druckt nicht."));
    check(take_back(w, ADA, id, m, &again) == ERR_STALE);
    later(w, 3600);
    deliver(w, r);
    check(relay_count(r) == 0 && events(w, "referral.undone") == 1);
    check(ask(w, "select count(*) from draft") == 0);    // no word of it in the reply
    struct ctx *cx = begin_as(w, ADA);
    struct referral *list;
    isize n = 1;
    check(referral_list(cx, t, &list, &n) == OK && n == 0 && end(w, OK) == OK);
    must_start(w, t);
    sent_to_them(w, r);
    check(take_back(w, ADA, (referral_id){2}, m + 1, &again) == ERR_STALE);
    relay_stop(r);
}

static void each_fault_leaves_all_or_nothing(struct world *w)
{
    ticket_id t = a_case(w, "maja@kunde.example");
    struct who ada = who_is(w, ADA);
    struct referral_new n = {.address = S("a@b.example"), .subject = S("x"), .text = S("y")};
    EACH_FAULT(w) {
        struct ctx *cx = begin_with(w, ada);
        struct ticket_at at = {t, TICKET_ANY_VERSION};
        referral_id id;
        enum err err = end(w, referral_start(cx, &at, &n, &id));
        int64_t made = ask(w, "select count(*) from referral");
        check(err == OK || db_failed(w->db));
        check(made == ask(w, "select count(*) from outbox")
              && made == ask(w, "select count(*) from referral_message"));
        check(made == (err == OK));
    }
}

const struct test referral_tests[] = {
    T(X1_only_what_was_written),
    T(X1_what_is_missing_is_said),
    T(X1_a_name_is_one_line),
    T(X2_the_customer_sees_nothing),
    T(X3_X4_answers_come_to_the_thread),
    T(X3_the_address_fits_no_other_purpose),
    T(X5_who_waits_for_the_vendor_works_again),
    T(X6_a_thread_follows_a_merge),
    T(X7_his_number_goes_back_to_him),
    T(X7_a_new_mail_finds_home_by_it),
    T(X6_X7_the_number_follows_a_merge),
    T(X8_it_can_be_taken_back_like_a_reply),
    T(each_fault_leaves_all_or_nothing),
    {0},
};
