// SPDX-License-Identifier: GPL-3.0-or-later
#include "outbox/outbox_test.h"

#include "base/now.h"
#include "clock/clock_case.h"
#include "event/event.h"
#include "promise/promise.h"

static void customer_writes(struct world *w, ticket_id id)
{
    struct ticket_at at = {id, TICKET_ANY_VERSION};
    message_id said;
    struct message_new m = {
        .kind = MESSAGE_CUSTOMER, .channel = CHANNEL_MAIL, .body = S("Noch etwas.")};
    check(end(w, message_add(begin(w), &at, &m, &said)) == OK);
}

static void O14_a_strangers_word_holds_nothing(struct world *w)
{
    struct relay *r = relay_start();
    ticket_id id = a_case(w, "maja@kunde.example");
    struct ticket_at at = {id, TICKET_ANY_VERSION};
    message_id reply, said;
    contact_id evil;
    check(end(w, contact_of_sender(begin(w), S("X"), S("x@fremd.example"), LANG_DE, &evil))
          == OK);
    check(answer(w, id, &reply) == OK);
    later(w, 5);
    struct message_new m = {.kind = MESSAGE_CUSTOMER,
                            .channel = CHANNEL_MAIL,
                            .contact = evil,
                            .unverified = true,
                            .body = S("Halt!")};
    check(end(w, message_add(begin(w), &at, &m, &said)) == OK);
    later(w, 6);
    deliver(w, r);
    check(relay_count(r) == 1 && state(w) == OUTBOX_SENT);
    relay_stop(r);
}

static void O14_what_the_customer_crossed_is_held(struct world *w)
{
    struct relay *r = relay_start();
    ticket_id id = a_case(w, "maja@kunde.example");
    struct ticket_at at = {id, TICKET_ANY_VERSION};
    promise_id promise;
    struct promise_new p = {.kind = PROMISE_ANSWER, .due = instant_plus(w->now, 3600)};
    check(end(w, promise_give(begin(w), &at, &p, &promise)) == OK);
    message_id reply;
    check(answer(w, id, &reply) == OK);
    check(ask(w, "select count(*) from promise where state = 1") == 0);
    later(w, 5);
    customer_writes(w, id);
    later(w, 6);
    deliver(w, r);
    check(relay_count(r) == 0 && state(w) == OUTBOX_HELD && events(w, "message.held") == 1);
    check(ask(w, "select count(*) from promise where state = 1") == 1);
    later(w, 3600);
    deliver(w, r);
    check(relay_count(r) == 0);
    check(end(w, outbox_release(begin_as(w, ADA), &at, reply)) == OK);
    check(ask(w, "select unanswered from ticket") == 0
          && ask(w, "select count(*) from promise where state = 1") == 0);
    customer_writes(w, id);    // it was decided
    deliver(w, r);
    check(relay_count(r) == 1 && state(w) == OUTBOX_SENT);
    check(end(w, outbox_release(begin_as(w, ADA), &at, reply)) == ERR_STALE);
    relay_stop(r);
}

static void O2_the_customer_does_not_read_what_is_held(struct world *w)
{
    struct relay *r = relay_start();
    ticket_id id = a_case(w, "maja@kunde.example");
    struct ticket_at at = {id, TICKET_ANY_VERSION};
    message_id reply = must_answer(w, id);
    customer_writes(w, id);
    later(w, 11);
    deliver(w, r);
    check(state(w) == OUTBOX_HELD && customer_reads(w, id) == 2);
    check(end(w, outbox_release(begin_as(w, ADA), &at, reply)) == OK);
    check(customer_reads(w, id) == 3);
    relay_stop(r);
}

static enum err commit_now(void *arg, struct ctx *cx, enum err (*act)(struct ctx *, void *),
                           void *work)
{
    (void)arg;
    check(db_begin(cx) == OK);
    enum err err = act(cx, work);
    check(err == OK && db_commit(cx) == OK);
    return err;
}

// The process dies when it has seen that the reply is crossed, and has stored no more than that.
static void O14_a_death_changes_nothing(struct world *w)
{
    struct relay *r = relay_start();
    ticket_id id = a_case(w, "maja@kunde.example");
    struct ticket_at at = {id, TICKET_ANY_VERSION};
    promise_id promise;
    struct promise_new p = {.kind = PROMISE_ANSWER, .due = instant_plus(w->now, 3600)};
    check(end(w, promise_give(begin(w), &at, &p, &promise)) == OK);
    must_answer(w, id);
    customer_writes(w, id);
    later(w, 11);
    struct job_edge edge = {commit_now, NULL};
    struct job job = {.ref = 1, .tries = 1, .edge = &edge};
    struct ctx cx = {.arena = &w->arena, .db = w->db, .now = w->now};
    check(outbox_jobs[0].prepare(&cx, &job) == OK);
    deliver(w, r);    // the next one's
    check(relay_count(r) == 0 && state(w) == OUTBOX_HELD && events(w, "message.held") == 1);
    check(ask(w, "select count(*) from promise where state = 1") == 1);
    relay_stop(r);
}

static void O2_no_time_was_chosen_for_what_is_held(struct world *w)
{
    ticket_id id = a_case(w, "maja@kunde.example");
    message_id reply = must_answer(w, id);
    instant chosen;
    customer_writes(w, id);
    later(w, 3600);
    check(deliver_to(w, S("")) == OK && state(w) == OUTBOX_HELD);
    check(end(w, outbox_take_back(begin_as(w, ADA), reply, &chosen)) == OK && chosen.ms == 0);
}

static void O14_it_can_be_sent_before_it_is_held(struct world *w)
{
    struct relay *r = relay_start();
    ticket_id id = a_case(w, "maja@kunde.example");
    struct ticket_at at = {id, TICKET_ANY_VERSION};
    message_id reply;
    check(answer(w, id, &reply) == OK);
    customer_writes(w, id);
    check(end(w, outbox_release(begin_as(w, ADA), &at, reply)) == OK);
    deliver(w, r);
    check(relay_count(r) == 1);
    relay_stop(r);
}

static void O14_only_before_its_first_try(struct world *w)
{
    struct relay *r = relay_start();
    ticket_id id = a_case(w, "maja@kunde.example");
    message_id reply;
    check(answer(w, id, &reply) == OK);
    later(w, 11);
    relay_will(r, RELAY_LATER);
    deliver(w, r);
    check(state(w) == OUTBOX_QUEUED);
    customer_writes(w, id);
    later(w, 3600);
    deliver(w, r);
    check(relay_count(r) == 1);
    relay_stop(r);
}

// It may have arrived.
static void O10_sent_again_by_hand_is_no_first_try(struct world *w)
{
    struct relay *r = relay_start();
    ticket_id id = a_case(w, "maja@kunde.example");
    struct ticket_at at = {id, TICKET_ANY_VERSION};
    message_id reply = must_answer(w, id);
    str text;
    relay_will(r, RELAY_DROP);
    later(w, 11);
    deliver(w, r);
    check(state(w) == OUTBOX_UNSURE);
    customer_writes(w, id);
    check(end(w, outbox_retry(begin(w), (outbox_id){1})) == OK);
    check(end(w, outbox_undo(begin_as(w, ADA), reply, &text)) == ERR_STALE);
    check(end(w, outbox_release(begin_as(w, ADA), &at, reply)) == ERR_STALE);
    deliver(w, r);
    check(relay_count(r) == 2 && state(w) == OUTBOX_SENT && events(w, "message.held") == 0);
    relay_stop(r);
}

// One that was stopped before has never left, and who sends it again knows the queue, not the case.
static void O14_stopped_before_its_first_try_it_is_held(struct world *w)
{
    struct relay *r = relay_start();
    ticket_id id = a_case(w, "maja@kunde.example");
    must_answer(w, id);
    check(end(w, outbox_stop(begin(w), (outbox_id){1})) == OK);
    customer_writes(w, id);
    check(end(w, outbox_retry(begin(w), (outbox_id){1})) == OK);
    deliver(w, r);
    check(relay_count(r) == 0 && state(w) == OUTBOX_HELD);
    relay_stop(r);
}

static const struct reckon_clock *first_answer(struct world *w, ticket_id id)
{
    static struct clock_case c;
    static struct reckon_clock found;
    found = (struct reckon_clock){0};
    check(end(w, clock_case(begin(w), id, &c)) == OK);
    for (isize i = 0; i < c.clocks; i++)
        if (c.clock[i].kind == CLOCK_FIRST)
            found = c.clock[i];
    check(found.start.ms != 0);
    return &found;
}

static message_id answer_at(struct world *w, ticket_id id, instant leave)
{
    struct ticket_at at = {id, TICKET_ANY_VERSION};
    message_id reply = {0};
    struct message_new m = {
        .channel = CHANNEL_MAIL, .body = S("Es geht."), .seen = MESSAGE_SEEN_ALL};
    check(end(w, outbox_reply_at(begin_as(w, ADA), &at, &m, leave, &reply)) == OK);
    return reply;
}

// A case whose clocks run, and its answer, which is to leave in an hour.
static ticket_id answered_for_later(struct world *w, message_id *reply)
{
    check(end(w, agreement_begin(begin_as(w, GERO))) == OK);
    ticket_id id = a_case(w, "maja@kunde.example");
    *reply = answer_at(w, id, instant_plus(w->now, 3600));
    return id;
}

// clock_case.h
static void E4_what_leaves_later_is_said_later(struct world *w)
{
    check(end(w, agreement_begin(begin_as(w, GERO))) == OK);
    ticket_id id = a_case(w, "maja@kunde.example");
    instant leave = instant_plus(w->now, 3600);
    later(w, 60);
    answer_at(w, id, leave);
    check(first_answer(w, id)->end.ms == 0);
    later(w, 3539);
    check(first_answer(w, id)->end.ms == 0);
    later(w, 1);
    check(first_answer(w, id)->end.ms == leave.ms);
    check(deliver_to(w, S("")) == OK && state(w) == OUTBOX_KEPT);
    later(w, 60);
    check(first_answer(w, id)->end.ms == leave.ms);
}

static void E4_taken_back_before_it_was_never_said(struct world *w)
{
    str text;
    message_id reply;
    ticket_id id = answered_for_later(w, &reply);
    later(w, 60);
    customer_writes(w, id);
    check(end(w, outbox_undo(begin_as(w, ADA), reply, &text)) == OK);
    later(w, 7200);
    check(first_answer(w, id)->end.ms == 0);
}

static void E4_held_it_is_said_when_it_is_released(struct world *w)
{
    message_id reply;
    ticket_id id = answered_for_later(w, &reply);
    struct ticket_at at = {id, TICKET_ANY_VERSION};
    customer_writes(w, id);
    later(w, 3600);
    check(deliver_to(w, S("")) == OK && state(w) == OUTBOX_HELD);
    check(first_answer(w, id)->end.ms == 0);
    later(w, 600);
    check(end(w, outbox_release(begin_as(w, ADA), &at, reply)) == OK);
    check(first_answer(w, id)->end.ms == w->now.ms);
}

// Sent at once after all, before the customer's letter was seen.
static void E4_sent_sooner_it_is_said_sooner(struct world *w)
{
    message_id reply;
    ticket_id id = answered_for_later(w, &reply);
    struct ticket_at at = {id, TICKET_ANY_VERSION};
    customer_writes(w, id);
    later(w, 600);
    check(end(w, outbox_release(begin_as(w, ADA), &at, reply)) == OK);
    check(first_answer(w, id)->end.ms == w->now.ms);
}

static enum err automatically(struct ctx *cx, struct ticket_at *at)
{
    bool sent;
    struct ticket t;
    TRY(ticket_load(cx, at->id, &t));
    struct outbox_auto m = {.ticket = &t,
                            .rcpt = S("maja@kunde.example"),
                            .subject = S("Eingang"),
                            .text = S("Wir haben deine Mail."),
                            .contact = {1}};
    return outbox_automatic(cx, at, &m, &sent);
}

static enum err by_a_program(struct ctx *cx, struct ticket_at *at)
{
    message_id said;
    cx->who = tenant_system(cx->who.tenant);
    return answer_in(cx, at->id, &said);
}

static enum err to_somebody_outside(struct ctx *cx, struct ticket_at *at)
{
    message_id note;
    struct ticket t;
    struct message_new m = {
        .kind = MESSAGE_NOTE, .channel = CHANNEL_MAIL, .body = S("Gefragt.")};
    struct outbox_outside o = {.thread = 1,
                               .rcpt = S("hilfe@hersteller.example"),
                               .subject = S("Drucker"),
                               .text = S("Was nun?"),
                               .mail_id = S("a@nordlicht.example")};
    TRY(message_add(cx, at, &m, &note));
    TRY(ticket_load(cx, at->id, &t));
    return outbox_outside(cx, &t, note, &o);
}

static enum err with_a_hand_over(struct ctx *cx, struct ticket_at *at)
{
    message_id said;
    struct message_new m = {
        .channel = CHANNEL_MAIL, .body = S("Wir haben gefragt."), .seen = MESSAGE_SEEN_ALL};
    TRY(outbox_say(cx, at, &m, &said));
    return event_add(cx, (struct event){.kind = "engagement.requested", .ticket = at->id.n});
}

static void O14_only_a_persons_reply_is_held(struct world *w)
{
    enum err (*const write[])(struct ctx *, struct ticket_at *) = {
        automatically, by_a_program, to_somebody_outside, with_a_hand_over};
    struct relay *r = relay_start();
    for (int i = 0; i < countof(write); i++) {
        ticket_id id = a_case(w, "maja@kunde.example");
        struct ticket_at at = {id, TICKET_ANY_VERSION};
        check(end(w, write[i](begin_as(w, ADA), &at)) == OK);
        customer_writes(w, id);
        struct outbox_waiting *waits;
        isize n;
        check(outbox_waiting(begin_as(w, ADA), id, &waits, &n) == OK && end(w, OK) == OK);
        check(n == 0 || waits[0].newer.n == 0);
        later(w, 60);
        deliver(w, r);
        check(relay_count(r) == i + 1 && events(w, "message.held") == 0);
    }
    relay_stop(r);
}

static void O14_what_colleagues_write_holds_nothing(struct world *w)
{
    struct relay *r = relay_start();
    ticket_id id = a_case(w, "maja@kunde.example");
    struct ticket_at at = {id, TICKET_ANY_VERSION};
    message_id note;
    struct message_new m = {.kind = MESSAGE_NOTE, .channel = CHANNEL_PORTAL, .body = S("Hm.")};
    must_answer(w, id);
    must_answer(w, id);
    check(end(w, message_add(begin_as(w, BEN), &at, &m, &note)) == OK);
    later(w, 11);
    deliver(w, r);
    check(relay_count(r) == 2);
    relay_stop(r);
}

static void O14_released_whole_or_not_at_all(struct world *w)
{
    ticket_id id = a_case(w, "maja@kunde.example");
    message_id reply;
    check(answer(w, id, &reply) == OK);
    customer_writes(w, id);
    struct who ada = who_is(w, ADA);
    EACH_FAULT(w) {
        struct ctx *cx = begin_with(w, ada);
        struct ticket_at at = {id, TICKET_ANY_VERSION};
        end(w, outbox_release(cx, &at, reply));
        check(ask(w, "select count(*) from outbox where tries = 1")
              == ask(w, "select count(*) from ticket where unanswered = 0"));
    }
    db_fail_at(w->db, 0);
    check(ask(w, "select count(*) from outbox where tries = 1") == 1);
}

const struct test outbox_held_tests[] = {
    T(O14_a_strangers_word_holds_nothing),
    T(O14_what_the_customer_crossed_is_held),
    T(O2_the_customer_does_not_read_what_is_held),
    T(O14_a_death_changes_nothing),
    T(O2_no_time_was_chosen_for_what_is_held),
    T(O14_it_can_be_sent_before_it_is_held),
    T(O14_only_before_its_first_try),
    T(O14_what_colleagues_write_holds_nothing),
    T(O14_released_whole_or_not_at_all),
    T(O14_only_a_persons_reply_is_held),
    T(O10_sent_again_by_hand_is_no_first_try),
    T(E4_what_leaves_later_is_said_later),
    T(E4_taken_back_before_it_was_never_said),
    T(E4_held_it_is_said_when_it_is_released),
    T(E4_sent_sooner_it_is_said_sooner),
    T(O14_stopped_before_its_first_try_it_is_held),
    {0},
};
