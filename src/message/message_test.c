// SPDX-License-Identifier: GPL-3.0-or-later
#include "message/message_test.h"

#include "message/draft.h"

static enum ticket_status status_of(struct ctx *cx, ticket_id id)
{
    struct ticket t = {0};
    check(ticket_load(cx, id, &t) == OK);
    return t.status;
}

static struct who customer_of(struct ctx *cx, contact_id id)
{
    return (struct who){.tenant = cx->who.tenant, .contact = id, .see = SEE_OWN};
}

static void M1_there_is_no_way_to_change_one(struct world *w)
{
    // Statements that update a message may touch its delivery and its case, nothing else.
    (void)w;
    int updates = 0;
    for (int i = 0; db_statements[i] != NULL; i++) {
        str sql = str_from_z(db_statements[i]->sqlite);
        if (str_find(sql, S("update message ")) < 0)
            continue;
        updates++;
        check(str_starts(sql, S("update message as m set sent = ?"))
              || str_starts(sql, S("update message as m set ticket = ?")));
    }
    check(updates == 2);
}

static void M2_customers_see_no_internal_words(struct world *w)
{
    struct ctx *cx = begin_as(w, ADA);
    struct ticket_at at = new_case(cx);
    struct blob b;
    message_id note, id;
    check(blob_put(cx, S("geheim"), &b) == OK);
    struct attachment_new file = {.name = S("a.txt"), .blob = b};
    struct message_new m = {.kind = MESSAGE_NOTE,
                            .channel = CHANNEL_MAIL,
                            .body = S("intern"),
                            .attachment = &file,
                            .attachments = 1};
    check(message_add(cx, &at, &m, &note) == OK);
    m = (struct message_new){.kind = MESSAGE_CUSTOMER,
                             .channel = CHANNEL_MAIL,
                             .body = S("fremde Mail"),
                             .internal = true,
                             .html = S("<p>")};
    check(message_add(cx, &at, &m, &id) == OK);
    check(say(cx, &at, MESSAGE_CALL, S("Anruf")) == OK);
    check(say(cx, &at, MESSAGE_SYSTEM, S("System")) == OK);
    check(say(cx, &at, MESSAGE_REPLY, S("Guten Tag")) == OK);
    check(say(cx, &at, MESSAGE_CUSTOMER, S("Hallo")) == OK);
    check(say(cx, &at, MESSAGE_AUTO, S("Eingang")) == OK);
    struct message_page page;
    struct attachment *a;
    isize n;
    check(message_list(cx, at.id, (message_id){0}, 50, &page) == OK && page.n == 7);
    check(attachment_list(cx, at.id, &a, &n) == OK && n == 1);
    cx->who = customer_of(cx, karin(cx));
    check(message_list(cx, at.id, (message_id){0}, 50, &page) == OK && page.n == 3);
    check_text(page.row[0].body, S("Guten Tag"));
    check_text(page.row[2].body, S("Eingang"));
    struct attachment one;
    struct message whole;
    ticket_id of;
    str html;
    check(attachment_load(cx, a[0].id, &one) == ERR_ABSENT);
    check(attachment_list(cx, at.id, &a, &n) == OK && n == 0);
    check(message_load(cx, note, &of, &whole) == ERR_ABSENT);
    check(message_html(cx, id, &html) == ERR_ABSENT);
    end(w, OK);
}

static void M2_nothing_of_another_team_or_desk(struct world *w)
{
    struct ctx *cx = begin_as(w, ADA);
    struct ticket_at at = new_case(cx);
    struct message_new m = {
        .kind = MESSAGE_NOTE, .channel = CHANNEL_MAIL, .body = S("x"), .mail_id = S("a@b")};
    message_id id;
    check(message_add(cx, &at, &m, &id) == OK && end(w, OK) == OK);
    static const int stranger[] = {CEM, GERO, NINA};
    for (isize i = 0; i < countof(stranger); i++) {
        struct message_page page;
        struct message whole;
        struct message_received got;
        ticket_id of;
        cx = begin_as(w, stranger[i]);
        check(message_list(cx, at.id, (message_id){0}, 50, &page) == OK && page.n == 0);
        check(message_load(cx, id, &of, &whole) == ERR_ABSENT);
        check(message_by_mail_id(cx, S("a@b"), &of, &id) == ERR_ABSENT);
        check(message_set_sent(cx, id, MESSAGE_SENT) == ERR_ABSENT);
        check(message_add(cx, &at, &m, &id) == ERR_ABSENT);
        check(message_receive(cx, at.id, &m, &got) == ERR_ABSENT);
        check(draft_save(cx, at.id, DRAFT_NOTE, S("x")) == OK);
        end(w, OK);
    }
    check(ask(w, "select count(*) from message") == 1);
    check(ask(w, "select count(*) from draft") == 0);
}

static void M3_row_event_and_version_or_nothing(struct world *w)
{
    struct ctx *cx = begin_as(w, ADA);
    struct who ada = cx->who;
    struct ticket_at at = case_in(cx, TICKET_OPEN);
    check(end(w, OK) == OK);
    int64_t events = ask(w, "select count(*) from event");
    EACH_FAULT(w) {
        struct ticket_at tried = at;
        struct blob b;
        cx = begin(w);
        cx->who = ada;
        enum err err = blob_put(cx, S("Bild"), &b);
        struct attachment_new file = {.name = S("a.png"), .blob = b};
        struct message_new m = {.kind = MESSAGE_REPLY,
                                .channel = CHANNEL_MAIL,
                                .body = S("Guten Tag"),
                                .attachment = &file,
                                .attachments = 1};
        message_id id;
        err = end(w, err == OK ? message_add(cx, &tried, &m, &id) : err);
        check(err == OK || err == ERR_BUSY);
        check(ask(w, "select count(*) from message") == (err == OK));
        check(ask(w, "select count(*) from attachment") == (err == OK));
        check(ask(w, "select version from ticket") == at.version + (err == OK));
        check(ask(w, "select count(*) from event") == events + (err == OK));
        check(err != OK || tried.version == at.version + 1);
    }
    check(ask(w, "select count(*) from event where kind = 'message.sent' and object = (select "
                 "max(id) from message) and "
                 "level = 1")
          == 1);
}

static void M3_a_stale_version_stores_nothing(struct world *w)
{
    struct ctx *cx = begin_as(w, ADA);
    struct ticket_at at = new_case(cx), old = at;
    check(say(cx, &at, MESSAGE_NOTE, S("eins")) == OK && end(w, OK) == OK);
    cx = begin_as(w, BEN);
    check(end(w, say(cx, &old, MESSAGE_NOTE, S("zwei"))) == ERR_STALE);
    cx = begin_as(w, BEN);
    old.version = TICKET_ANY_VERSION;
    check(end(w, say(cx, &old, MESSAGE_NOTE, S("drei"))) == OK);
    check(ask(w, "select count(*) from message") == 2);
}

static enum err reply_having_seen(struct ctx *cx, ticket_id id, int64_t seen)
{
    struct ticket_at at = {id, TICKET_ANY_VERSION};
    struct message_new m = {
        .kind = MESSAGE_REPLY, .channel = CHANNEL_MAIL, .body = S("Guten Tag"), .seen = seen};
    message_id out;
    return message_add(cx, &at, &m, &out);
}

static void M4_read_what_is_new_before_you_send(struct world *w)
{
    struct ctx *cx = begin_as(w, ADA);
    struct ticket_at at = case_in(cx, TICKET_OPEN);
    check(say(cx, &at, MESSAGE_CUSTOMER, S("Hallo")) == OK);    // 1
    check(say(cx, &at, MESSAGE_NOTE, S("intern")) == OK);       // 2
    check(reply_having_seen(cx, at.id, 0) == ERR_STALE);
    check(str_find(cx->detail.de, S("Neues")) > 0);
    check(reply_having_seen(cx, at.id, 1) == OK);           // 3: notes do not stop it
    check(reply_having_seen(cx, at.id, 2) == ERR_STALE);    // a colleague's reply does
    at.version = TICKET_ANY_VERSION;
    check(say(cx, &at, MESSAGE_AUTO, S("Eingang")) == OK);    // 4
    check(reply_having_seen(cx, at.id, 3) == OK);             // 5
    check(message_set_sent(cx, (message_id){5}, MESSAGE_UNDONE) == OK);
    check(reply_having_seen(cx, at.id, 4) == OK);    // taken back: nothing was said
    end(w, OK);
}

static struct message_received receive(struct ctx *cx, ticket_id to, str body, bool unverified)
{
    struct message_received got = {0};
    struct message_new m = {
        .channel = CHANNEL_MAIL, .body = body, .unverified = unverified, .contact = karin(cx)};
    check(message_receive(cx, to, &m, &got) == OK);
    return got;
}

static void M5_the_customer_gives_us_the_ball(struct world *w)
{
    struct ctx *cx = begin_as(w, ADA);
    struct ticket_at waiting = case_in(cx, TICKET_WAITING_CUSTOMER),
                     vendor = case_in(cx, TICKET_WAITING_VENDOR),
                     solved = case_in(cx, TICKET_SOLVED), spam = case_in(cx, TICKET_SPAM),
                     fresh = new_case(cx);
    check(end(w, OK) == OK);
    cx = begin(w);
    struct message_received got = receive(cx, waiting.id, S("Der Router ist blau."), false);
    check(got.reopened && !got.follow_up && status_of(cx, waiting.id) == TICKET_OPEN);
    check(got.at.id.n == waiting.id.n && got.at.version == waiting.version + 1);
    got = receive(cx, vendor.id, S("Und?"), false);
    check(!got.reopened && status_of(cx, vendor.id) == TICKET_WAITING_VENDOR);
    got = receive(cx, solved.id, S("Geht immer noch nicht."), false);
    check(got.reopened && status_of(cx, solved.id) == TICKET_OPEN);
    got = receive(cx, spam.id, S("Kaufen!"), false);
    check(!got.reopened && status_of(cx, spam.id) == TICKET_SPAM);
    receive(cx, fresh.id, S("Noch etwas"), false);
    check(status_of(cx, fresh.id) == TICKET_NEW);
    check(end(w, OK) == OK);
    check(ask(w, "select count(*) from ticket where unanswered = 1") == 4);
    check(ask(w, "select unanswered from ticket where status = 9") == 0);
    check(ask(w, "select reopened from ticket where id = 3") == 1);
    check(ask(w, "select count(*) from event where kind = 'message.received'") == 5);
}

static void M5_nothing_but_thanks_leaves_it_solved(struct world *w)
{
    struct ctx *cx = begin_as(w, ADA);
    struct ticket_at solved = case_in(cx, TICKET_SOLVED), closed = case_in(cx, TICKET_CLOSED);
    struct message_received got = receive(cx, solved.id, S("Danke, läuft wieder!"), false);
    check(!got.reopened && status_of(cx, solved.id) == TICKET_SOLVED);
    got = receive(cx, closed.id, S("Danke!"), false);
    check(!got.follow_up && got.at.id.n == closed.id.n);
    struct blob b;
    check(blob_put(cx, S("Bild"), &b) == OK);
    struct attachment_new file = {.name = S("a.png"), .blob = b};
    struct message_new m = {
        .channel = CHANNEL_MAIL, .body = S("Danke!"), .attachment = &file, .attachments = 1};
    check(message_receive(cx, solved.id, &m, &got) == OK
          && got.reopened);    // a picture says more
    end(w, OK);
}

static void M5_closed_makes_a_case_that_follows(struct world *w)
{
    struct ctx *cx = begin_as(w, ADA);
    struct ticket_at closed = case_in(cx, TICKET_CLOSED), solved = case_in(cx, TICKET_SOLVED);
    check(end(w, OK) == OK);
    cx = begin(w);
    struct message_received got = receive(cx, closed.id, S("Es ist wieder da."), false);
    struct ticket t;
    check(got.follow_up && ticket_load(cx, got.at.id, &t) == OK);
    check(t.follows.n == closed.id.n && t.status == TICKET_NEW && t.contact.n == karin(cx).n
          && t.follows_number > 0);
    check(got.at.version == t.version);
    check_text(t.subject, S("WLAN"));
    check_text(t.problem, S("Es ist wieder da."));
    check(status_of(cx, closed.id) == TICKET_CLOSED);
    check(end(w, OK) == OK);
    later(w, 14 * 86400 + 60);    // solved long ago, though nothing closed it
    cx = begin(w);
    check(receive(cx, solved.id, S("Es ist wieder da."), false).follow_up);
    end(w, OK);
}

static void M5_merged_goes_on_in_the_other(struct world *w)
{
    struct ctx *cx = begin(w);
    struct ticket_at from = new_case(cx), into = new_case(cx);
    contact_id otto;
    check(contact_add(cx, &(struct contact){.name = S("Otto"), .org = S("Kern")}, &otto) == OK);
    check(db_script(cx, "update ticket set contact = 2 where id = 2") == OK);
    check(message_merge(cx, &from, &into) == OK);
    message_id id;
    struct message_new m = {.kind = MESSAGE_CUSTOMER, .channel = CHANNEL_MAIL, .body = S("x")};
    check(message_add(cx, &from, &m, &id) == ERR_INVALID);
    ctx_forgive(cx);
    cx->who = customer_of(cx, karin(cx));    // cannot see her colleague's case, and is heard
    struct who before = cx->who;
    struct message_received got;
    check(message_receive(cx, from.id, &m, &got) == OK && got.at.id.n == into.id.n);
    check(cx->who.see == SEE_OWN && cx->who.contact.n == before.contact.n);
    check(end(w, OK) == OK);
    check(ask(w, "select contact from message where ticket = 2 and verified = 1") == 1);
    cx = begin(w);
    cx->who = customer_of(cx, otto);    // not hers to write to
    check(message_receive(cx, from.id, &m, &got) == ERR_ABSENT && cx->who.contact.n == otto.n);
    end(w, ERR_ABSENT);
}

static void M6_what_is_not_proven_decides_nothing(struct world *w)
{
    struct ctx *cx = begin_as(w, ADA);
    struct ticket_at solved = case_in(cx, TICKET_SOLVED);
    check(receive(cx, solved.id, S("Danke!"), true)
              .reopened);    // not taken for thanks: somebody looks
    struct message_page page;
    check(message_list(cx, solved.id, (message_id){0}, 9, &page) == OK && page.n == 1);
    check(!page.row[0].verified);
    end(w, OK);
}

// A link that was only shown on a page makes its reader the contact, but proves nobody.
static void M6_a_customer_may_be_unproven_too(struct world *w)
{
    struct ctx *cx = begin_as(w, ADA);
    struct ticket_at at = new_case(cx);
    struct message_new m = {
        .channel = CHANNEL_PORTAL, .body = S("x"), .contact = karin(cx), .unverified = true};
    struct message_received r;
    struct message_page page;
    cx->who = customer_of(cx, m.contact);
    check(message_receive(cx, at.id, &m, &r) == OK);
    m.kind = MESSAGE_CUSTOMER;
    message_id id;
    check(message_add(cx, &r.at, &m, &id) == OK);
    m.unverified = false;
    check(message_add(cx, &r.at, &m, &id) == OK);
    check(message_list(cx, at.id, (message_id){0}, 9, &page) == OK && page.n == 3);
    check(!page.row[0].verified && !page.row[1].verified && page.row[2].verified);
    end(w, OK);
}

static void M6_the_name_shown_is_the_one_given(struct world *w)
{
    struct ctx *cx = begin_as(w, ADA);
    struct ticket_at at = new_case(cx);
    struct message_new m = {.kind = MESSAGE_CUSTOMER,
                            .channel = CHANNEL_MAIL,
                            .body = S("x"),
                            .author = S("Die Chefin"),
                            .contact = karin(cx),
                            .unverified = true};
    message_id id;
    struct message_page page;
    check(message_add(cx, &at, &m, &id) == OK);
    m.unverified = false;
    check(message_add(cx, &at, &m, &id) == OK);
    check(say(cx, &at, MESSAGE_NOTE, S("hm")) == OK);
    check(message_list(cx, at.id, (message_id){0}, 9, &page) == OK && page.n == 3);
    check_text(page.row[0].author, S("Die Chefin"));
    check_text(page.row[1].author, S("Karin Brandt"));
    check_text(page.row[2].author, S("ada"));
    end(w, OK);
}

static void M7_the_first_word_opens_it(struct world *w)
{
    struct ctx *cx = begin_as(w, ADA);
    struct ticket_at reply = new_case(cx), note = new_case(cx), automatic = new_case(cx);
    check(say(cx, &reply, MESSAGE_CUSTOMER, S("Hallo")) == OK);
    check(say(cx, &reply, MESSAGE_REPLY, S("Guten Tag")) == OK);
    check(say(cx, &note, MESSAGE_CALL, S("ruft wieder an")) == OK);
    check(say(cx, &automatic, MESSAGE_AUTO, S("Eingang")) == OK);
    check(status_of(cx, reply.id) == TICKET_OPEN && status_of(cx, note.id) == TICKET_OPEN);
    check(status_of(cx, automatic.id) == TICKET_NEW);
    check(end(w, OK) == OK);
    check(ask(w, "select unanswered from ticket where id = 1") == 0);
    check(ask(w, "select count(*) from event where kind = 'ticket.opened'") == 2);
    check(ask(w, "select version from ticket where id = 1") == reply.version);
}

static void M8_imported_words_move_nothing(struct world *w)
{
    struct ctx *cx = begin(w);
    struct ticket_at solved = case_in(cx, TICKET_SOLVED), closed = case_in(cx, TICKET_CLOSED);
    struct message_new m = {.kind = MESSAGE_CUSTOMER,
                            .channel = CHANNEL_IMPORT,
                            .body = S("Geht nicht."),
                            .src = S("otrs"),
                            .src_id = S("1"),
                            .at = {5000}};
    message_id id;
    check(message_add(cx, &solved, &m, &id) == OK && status_of(cx, solved.id) == TICKET_SOLVED);
    m.kind = MESSAGE_REPLY, m.src_id = S("2");
    check(message_add(cx, &closed, &m, &id) == OK && status_of(cx, closed.id) == TICKET_CLOSED);
    check(end(w, OK) == OK);
    check(ask(w, "select count(*) from message where at = 5000 and src = 'otrs'") == 2);
    cx = begin(w);
    closed.version = TICKET_ANY_VERSION;
    check(end(w, message_add(cx, &closed, &m, &id)) == ERR_STALE);    // a second time
}

static void M9_attachments_come_with_their_message(struct world *w)
{
    struct ctx *cx = begin_as(w, ADA);
    struct ticket_at at = new_case(cx);
    struct attachment_new file[2] = {
        {.name = S("../../etc/pass\rwd"), .type = S("text/plain")},
        {.name = S("b.png"), .type = S("image/png\r\nX: y"), .embedded = true}};
    check(blob_put(cx, S("eins"), &file[0].blob) == OK
          && blob_put(cx, S("zwei"), &file[1].blob) == OK);
    struct message_new m = {.kind = MESSAGE_CUSTOMER,
                            .channel = CHANNEL_MAIL,
                            .attachment = file,
                            .attachments = 2};
    message_id id;
    struct attachment *a, one;
    isize n;
    struct message_page page;
    check(message_add(cx, &at, &m, &id) == OK);
    check(message_list(cx, at.id, (message_id){0}, 9, &page) == OK
          && page.row[0].attachments == 2);
    check(attachment_list(cx, at.id, &a, &n) == OK && n == 2);
    check_text(a[0].name, S("passwd"));
    check_text(a[1].type, S("application/octet-stream"));
    check(a[1].embedded && !a[0].embedded && a[0].message.n == id.n);
    check(attachment_load(cx, a[0].id, &one) == OK && one.blob.size == 4);
    str bytes;
    check(blob_read(cx, one.blob.sha256, 100, &bytes) == OK);
    check_text(bytes, S("eins"));
    end(w, OK);
}

static void what_is_missing_is_said(struct world *w)
{
    struct ctx *cx = begin_as(w, ADA);
    struct ticket_at at = case_in(cx, TICKET_CLOSED);
    check(say(cx, &at, MESSAGE_NOTE, S(" \n")) == ERR_INVALID);
    check(say(cx, &at, MESSAGE_REPLY, S("zu spät")) == ERR_INVALID);
    check(say(cx, &at, 0, S("x")) == ERR_INVALID);
    check(say(cx, &at, MESSAGE_NOTE, S("geht")) == OK);
    check(say(cx, &at, MESSAGE_CUSTOMER, S("")) == OK);    // an empty mail is one, too
    cx->who = customer_of(cx, karin(cx));
    check(say(cx, &at, MESSAGE_NOTE, S("ich bin das Team")) == ERR_DENIED);
    end(w, OK);
}

static void T4_knows_when_we_asked(struct world *w)
{
    struct ctx *cx = begin_as(w, ADA);
    struct ticket_at at = case_in(cx, TICKET_OPEN);
    instant asked;
    check(say(cx, &at, MESSAGE_REPLY, S("Welche Farbe hat die Lampe?")) == OK);
    check(message_asked(cx, at.id, &asked) == OK && asked.ms == w->now.ms);
    check(end(w, OK) == OK);
    later(w, 200);
    cx = begin_as(w, ADA);
    check(say(cx, &at, MESSAGE_REPLY, S("Bitte hier lesen: https://x.example/a?b")) == OK);
    check(say(cx, &at, MESSAGE_NOTE, S("Stimmt das?")) == OK);
    check(say(cx, &at, MESSAGE_CUSTOMER, S("Welche Lampe?")) == OK);
    check(message_asked(cx, at.id, &asked) == OK && asked.ms == w->now.ms - 200000);
    struct ticket_waiting wait = {.for_what = TICKET_WAITING_CUSTOMER, .asked = asked};
    check(ticket_wait(cx, &at, &wait) == OK);
    check(end(w, OK) == OK);
    later(w, 3600);
    cx = begin_as(w, ADA);
    check(message_asked(cx, at.id, &asked) == OK && asked.ms == 0);
    end(w, OK);
}

static void found_by_message_id(struct world *w)
{
    struct ctx *cx = begin(w);
    struct ticket_at at = new_case(cx);
    struct message_new m = {.kind = MESSAGE_CUSTOMER,
                            .channel = CHANNEL_MAIL,
                            .body = S("x"),
                            .mail_id = S("1@far.example"),
                            .inbox = 9};
    message_id id, found;
    ticket_id of;
    check(message_add(cx, &at, &m, &id) == OK);
    check(message_by_mail_id(cx, S("1@far.example"), &of, &found) == OK && found.n == id.n
          && of.n == at.id.n);
    check(message_by_mail_id(cx, S("2@far.example"), &of, &found) == ERR_ABSENT);
    check(message_set_sent(cx, id, MESSAGE_FAILED) == OK);
    check(end(w, OK) == OK);
    check(ask(w, "select sent from message") == MESSAGE_FAILED);
    cx = begin(w);
    check(end(w, message_add(cx, &at, &m, &id)) == ERR_STALE);    // one mail, one message
}

const struct test message_tests[] = {
    T(M1_there_is_no_way_to_change_one),
    T(M2_customers_see_no_internal_words),
    T(M2_nothing_of_another_team_or_desk),
    T(M3_row_event_and_version_or_nothing),
    T(M3_a_stale_version_stores_nothing),
    T(M4_read_what_is_new_before_you_send),
    T(M5_the_customer_gives_us_the_ball),
    T(M5_nothing_but_thanks_leaves_it_solved),
    T(M5_closed_makes_a_case_that_follows),
    T(M5_merged_goes_on_in_the_other),
    T(M6_what_is_not_proven_decides_nothing),
    T(M6_a_customer_may_be_unproven_too),
    T(M6_the_name_shown_is_the_one_given),
    T(M7_the_first_word_opens_it),
    T(M8_imported_words_move_nothing),
    T(M9_attachments_come_with_their_message),
    T(what_is_missing_is_said),
    T(T4_knows_when_we_asked),
    T(found_by_message_id),
    {0},
};
