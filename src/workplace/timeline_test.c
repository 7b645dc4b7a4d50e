// SPDX-License-Identifier: GPL-3.0-or-later
#include "workplace/timeline.h"

#include "base/now.h"
#include "event/event.h"
#include "measure/measure.h"
#include "workplace/workplace_test.h"

static struct timeline load_wish(struct world *w, const struct made_case *c,
                                 struct timeline_wish wish)
{
    struct timeline tl = {0};
    struct ticket t;
    struct ctx *cx = begin_as(w, ADA);
    check(ticket_load(cx, c->id, &t) == OK);
    check(timeline_load(cx, &t, &wish, &tl) == OK);
    end(w, OK);
    return tl;
}

static struct timeline load(struct world *w, const struct made_case *c, enum timeline_filter f)
{
    return load_wish(w, c, (struct timeline_wish){.filter = f});
}

static void the_value_of_a_member(struct world *w)
{
    (void)w;
    // clang-format off
    static const struct { const char *json, *key, *value; } rows[] = {
        {"{\"from\":\"new\",\"to\":\"open\",\"by\":\"taken\"}", "by", "taken"},
        {"{\"from\":\"new\",\"to\":\"open\",\"by\":\"taken\"}", "from", "new"},
        {"{\"from\":3,\"to\":2}", "to", "2"},
        {"{\"from\":3,\"to\":2}", "by", ""},
        {"{\"into\":3,\"to\":2}", "to", "2"},
        {"{\"a\":\"to\",\"to\":\"x\"}", "to", "x"},
        {"", "to", ""},
        {"{\"to\":", "to", ""},
    };
    // clang-format on
    for (isize i = 0; i < countof(rows); i++)
        check_text(timeline_data(str_from_z(rows[i].json), rows[i].key),
                   str_from_z(rows[i].value));
}

static void L1_oldest_first_words_before_quiet_lines(struct world *w)
{
    struct made_case c = a_case(w);
    later(w, 60);
    says(w, &c, (struct message_new){.body = S("erste Zeile")});
    later(w, 60);
    writes(w, ADA, &c,
           (struct message_new){.kind = MESSAGE_REPLY, .body = S("Wir prüfen das.")});
    struct timeline tl = load(w, &c, SHOW_ALL);
    for (isize i = 1; i < tl.n; i++)
        check(tl.entry[i - 1].at.ms <= tl.entry[i].at.ms);
    check(tl.n == 5);    // opened, promised; hello; the reply, then what it kept
    check_text(tl.entry[0].title.en, S("Opened"));
    check(tl.entry[2].kind == ENTRY_MESSAGE);
    check_text(tl.entry[3].message->body, S("Wir prüfen das."));
    check_text(tl.entry[4].title.en, S("Promise kept"));
    check(tl.entry[0].new_day && !tl.entry[1].new_day);
}

static void L1_a_new_day_is_marked(struct world *w)
{
    struct made_case c = a_case(w);
    later(w, 86400);
    says(w, &c, (struct message_new){.body = S("am nächsten Tag")});
    struct timeline tl = load(w, &c, SHOW_ALL);
    check(tl.n == 3 && !tl.entry[1].new_day && tl.entry[2].new_day);
}

static void L2_what_was_said_stands_once(struct world *w)
{
    struct made_case c = a_case(w);
    says(w, &c, (struct message_new){.body = S("hallo")});
    check(ask(w, "select count(*) from event where kind = 'message.received'") == 1);
    struct timeline tl = load(w, &c, SHOW_ALL);
    int messages = 0;
    for (isize i = 0; i < tl.n; i++)
        messages += tl.entry[i].kind == ENTRY_MESSAGE;
    check(messages == 1 && tl.n == 3);
}

static void L2_what_opened_it_is_told_instead(struct world *w)
{
    struct made_case c = a_case(w);
    struct ticket_at at = {c.id, TICKET_ANY_VERSION};
    check(end(w, ticket_take(begin_as(w, ADA), &at)) == OK);
    struct timeline tl = load(w, &c, SHOW_ALL);
    check(tl.n == 3);
    check_text(tl.entry[2].title.en, S("Taken"));
    check_text(tl.entry[2].person, S("ada"));
}

static void L3_filters_leave_out(struct world *w)
{
    struct made_case c = a_case(w);
    says(w, &c, (struct message_new){.body = S("von außen")});
    writes(w, ADA, &c, (struct message_new){.kind = MESSAGE_NOTE, .body = S("unter uns")});
    struct timeline tl = load(w, &c, SHOW_CUSTOMER);
    check(tl.n == 1);
    check_text(tl.entry[0].message->body, S("von außen"));
    tl = load(w, &c, SHOW_INTERNAL);
    check(tl.n == 1);
    check_text(tl.entry[0].message->body, S("unter uns"));
    tl = load(w, &c, SHOW_EVENTS);
    for (isize i = 0; i < tl.n; i++)
        check(tl.entry[i].kind == ENTRY_QUIET);
    check(tl.n >= 2);
}

static message_id put(struct world *w, const struct made_case *c, struct message_new m)
{
    struct ctx *cx = begin(w);
    struct ticket_at at = {c->id, TICKET_ANY_VERSION};
    message_id id;
    m.seen = MESSAGE_SEEN_ALL;
    m.channel = CHANNEL_MAIL;
    check(end(w, message_add(cx, &at, &m, &id)) == OK);
    return id;
}

static void L7_machines_only_among_the_internal(struct world *w)
{
    struct made_case c = a_case(w);
    put(w, &c,
        (struct message_new){
            .kind = MESSAGE_SYSTEM, .internal = true, .inbox = 7, .body = S("bin im Urlaub")});
    put(w, &c,
        (struct message_new){
            .kind = MESSAGE_SYSTEM, .internal = true, .body = S("vom Programm")});
    struct timeline tl = load(w, &c, SHOW_ALL);
    int messages = 0;
    for (isize i = 0; i < tl.n; i++)
        messages += tl.entry[i].kind == ENTRY_MESSAGE;
    check(messages == 1);
    tl = load(w, &c, SHOW_INTERNAL);
    check(tl.n == 2);
    check_text(tl.entry[0].message->body, S("bin im Urlaub"));
    check(load(w, &c, SHOW_CUSTOMER).n == 0);
}

static void L8_why_a_mail_came_back(struct world *w)
{
    struct made_case c = a_case(w);
    message_id first = put(
        w, &c,
        (struct message_new){.kind = MESSAGE_AUTO, .body = S("eins"), .sent = MESSAGE_FAILED});
    put(w, &c,
        (struct message_new){.kind = MESSAGE_AUTO, .body = S("zwei"), .sent = MESSAGE_FAILED});
    struct undelivered_new n = {.ticket = c.id,
                                .message = first,
                                .rcpt = S("k.brandt@post.example"),
                                .status = S("5.1.1"),
                                .reason = BOUNCE_USERUNKNOWN,
                                .hard = true};
    struct ctx *cx = begin(w);
    check(end(w, undelivered_note(cx, &n)) == OK);
    struct timeline tl = load(w, &c, SHOW_CUSTOMER);
    check(tl.n == 2 && tl.entry[0].returns == 1 && tl.entry[1].returns == 0);
    check_text(tl.entry[0].returned[0].address, S("k.brandt@post.example"));
    struct seen s = web_get(
        w, ADA, arena_z(&w->kept, arena_fmt(&w->kept, "/w/t/" STR_FMT, STR_ARG(c.number))));
    check(web_shows(&s, "Did not reach k.brandt@post.example: the address does not exist (for "
                        "good, 5.1.1)."));
    check(web_shows(&s, "The last mail to k.brandt@post.example came back"));
    check(web_shows(&s, "does not arrive"));
    cx = begin(w);
    check(end(w, undelivered_clear(cx, S("k.brandt@post.example"))) == OK);
    s = web_get(w, ADA,
                arena_z(&w->kept, arena_fmt(&w->kept, "/w/t/" STR_FMT, STR_ARG(c.number))));
    check(!web_shows(&s, "does not arrive") && web_shows(&s, "Did not reach"));
}

static void L8_on_top_why_our_reply_did_not_arrive(struct world *w)
{
    struct made_case c = a_case(w);
    const char *page =
        arena_z(&w->kept, arena_fmt(&w->kept, "/w/t/" STR_FMT, STR_ARG(c.number)));
    message_id m = put(w, &c,
                       (struct message_new){.kind = MESSAGE_REPLY,
                                            .body = S("eins"),
                                            .sent = MESSAGE_FAILED,
                                            .seen = MESSAGE_SEEN_ALL});
    check(end(w, undelivered_look(begin(w), m)) == OK);    // stopped by hand: nobody said why
    struct seen s = web_get(w, ADA, page);
    check(web_shows(&s, "Our last reply did not reach the customer."));
    struct undelivered_new n = {.ticket = c.id,
                                .message = m,
                                .rcpt = S("k.brandt@post.example"),
                                .status = S("5.1.1"),
                                .reason = BOUNCE_USERUNKNOWN,
                                .hard = true};
    check(end(w, undelivered_note(begin(w), &n)) == OK);
    s = web_get(w, ADA, page);
    check(web_shows(
        &s, "Our last reply did not reach k.brandt@post.example: the address does not exist"));
    put(w, &c,
        (struct message_new){.kind = MESSAGE_REPLY,
                             .body = S("zwei"),
                             .sent = MESSAGE_SENT,
                             .seen = MESSAGE_SEEN_ALL});
    s = web_get(w, ADA, page);
    check(!web_shows(&s, "Our last reply did not reach"));
}

static void an_address_that_no_relay_takes_is_told(struct world *w)
{
    struct made_case c = a_case(w);
    const char *page =
        arena_z(&w->kept, arena_fmt(&w->kept, "/w/t/" STR_FMT, STR_ARG(c.number)));
    struct seen s = web_get(w, ADA, page);
    check(!web_shows(&s, "We cannot write to"));
    struct ctx *cx = begin(w);
    check(
        db_script(cx, "update contact_address set shown = 'jürgen@post.example' where kind = 1")
            == OK
        && end(w, OK) == OK);
    s = web_get(w, ADA, page);
    check(web_shows(&s, "We cannot write to jürgen@post.example"));
    check(web_shows(&s, "No mail can be sent to jürgen@post.example"));
    s = web_post(w, ADA, at(w, &c, "/antwort"), "art=antwort&tun=senden&text=Hallo");
    check(s.status == 422 && web_shows(&s, "No mail can be sent to jürgen@post.example. Call"));
}

static void L4_older_ones_are_a_page_further(struct world *w)
{
    struct made_case c = a_case(w);
    for (int i = 0; i < 7; i++) {
        later(w, 60);
        says(w, &c, (struct message_new){.body = S("noch etwas")});
    }
    struct timeline_wish wish = {.filter = SHOW_ALL, .most = 3};
    int messages = 0, quiet = 0, pages = 0;
    struct timeline tl;
    do {
        tl = load_wish(w, &c, wish);
        for (isize i = 0; i < tl.n; i++) {
            messages += tl.entry[i].kind == ENTRY_MESSAGE;
            quiet += tl.entry[i].kind == ENTRY_QUIET;
        }
        wish.before = tl.before;
        wish.until = tl.until;
    } while (tl.older && ++pages < 9);
    check(messages == 7 && pages == 2);
    check(quiet == 2);    // each once: opened, promised
}

// The number of statements is what a page costs on a database that is far away.
static int statements(struct world *w, const struct made_case *c)
{
    int n = 0;
    bool failed = true;
    while (failed) {
        struct timeline tl;
        struct ticket t = {.id = c->id};
        struct timeline_wish wish = {.filter = SHOW_ALL};
        struct ctx *cx = begin_as(w, ADA);
        db_fail_at(w->db, ++n);
        enum err err = timeline_load(cx, &t, &wish, &tl);
        failed = db_failed(w->db);
        db_fail_at(w->db, 0);
        check(err == (failed ? ERR_BUSY : OK));
        end(w, ERR_BUSY);
    }
    return n - 1;
}

static void L5_only_what_the_events_speak_of(struct world *w)
{
    struct made_case c = a_case(w);
    check(statements(w, &c) == 3);    // messages, events, promises
    engagement_id id;
    struct ticket_at at = {c.id, TICKET_ANY_VERSION};
    struct engagement_contract k = {
        .problem = S("x"), .promised = S("y"), .asked_for = ASK_SOLVE};
    check(end(w, ticket_take(begin_as(w, ADA), &at)) == OK);
    at.version = look(w, &c).version;
    check(end(w, engagement_hand_over(begin_as(w, ADA), &at, (team_id){NET}, &k, &id)) == OK);
    check(statements(w, &c) == 4);
    struct timeline tl = load(w, &c, SHOW_ALL);
    int asked = 0;
    for (isize i = 0; i < tl.n; i++)
        asked += tl.entry[i].kind == ENTRY_ENGAGEMENT;
    check(tl.engagements == 1 && asked == 1);
}

static void L2_an_answer_stands_where_it_was_given(struct world *w)
{
    struct made_case c = a_case(w);
    struct ticket_at at = {c.id, TICKET_ANY_VERSION};
    struct engagement_contract k = {
        .problem = S("x"), .promised = S("y"), .asked_for = ASK_SOLVE};
    engagement_id id;
    check(end(w, ticket_take(begin_as(w, ADA), &at)) == OK);
    at.version = look(w, &c).version;
    check(end(w, engagement_hand_over(begin_as(w, ADA), &at, (team_id){NET}, &k, &id)) == OK);
    check(end(w, engagement_accept(begin_as(w, CEM), (struct engagement_at){id, 1},
                                   S("Ich prüfe die Leitung."), false))
          == OK);
    at.version = look(w, &c).version;
    k.asked_for = ASK_KNOWHOW;
    check(end(w, engagement_hand_over(begin_as(w, CEM), &at, (team_id){EXPERTS}, &k, &id))
          == OK);
    check(end(w, engagement_accept(begin_as(w, DORA), (struct engagement_at){id, 1},
                                   S("Ich sehe in die Vermittlung."), false))
          == OK);
    struct timeline tl = load(w, &c, SHOW_ALL);
    int lines = 0, quiet = 0;
    for (isize i = 0; i < tl.n; i++) {
        quiet += tl.entry[i].kind == ENTRY_QUIET && tl.entry[i].engagement != NULL;
        lines += str_eq(tl.entry[i].answer, S("Ich prüfe die Leitung."));
    }
    check(quiet == 3 && lines == 1);    // two were accepted, the first was handed on
}

static void L1_what_is_stored_later_may_be_older(struct world *w)
{
    struct made_case c = a_case(w);
    struct ticket_at to = {c.id, TICKET_ANY_VERSION};
    message_id id;
    struct message_new old = {.kind = MESSAGE_CUSTOMER,
                              .channel = CHANNEL_MAIL,
                              .body = S("damals"),
                              .src = S("alt"),
                              .src_id = S("1"),
                              .at = instant_plus(w->now, -86400)};
    later(w, 60);
    says(w, &c, (struct message_new){.body = S("heute")});
    check(end(w, message_add(begin(w), &to, &old, &id)) == OK);
    struct timeline tl = load(w, &c, SHOW_CUSTOMER);
    check(tl.n == 2);
    check_text(tl.entry[0].message->body, S("damals"));
    check(tl.entry[0].new_day && tl.entry[1].new_day && tl.newest.n == id.n);
}

static void L6_a_measure_says_which_and_how_much(struct world *w)
{
    struct made_case c = a_case(w);
    struct ticket_at to = {c.id, TICKET_ANY_VERSION};
    struct measure credit = {
                       .verb = AUTHORITY_CREDIT, .amount = 4050, .what = S("Ausfall")},
                   look_in = {.verb = AUTHORITY_REMOTE, .what = S("Lampen")};
    measure_id id;
    check(end(w, ticket_see(begin(w), c.id, (team_id){NET})) == OK);
    struct ctx *cx = begin_as(w, CEM);
    check(measure_take(cx, &to, &credit, &id) == OK && measure_undo(cx, &to, id, S("x")) == OK
          && measure_take(cx, &to, &look_in, &id) == OK && end(w, OK) == OK);
    w->lang = LANG_DE;
    struct seen s = web_get(w, ADA, at(w, &c, ""));
    check(web_shows(&s, "<b>Maßnahme</b> Gutschrift geben (40,50 €)")
          && web_shows(&s, "<b>Maßnahme zurückgenommen</b> Gutschrift geben (40,50 €)")
          && web_shows(&s, "<b>Maßnahme</b> Fernwartung"));
}

static void L6_nobody_reads_codes(struct world *w)
{
    struct made_case c = a_case(w);
    isize before = load(w, &c, SHOW_ALL).n;
    struct ctx *cx = begin(w);
    check(event_add(cx, (struct event){.kind = "weather.changed", .ticket = c.id.n}) == OK);
    check(end(w, OK) == OK);
    check(load(w, &c, SHOW_ALL).n == before);
}

static void files_stand_at_their_message(struct world *w)
{
    struct made_case c = a_case(w);
    struct attachment_new file[2] = {{.name = S("router.jpg"), .type = S("image/jpeg")},
                                     {.name = S("log.txt"), .type = S("text/plain")}};
    struct ctx *cx = begin(w);
    check(blob_put(cx, S("bytes"), &file[0].blob) == OK);
    check(blob_put(cx, S("more bytes"), &file[1].blob) == OK && end(w, OK) == OK);
    for (int i = 0; i < 2; i++)
        file[i].blob.sha256 = keep(w, file[i].blob.sha256);
    says(w, &c, (struct message_new){.body = S("ohne")});
    says(w, &c, (struct message_new){.body = S("mit"), .attachment = file, .attachments = 2});
    struct timeline tl = load(w, &c, SHOW_CUSTOMER);
    check(tl.n == 2 && tl.entry[0].files == 0 && tl.entry[1].files == 2);
    check_text(tl.entry[1].file[1].name, S("log.txt"));
}

const struct test timeline_tests[] = {
    T(the_value_of_a_member),
    T(L1_oldest_first_words_before_quiet_lines),
    T(L1_a_new_day_is_marked),
    T(L2_what_was_said_stands_once),
    T(L2_what_opened_it_is_told_instead),
    T(L3_filters_leave_out),
    T(L7_machines_only_among_the_internal),
    T(L8_why_a_mail_came_back),
    T(L2_an_answer_stands_where_it_was_given),
    T(L8_on_top_why_our_reply_did_not_arrive),
    T(an_address_that_no_relay_takes_is_told),
    T(L4_older_ones_are_a_page_further),
    T(L5_only_what_the_events_speak_of),
    T(L1_what_is_stored_later_may_be_older),
    T(L6_a_measure_says_which_and_how_much),
    T(L6_nobody_reads_codes),
    T(files_stand_at_their_message),
    {0},
};
