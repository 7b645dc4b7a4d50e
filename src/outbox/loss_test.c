// SPDX-License-Identifier: GPL-3.0-or-later
// What does not arrive: loss.h, and O5 O8 O10 O13 of outbox.h.
#include "base/limits.h"
#include "outbox/outbox_test.h"
#include "undelivered/undelivered.h"

static bool unreached(struct world *w)
{
    return ask(w, "select count(*) from unreached") == 1;
}

static void O5_a_refusal_is_told_like_a_bounce(struct world *w)
{
    struct relay *r = relay_start();
    ticket_id t = a_case(w, "maja@kunde.example");
    relay_will(r, RELAY_REFUSE);
    must_answer(w, t);
    later(w, 60);
    deliver(w, r);
    check(ask(w, "select count(*) from undelivered where hard = 1 and inbox = 0") == 1);
    check(ask(w, "select reason from undelivered") == BOUNCE_USERUNKNOWN);
    check(ask(w, "select count(*) from event where kind = 'message.failed' and data like "
                 "'%userunknown%'")
          == 1);
    check(unreached(w));
    str id = {0};
    struct ctx *cx = begin(w);
    struct outbox_row *row = NULL;
    isize n = 0;
    check(outbox_list(cx, OUTBOX_FAILED, &row, &n) == OK && n == 1);
    id = keep(w, row[0].mail_id);
    check(end(w, undelivered_retried(cx, row[0].message)) == OK);
    came_back(w, id, "maja@kunde.example", "failed", BOUNCE_USERUNKNOWN);    // and told again
    check(!unreached(w) && ask(w, "select count(*) from undelivered") == 1);
    relay_stop(r);
}

static void O5_given_up_is_told_too(struct world *w)
{
    struct relay *r = relay_start();
    must_answer(w, a_case(w, "maja@kunde.example"));
    relay_will(r, RELAY_LATER);
    later(w, LIMIT_OUTBOX_DAYS * 86400 + 60);
    deliver(w, r);
    check(state(w) == OUTBOX_FAILED && unreached(w));
    check(ask(w, "select reason from undelivered") == BOUNCE_EXPIRED);
    check(ask(w, "select hard from undelivered") == 0);
    relay_stop(r);
}

static void O8_its_case_is_ours_again(struct world *w)
{
    ticket_id t = a_case(w, "maja@kunde.example");
    must_answer(w, t);
    str id = outbox_id_of(w);
    came_back(w, id, "maja@kunde.example", "delayed", BOUNCE_EXPIRED);
    came_back(w, id, "maja@kunde.example", "failed", BOUNCE_VACATION);
    check(!unreached(w) && ask(w, "select count(*) from undelivered") == 0);
    came_back(w, id, "maja@kunde.example", "failed", BOUNCE_MAILBOXFULL);
    check(unreached(w));
    must_answer(w, t);
    check(!unreached(w));
    came_back(w, id, "maja@kunde.example", "failed", BOUNCE_USERUNKNOWN);    // the old one
    check(!unreached(w));
}

static void O10_what_is_stopped_does_not_arrive(struct world *w)
{
    must_answer(w, a_case(w, "maja@kunde.example"));
    check(end(w, outbox_stop(begin_as(w, GERO), (outbox_id){1})) == OK);    // he sees no case
    check(unreached(w) && ask(w, "select count(*) from undelivered") == 0);
}

static void O13_to_no_address_nothing_is_written(struct world *w)
{
    message_id m;
    ticket_id t = a_case(w, "jürgen@kunde.example");
    struct ctx *cx = begin_as(w, ADA);
    enum err err = answer_in(cx, t, &m);
    check(err == ERR_INVALID && str_find(cx->detail.en, S("jürgen@kunde.example")) > 0);
    check(end(w, err) == ERR_INVALID
          && ask(w, "select count(*) from message where kind = 1") == 0);
}

static void O13_a_domain_of_other_letters_is_written_to(struct world *w)
{
    struct relay *r = relay_start();
    must_answer(w, a_case(w, "hans@müller.example"));
    later(w, 60);
    deliver(w, r);
    check_text(relay_mail(r, 0)->rcpt, S("hans@xn--mller-kva.example"));
    check_text(parsed(w, r, 0).to.p[0].address, S("hans@xn--mller-kva.example"));
    relay_stop(r);
}

static void the_oldest_is_overdue_since_it_should_have_left(struct world *w)
{
    struct relay *r = relay_start();
    struct outbox_counts c;
    must_answer(w, a_case(w, "maja@kunde.example"));
    instant should = {ask(w, "select send_at from outbox")};
    check(outbox_count(begin(w), &c) == OK && end(w, OK) == OK && c.oldest.ms == 0);
    for (int i = 0; i < 3; i++, later(w, 3600)) {
        relay_will(r, RELAY_LATER);
        deliver(w, r);
    }
    check(outbox_count(begin(w), &c) == OK && end(w, OK) == OK && c.oldest.ms == should.ms);
    relay_stop(r);
}

const struct test loss_tests[] = {
    T(O5_a_refusal_is_told_like_a_bounce),
    T(O5_given_up_is_told_too),
    T(O8_its_case_is_ours_again),
    T(O10_what_is_stopped_does_not_arrive),
    T(O13_to_no_address_nothing_is_written),
    T(O13_a_domain_of_other_letters_is_written_to),
    T(the_oldest_is_overdue_since_it_should_have_left),
    {0},
};
