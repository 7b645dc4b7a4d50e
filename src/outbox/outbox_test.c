// SPDX-License-Identifier: GPL-3.0-or-later
#include "outbox/outbox_test.h"
#include "base/limits.h"
#include "contact/contact.h"
#include "message/draft.h"
#include "outbox/envelope.h"

static int64_t sent(struct world *w)
{
    return ask(w, "select sent from message where kind = 1");
}

static int64_t jobs(struct world *w)
{
    return ask(w, "select count(*) from job where kind = 'outbox.send'");
}

static void O1_message_mail_and_job_or_none(struct world *w)
{
    ticket_id t = a_case(w, "maja@kunde.example");
    message_id m;
    for (int nth = 1; nth > 0; nth = db_failed(w->db) ? nth + 1 : 0) {
        struct ctx *cx = begin_as(w, ADA);
        db_fail_at(w->db, nth);
        enum err err = end(w, answer_in(cx, t, &m));
        check(err == OK || db_failed(w->db));
        int64_t made = err == OK;
        check(ask(w, "select count(*) from message where kind = 1") == made);
        check(ask(w, "select count(*) from outbox") == made && jobs(w) == made);
        check(events(w, "message.queued") == made);
    }
    check(ask(w, "select count(*) from outbox o join message m on m.id = o.message and "
                 "m.mail_id = o.mail_id")
          == 1);
}

static void O1_without_an_address_there_is_only_the_message(struct world *w)
{
    struct ctx *cx = begin(w);
    struct ticket_made made = {0};
    struct contact c = {.name = S("Nur Telefon"), .lang = LANG_DE};
    contact_id contact = {0};
    check(contact_add(cx, &c, &contact) == OK);
    struct ticket_new n = {.channel = CHANNEL_PHONE, .subject = S("x"), .contact = contact};
    check(ticket_create(cx, &n, &made) == OK);
    check(end(w, OK) == OK);
    must_answer(w, made.at.id);
    check(ask(w, "select count(*) from outbox") == 0 && sent(w) == MESSAGE_NOT_SENT);
}

static void O2_leaves_after_the_time_to_think(struct world *w)
{
    struct relay *r = relay_start();
    must_answer(w, a_case(w, "maja@kunde.example"));
    later(w, LIMIT_UNDO_S - 1);
    deliver(w, r);
    check(relay_count(r) == 0 && state(w) == OUTBOX_QUEUED && sent(w) == MESSAGE_QUEUED);
    later(w, 1);
    deliver(w, r);
    check(relay_count(r) == 1 && state(w) == OUTBOX_SENT && sent(w) == MESSAGE_SENT);
    check(events(w, "message.sent") == 1 && jobs(w) == 0);
    relay_stop(r);
}

static enum err undo(struct world *w, int person, message_id m, str *text)
{
    struct ctx *cx = begin_as(w, person);
    return end(w, outbox_undo(cx, m, text));
}

static void O2_can_be_taken_back(struct world *w)
{
    struct relay *r = relay_start();
    ticket_id t = a_case(w, "maja@kunde.example");
    message_id m = must_answer(w, t);
    str text;
    check(undo(w, NINA, m, &text) == ERR_ABSENT);
    check(undo(w, ADA, m, &text) == OK);
    check_text(text, S("Bitte das Papier prüfen."));
    check(undo(w, ADA, m, &text) == ERR_STALE);
    later(w, 3600);
    deliver(w, r);
    check(relay_count(r) == 0 && state(w) == OUTBOX_UNDONE && sent(w) == MESSAGE_UNDONE);
    struct ctx *cx = begin_as(w, ADA);
    struct draft draft[DRAFT_KINDS];
    check(draft_load(cx, t, draft) == OK);
    check_text(draft[DRAFT_REPLY].body, S("Bitte das Papier prüfen."));
    check(end(w, OK) == OK);
    check(events(w, "message.undone") == 1);
    relay_stop(r);
}

static void O2_the_customer_does_not_read_what_has_not_left(struct world *w)
{
    ticket_id t = a_case(w, "maja@kunde.example");
    message_id m = must_answer(w, t);
    check(customer_reads(w, t) == 1);
    later(w, LIMIT_UNDO_S);
    check(customer_reads(w, t) == 2);    // be the relay as slow as it likes
    m = must_answer(w, t);
    str text;
    check(undo(w, ADA, m, &text) == OK);
    later(w, 3600);
    check(customer_reads(w, t) == 2);
}

static void O2_what_was_typed_since_is_kept(struct world *w)
{
    ticket_id t = a_case(w, "maja@kunde.example");
    message_id m = must_answer(w, t);
    struct ctx *cx = begin_as(w, ADA);
    check(end(w, draft_save(cx, t, DRAFT_REPLY, S("Noch etwas"))) == OK);
    str text;
    check(undo(w, ADA, m, &text) == OK);
    check_text(text, S("Bitte das Papier prüfen.\n\nNoch etwas"));
}

static void O2_too_late_is_too_late(struct world *w)
{
    struct relay *r = relay_start();
    message_id m = must_answer(w, a_case(w, "maja@kunde.example"));
    str text;
    relay_will(r, RELAY_LATER);
    later(w, LIMIT_UNDO_S);
    deliver(w, r);
    check(undo(w, ADA, m, &text) == ERR_STALE && state(w) == OUTBOX_QUEUED);
    relay_stop(r);
}

static void O3_what_the_mail_carries(struct world *w)
{
    struct relay *r = relay_start();
    ticket_id t = a_case(w, "maja@kunde.example");
    must_answer(w, t);
    later(w, 60);
    deliver(w, r);
    struct mail m = parsed(w, r, 0);
    check_text(m.from.name, S("ada, Nordlicht"));
    check_text(m.from.address, S("hilfe@nordlicht.example"));
    check_text(m.to.p[0].address, S("maja@kunde.example"));
    check(str_starts(m.subject, S("Re: Drucker [#")));
    check_text(m.in_reply_to.p[0], S("first@kunde.example"));
    check(m.references.n == 1 && str_eq(m.references.p[0], S("first@kunde.example")));
    check(str_find(m.text, S("Bitte das Papier prüfen.")) == 0
          && str_find(m.text, S("Ihr Anliegen")) > 0);
    check(mail_field(&m, S("Auto-Submitted")).n == 0);
    struct ctx *cx = begin(w);
    struct tenant desk;
    ticket_id ticket = {0};
    contact_id contact = {0};
    str id = {0};
    check(tenant_mine(cx, &desk) == OK);
    check(envelope_is_reply(cx, &desk, m.reply_to.p[0].address, &ticket, &contact)
          && ticket.n == t.n);
    check(envelope_is_bounce(cx, &desk, relay_mail(r, 0)->sender, &id));
    check_text(id, m.message_id);
    check(end(w, OK) == OK);
    must_answer(w, t);
    later(w, 60);
    deliver(w, r);
    struct mail second = parsed(w, r, 1);
    check(second.references.n == 2 && str_eq(second.references.p[1], m.message_id));
    check_text(second.in_reply_to.p[0], S("first@kunde.example"));
    relay_stop(r);
}

// A stranger's Message-ID can be anything; it must not keep us from answering.
static void O3_ids_of_strangers_do_no_harm(struct world *w)
{
    static const char *const ids[] = {"no-at-sign", "a b@c", "a@b>\r\nBcc: <x@y", "<a@b>", ""};
    struct relay *r = relay_start();
    ticket_id t = a_case(w, "maja@kunde.example");
    for (isize i = 0; i < countof(ids); i++) {
        struct ctx *cx = begin(w);
        struct ticket_at at = {t, TICKET_ANY_VERSION};
        message_id id;
        struct message_new m = {.kind = MESSAGE_CUSTOMER,
                                .channel = CHANNEL_MAIL,
                                .body = S("x"),
                                .mail_id = str_from_z(ids[i])};
        check(end(w, message_add(cx, &at, &m, &id)) == OK);
    }
    must_answer(w, t);
    later(w, 60);
    deliver(w, r);
    struct mail m = parsed(w, r, 0);
    check(m.references.n == 1 && m.to.n == 1 && relay_count(r) == 1);
    relay_stop(r);
}

static void O4_unknown_is_sent_again_once_and_marked(struct world *w)
{
    enum relay_act acts[] = {RELAY_HANG, RELAY_DROP};
    for (int i = 0; i < countof(acts); i++) {
        struct relay *r = relay_start();
        struct ctx *cx = begin(w);
        check(end(w, db_script(cx, "delete from outbox")) == OK);
        relay_will(r, acts[i]);
        must_answer(w, a_case(w, "maja@kunde.example"));
        later(w, 60);
        deliver(w, r);
        check(state(w) == OUTBOX_UNSURE && relay_count(r) == 1);
        check(ask(w, "select sent from message where kind = 1 order by id desc limit 1")
              == MESSAGE_UNSURE);
        later(w, LIMIT_OUTBOX_UNSURE_S - 1);
        deliver(w, r);
        check(relay_count(r) == 1);
        later(w, 1);
        deliver(w, r);
        check(relay_count(r) == 2 && state(w) == OUTBOX_SENT);
        check(ask(w, "select sent from message where kind = 1 order by id desc limit 1")
              == MESSAGE_SENT);
        check_text(parsed(w, r, 0).message_id, parsed(w, r, 1).message_id);
        check(ask(w, "select again from outbox") == 1 && events(w, "message.unsure") == i + 1);
        relay_stop(r);
    }
}

static void O4_twice_unknown_stays_unknown(struct world *w)
{
    struct relay *r = relay_start();
    relay_will(r, RELAY_DROP);
    relay_will(r, RELAY_DROP);
    must_answer(w, a_case(w, "maja@kunde.example"));
    for (int i = 0; i < 5; i++) {
        later(w, 86400);
        deliver(w, r);
    }
    check(relay_count(r) == 2 && state(w) == OUTBOX_UNSURE && sent(w) == MESSAGE_UNSURE
          && jobs(w) == 0);
    struct ctx *cx = begin(w);    // a person decides
    check(end(w, outbox_retry(cx, (outbox_id){1})) == OK);
    deliver(w, r);
    check(relay_count(r) == 3 && state(w) == OUTBOX_SENT);
    relay_stop(r);
}

// The process died between the dot and its answer: whoever finds that does not know.
static void O4_a_death_at_the_dot_is_unknown(struct world *w)
{
    struct relay *r = relay_start();
    must_answer(w, a_case(w, "maja@kunde.example"));
    struct ctx *cx = begin(w);
    check(end(w, db_script(cx, "update outbox set state = 2, tries = 1")) == OK);
    later(w, 60);
    deliver(w, r);
    check(relay_count(r) == 0 && state(w) == OUTBOX_UNSURE);
    later(w, LIMIT_OUTBOX_UNSURE_S);
    deliver(w, r);
    check(relay_count(r) == 1 && state(w) == OUTBOX_SENT
          && ask(w, "select again from outbox") == 1);
    relay_stop(r);
}

// A death before the dot is no reason to send twice.
static void O4_a_death_before_the_dot_is_nothing(struct world *w)
{
    struct relay *r = relay_start();
    must_answer(w, a_case(w, "maja@kunde.example"));
    struct ctx *cx = begin(w);
    check(end(w, db_script(cx, "update outbox set tries = 1")) == OK);
    later(w, 60);
    deliver(w, r);
    check(relay_count(r) == 1 && state(w) == OUTBOX_SENT
          && ask(w, "select again from outbox") == 0);
    relay_stop(r);
}

struct overtaking {
    enum err (*by)(struct ctx *cx);
    int commits;
};

// Between the claim and the dot somebody else has the mail.
static enum err commit_overtaken(void *arg, struct ctx *cx,
                                 enum err (*act)(struct ctx *, void *), void *work)
{
    struct overtaking *o = arg;
    check(db_begin(cx) == OK);
    if (++o->commits == 2)
        check(o->by(cx) == OK);
    enum err err = act(cx, work);
    check(db_commit(cx) == OK);
    return err;
}

// The lease has ended.
static enum err by_a_successor(struct ctx *cx)
{
    return db_script(cx, "update outbox set tries = tries + 1");
}

static enum err by_hand(struct ctx *cx)
{
    TRY(outbox_stop(cx, (outbox_id){1}));
    return outbox_retry(cx, (outbox_id){1});
}

static void sends_nothing(struct world *w, enum err (*by)(struct ctx *cx))
{
    struct relay *r = relay_start();
    must_answer(w, a_case(w, "maja@kunde.example"));
    later(w, 60);
    struct overtaking o = {.by = by};
    struct job_edge edge = {commit_overtaken, &o};
    struct outbox_config config = {
        .relay.smtp = {.url = relay_url(r), .before_dot_s = 5, .dot_s = 1}};
    struct job job = {.ref = 1, .tries = 1, .config = &config, .edge = &edge};
    struct ctx cx = {.arena = &w->arena, .db = w->db, .now = w->now};
    check(outbox_jobs[0].prepare(&cx, &job) == OK && o.commits == 2);
    check(relay_count(r) == 0);
    check(db_begin(&cx) == OK && outbox_jobs[0].apply(&cx, &job) == OK && db_commit(&cx) == OK);
    check(state(w) == OUTBOX_QUEUED && ask(w, "select tries from outbox") == 2);
    relay_stop(r);
}

static void O4_who_was_overtaken_sends_nothing(struct world *w)
{
    sends_nothing(w, by_a_successor);
}

static void O4_nor_who_was_stopped_before_it_was_sent_again(struct world *w)
{
    sends_nothing(w, by_hand);
}

// Whatever statement fails: it is sent, and more than once only if that is marked.
static void O4_faults_lose_nothing(struct world *w)
{
    struct relay *r = relay_start();
    ticket_id t = a_case(w, "maja@kunde.example");
    int expected = 0;
    for (int nth = 1; nth > 0; nth = db_failed(w->db) ? nth + 1 : 0) {
        struct ctx *cx = begin(w);
        check(end(w, db_script(cx, "delete from job")) == OK);
        cx = begin(w);
        check(end(w, db_script(cx, "delete from outbox")) == OK);
        must_answer(w, t);
        later(w, 60);
        db_fail_at(w->db, nth);
        check(deliver_to(w, relay_url(r)) == OK || db_failed(w->db));
        db_fail_at(w->db, 0);
        for (int i = 0; i < 4; i++) {
            later(w, 3600);
            deliver(w, r);
        }
        check(state(w) == OUTBOX_SENT && jobs(w) == 0);
        expected += 1 + (int)ask(w, "select again from outbox");
        int got = relay_count(r);
        check(got == expected || got == expected - 1);    // marked, but the first never arrived
        expected = got;
    }
    check(expected > 8);
    relay_stop(r);
}

// Until it has an end: what the clock does in days is done here at once.
static void deliver_to_the_end(struct world *w, struct relay *r)
{
    for (int tries = 0; tries < 6 && jobs(w) > 0; tries++) {
        later(w, 3600);
        deliver(w, r);
    }
}

static void O4_whatever_goes_wrong_nothing_is_lost(struct world *w)
{
    ticket_id t = a_case(w, "maja@kunde.example");
    for (int i = 0; i < RELAY_STAGES * RELAY_FAULTS; i++) {
        enum relay_stage stage = (enum relay_stage)(i / RELAY_FAULTS);
        enum relay_fault fault = (enum relay_fault)(i % RELAY_FAULTS);
        if (stage == AT_BODY)
            continue;    // a mail this small is sent as a whole: AT_DOT
        struct relay *r = relay_start();
        relay_will(r, relay_at(stage, fault));
        must_answer(w, t);
        deliver_to_the_end(w, r);
        int64_t last = ask(w, "select state from outbox order by id desc limit 1");
        int64_t again = ask(w, "select again from outbox order by id desc limit 1");
        bool refused = fault == SAYS_NEVER && stage >= AT_MAIL,
             unsure = stage == AT_DOT && fault >= HANGS_UP;
        check(last == (refused ? OUTBOX_FAILED : OUTBOX_SENT) && again == unsure);
        check(relay_count(r) == (refused ? 0 : unsure ? 2 : 1));
        relay_stop(r);
    }
}

static void O5_asked_again_later_and_later(struct world *w)
{
    struct relay *r = relay_start();
    must_answer(w, a_case(w, "maja@kunde.example"));
    int64_t begun = w->now.ms, pause = 0;
    int tries = 0;
    while (state(w) == OUTBOX_QUEUED && tries < 200) {
        relay_will(r, tries % 2 ? RELAY_LATER : RELAY_LATER_DOT);
        later(w, (ask(w, "select send_at from outbox") - w->now.ms) / 1000);
        deliver(w, r);
        int64_t next = ask(w, "select send_at from outbox") - w->now.ms;
        check(state(w) != OUTBOX_QUEUED || next >= pause);
        pause = next;
        tries++;
    }
    check(state(w) == OUTBOX_FAILED && sent(w) == MESSAGE_FAILED && relay_count(r) == 0);
    check(w->now.ms - begun >= LIMIT_OUTBOX_DAYS * 86400000 && tries > 30 && tries < 50);
    check(events(w, "message.failed") == 1 && jobs(w) == 0);
    relay_stop(r);
}

static void O5_a_refusal_is_believed(struct world *w)
{
    enum relay_act acts[] = {RELAY_REFUSE, RELAY_REFUSE_DOT};
    ticket_id t = a_case(w, "maja@kunde.example");
    for (isize i = 0; i < countof(acts); i++) {
        struct relay *r = relay_start();
        relay_will(r, acts[i]);
        must_answer(w, t);
        later(w, 60);
        deliver(w, r);
        later(w, 86400);
        deliver(w, r);
        check(relay_count(r) == 0 && jobs(w) == 0);
        relay_stop(r);
    }
    check(ask(w, "select count(*) from outbox where state = 5 and reply like '55%'") == 2);
    check(ask(w, "select count(*) from message where kind = 1 and sent = 3") == 2);
}

static void O5_failed_can_be_tried_by_hand(struct world *w)
{
    struct relay *r = relay_start();
    relay_will(r, RELAY_REFUSE);
    must_answer(w, a_case(w, "maja@kunde.example"));
    later(w, 60);
    deliver(w, r);
    struct ctx *cx = begin(w);
    check(end(w, outbox_retry(cx, (outbox_id){1})) == OK);
    check(sent(w) == MESSAGE_QUEUED);
    deliver(w, r);
    check(relay_count(r) == 1 && state(w) == OUTBOX_SENT && sent(w) == MESSAGE_SENT);
    cx = begin(w);
    check(outbox_retry(cx, (outbox_id){1}) == ERR_ABSENT);
    cx->who = tenant_system((tenant_id){2});
    check(end(w, outbox_retry(cx, (outbox_id){1})) == ERR_ABSENT);
    relay_stop(r);
}

static void O6_without_a_relay_it_is_kept(struct world *w)
{
    must_answer(w, a_case(w, "maja@kunde.example"));
    later(w, 60);
    check(deliver_to(w, S("")) == OK);
    check(state(w) == OUTBOX_KEPT && sent(w) == MESSAGE_KEPT && jobs(w) == 0);
    struct ctx *cx = begin(w);
    struct outbox_row *row;
    isize n = 0;
    str bytes = {0};
    check(outbox_list(cx, OUTBOX_KEPT, &row, &n) == OK && n == 1);
    check_text(row[0].rcpt, S("maja@kunde.example"));
    check(outbox_bytes(cx, row[0].id, &bytes) == OK
          && str_find(bytes, S("Subject: Re: Drucker")) > 0);
    cx->who = tenant_system((tenant_id){2});
    check(outbox_list(cx, OUTBOX_KEPT, &row, &n) == OK && n == 0);
    check(outbox_bytes(cx, (outbox_id){1}, &bytes) == ERR_ABSENT);
    check(end(w, OK) == OK);
}

static void O8_a_bounce_is_seen_at_its_message(struct world *w)
{
    struct relay *r = relay_start();
    ticket_id t = a_case(w, "maja@kunde.example");
    must_answer(w, t);
    later(w, 60);
    deliver(w, r);
    str id = parsed(w, r, 0).message_id;
    check(came_back(w, id, "maja@kunde.example", "delayed", BOUNCE_EXPIRED).n == t.n);
    check(came_back(w, id, "maja@kunde.example", "delivered", BOUNCE_DELIVERED).n == t.n);
    check(state(w) == OUTBOX_SENT && ask(w, "select count(*) from undelivered") == 0);
    check(came_back(w, id, "maja@kunde.example", "failed", BOUNCE_USERUNKNOWN).n == t.n);
    check(came_back(w, S("r.unknown@nordlicht.example"), "x@x.example", "failed",
                    BOUNCE_USERUNKNOWN)
              .n
          == 0);
    check(state(w) == OUTBOX_BOUNCED && sent(w) == MESSAGE_FAILED
          && events(w, "message.bounced") == 1);
    check(ask(w, "select count(*) from undelivered where hard = 1") == 1);
    struct ctx *cx = begin(w);
    struct outbox_counts c;
    bool ours;
    ticket_id found;
    struct outbox_return other = {.mail_id = id};
    check(outbox_count(cx, &c) == OK && c.bounced == 1 && c.sent == 0);
    cx->who = tenant_system((tenant_id){2});
    check(outbox_bounced(cx, &other, &ours, &found) == OK && !ours && found.n == 0);
    check(end(w, OK) == OK);
    relay_stop(r);
}

static void O8_of_several_the_one_we_wrote_to(struct world *w)
{
    ticket_id t = a_case(w, "maja@kunde.example"), found;
    must_answer(w, t);
    str id = outbox_id_of(w);
    struct mail_bounce rows[] = {
        {.recipient = S("list@kunde.example"), .reason = BOUNCE_USERUNKNOWN, .hard = true},
        {.recipient = S("inner@kunde.example"),
         .original = S("Maja@kunde.example"),
         .status = S("5.2.2"),
         .reason = BOUNCE_MAILBOXFULL}};
    struct outbox_return r = {.mail_id = id, .row = rows, .n = 2, .proven = true};
    bool ours;
    struct ctx *cx = begin(w);
    check(end(w, outbox_bounced(cx, &r, &ours, &found)) == OK && ours);
    check(ask(w, "select hard from undelivered") == 0);
    check(ask(w, "select reason from undelivered") == BOUNCE_MAILBOXFULL);
    r.n = 0;    // nothing that can be read, but it came back
    cx = begin(w);
    check(end(w, outbox_bounced(cx, &r, &ours, &found)) == OK && ours);
    check(ask(w, "select reason from undelivered") == BOUNCE_UNDEFINED);
}

static enum err deliver_slowly(struct world *w, struct relay *r, int64_t rate)
{
    struct outbox_config config = {.relay = {.smtp.url = relay_url(r), .rate = rate}};
    struct job_kind kinds[] = {outbox_jobs[0], {0}};
    kinds[0].config = &config;
    arena_reset(&w->arena);
    struct ctx cx = {.arena = &w->arena, .db = w->db, .now = w->now, .data_dir = w->place.dir};
    return job_drain(&cx, kinds);
}

static void O11_what_is_too_much_for_the_relay_waits(struct world *w)
{
    struct relay *r = relay_start();
    ticket_id t = a_case(w, "maja@kunde.example");
    for (int i = 0; i < 5; i++)
        must_answer(w, t);
    later(w, LIMIT_UNDO_S);
    for (int minute = 1; minute <= 3; minute++) {
        check(deliver_slowly(w, r, 2) == OK);
        check(relay_count(r) == (minute < 3 ? 2 * minute : 5));
        check(ask(w, "select count(*) from outbox where tries > 0") == relay_count(r));
        later(w, 60);
    }
    check(jobs(w) == 0 && ask(w, "select max(tries) from outbox") == 1);
    relay_stop(r);
}

const struct test outbox_tests[] = {
    T(O1_message_mail_and_job_or_none),
    T(O1_without_an_address_there_is_only_the_message),
    T(O2_leaves_after_the_time_to_think),
    T(O2_can_be_taken_back),
    T(O2_the_customer_does_not_read_what_has_not_left),
    T(O2_what_was_typed_since_is_kept),
    T(O2_too_late_is_too_late),
    T(O3_what_the_mail_carries),
    T(O3_ids_of_strangers_do_no_harm),
    T(O4_unknown_is_sent_again_once_and_marked),
    T(O4_twice_unknown_stays_unknown),
    T(O4_a_death_at_the_dot_is_unknown),
    T(O4_a_death_before_the_dot_is_nothing),
    T(O4_who_was_overtaken_sends_nothing),
    T(O4_nor_who_was_stopped_before_it_was_sent_again),
    T(O4_faults_lose_nothing),
    T(O4_whatever_goes_wrong_nothing_is_lost),
    T(O5_asked_again_later_and_later),
    T(O5_a_refusal_is_believed),
    T(O5_failed_can_be_tried_by_hand),
    T(O6_without_a_relay_it_is_kept),
    T(O8_a_bounce_is_seen_at_its_message),
    T(O8_of_several_the_one_we_wrote_to),
    T(O11_what_is_too_much_for_the_relay_waits),
    {0},
};
