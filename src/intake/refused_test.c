// SPDX-License-Identifier: GPL-3.0-or-later
#include "intake/intake_test.h"

#include "intake/lmtp_server.h"
#include "intake/refused.h"
#include "promise/promise.h"
#include "testing/dial.h"

enum { LARGE = 61000000, MEGA = 1000000 };

static void refuse(struct world *w, const char *sender, const str *rcpt, isize n)
{
    struct ctx *cx = begin(w);
    bool noted;
    check(end(w, refused_note(cx, str_from_z(sender), rcpt, n, LARGE, &noted)) == OK);
}

static int64_t a_second_case(struct world *w, int64_t like)
{
    struct ticket_new n = {
        .channel = CHANNEL_MAIL, .subject = S("x"), .contact = load(w, like).contact};
    struct ticket_made made = {0};
    struct ctx *cx = begin_as(w, ADA);
    check(ticket_create(cx, &n, &made) == OK && end(w, OK) == OK);
    return made.at.id.n;
}

#define LINES                                                                                \
    "select count(*) from message where kind = 5 and internal = 1 and body like 'Eine Mail " \
    "zu diesem Vorgang wurde nicht angenommen: Sie ist mit 61 MB zu groß (erlaubt sind 52 " \
    "MB)%'"

static void O1_only_a_signed_address_leads_to_a_case(struct world *w)
{
    int64_t t = a_case(w);
    str signed_ = reply_address(w, t), forged = keep(w, signed_);
    ((char *)(uintptr_t)forged.p)[str_find(forged, S("@")) - 1] ^= 1;
    const str none[] = {S("hilfe@nordlicht.example"), forged, S("x@weg.example")};
    refuse(w, "maja@kunde.example", none, countof(none));
    check(ask(w, "select count(*) from message where kind = 5") == 0);
    const str one[] = {S("hilfe@nordlicht.example"), signed_};
    refuse(w, "maja@kunde.example", one, countof(one));
    check(ask(w, LINES) == 1);
    check(ask(w, LINES " and address = 'maja@kunde.example' and verified = 0") == 1);
}

// Of a thread with somebody outside.
static void O1_the_other_signed_address_does_too(struct world *w)
{
    int64_t t = a_case(w);
    struct tenant desk;
    str address = {0};
    struct ctx *cx = begin(w);
    check(tenant_mine(cx, &desk) == OK
          && envelope_outside(cx, &desk, (ticket_id){t}, 9, &address) == OK);
    address = keep(w, address);
    check(end(w, OK) == OK);
    refuse(w, "werk@hersteller.example", &address, 1);
    check(ask(w, LINES " and address = 'werk@hersteller.example'") == 1);
}

static void O1_what_was_merged_goes_on_in_the_other(struct world *w)
{
    int64_t t = a_case(w);
    str address = reply_address(w, t);
    struct ticket_at from = {{t}, TICKET_ANY_VERSION};
    struct ticket_at into = {{a_second_case(w, t)}, TICKET_ANY_VERSION};
    check(end(w, promise_merge(begin_as(w, ADA), &from, &into)) == OK);
    refuse(w, "maja@kunde.example", &address, 1);
    check(ask(w, LINES " and ticket = (select id from ticket where subject = 'x')") == 1);
}

static void O2_one_line_an_hour(struct world *w)
{
    str address = reply_address(w, a_case(w));
    for (int i = 0; i < 3; i++)
        refuse(w, i == 0 ? "maja@kunde.example" : "wer@anders.example", &address, 1);
    check(ask(w, LINES) == 1);
    later(w, 3601);
    refuse(w, "maja@kunde.example", &address, 1);
    check(ask(w, LINES) == 2);
}

static void O3_it_moves_nothing(struct world *w)
{
    int64_t t = a_case(w);
    a_reply_of_ada(w, t);
    struct ticket before = load(w, t);
    str address = reply_address(w, t);
    refuse(w, "", &address, 1);
    check(ask(w, LINES) == 0);
    refuse(w, "maja@kunde.example", &address, 1);
    struct ticket now = load(w, t);
    check(ask(w, LINES) == 1 && now.status == before.status
          && now.unanswered == before.unanswered);
}

struct door {
    struct writer *writer;
    struct lmtp_server *server;
    struct dial dial;
};

// The writer takes the world's connection and closes it; the world gets another one.
static void open_door(struct world *w, struct door *d)
{
    struct ctx cx = {.arena = &w->arena};
    struct writer_config wc = {.place = &w->place, .threads = 2};
    check(writer_start_on(&cx, &wc, w->db, &d->writer) == OK);
    w->db = NULL;
    struct lmtp_server_config sc = {.address = S("127.0.0.1:0"),
                                    .lmtp = {S("desk.example"), w->place.dir, 1},
                                    .threads = 1,
                                    .writer = d->writer};
    check(lmtp_server_start(&cx, &sc, &d->server) == OK);
    check(dial_open(&d->dial, lmtp_server_port(d->server)));
}

static str close_door(struct world *w, struct door *d)
{
    dial_say(&d->dial, S("QUIT\r\n"));
    str all = dial_rest(&d->dial, &w->kept);
    dial_close(&d->dial);
    lmtp_server_stop(d->server);
    writer_stop(d->writer);
    struct ctx cx = {.arena = &w->arena};
    check(db_open(&cx, &w->place, DB_WRITER, &w->db) == OK);
    return all;
}

// Where a mail server says the size first...
static void L5_a_refusal_at_the_door_is_noted(struct world *w)
{
    struct door d;
    str address = reply_address(w, a_case(w));
    open_door(w, &d);
    dial_say(&d.dial,
             arena_fmt(&w->arena,
                       "LHLO mx\r\nMAIL FROM:<maja@kunde.example> SIZE=61000000\r\n"
                       "RCPT TO:<hilfe@nordlicht.example>\r\nRCPT TO:<" STR_FMT
                       ">\r\nDATA\r\n",
                       STR_ARG(address)));
    str all = close_door(w, &d);
    check(str_find(all, S("552 5.3.4 <hilfe@nordlicht.example> the mail is larger")) > 0);
    check(str_find(all, S("503 5.5.1")) > 0);
    check(ask(w, LINES) == 1 && ask(w, "select count(*) from inbox where state = 1") == 0);
}

// ... and where it only sends.
static void L5_what_grows_too_large_is_noted(struct world *w)
{
    struct door d;
    str address = reply_address(w, a_case(w));
    open_door(w, &d);
    dial_say(&d.dial, arena_fmt(&w->arena,
                                "LHLO mx\r\nMAIL FROM:<maja@kunde.example>\r\n"
                                "RCPT TO:<hilfe@nordlicht.example>\r\nRCPT TO:<" STR_FMT
                                ">\r\nDATA\r\n",
                                STR_ARG(address)));
    struct buf b = buf_new(&w->arena, 1 << 20);
    while (b.n < 1000000)
        buf_put(&b, S("a line of a large mail, of which there are many\r\n"));
    for (int64_t n = 0; n < LARGE - MEGA; n += b.n)
        dial_say(&d.dial, buf_str(&b));
    dial_say(&d.dial, S(".\r\n"));
    str all = close_door(w, &d);
    check(str_find(all, S("552 5.3.4 <hilfe@nordlicht.example> the mail is larger")) > 0);
    check(ask(w, LINES) == 1 && ask(w, "select n from inbox_refused") == 1);
}

static void L8_it_counts_once(struct world *w)
{
    struct door d;
    int64_t t = a_case(w);
    str first = reply_address(w, t), second = reply_address(w, a_second_case(w, t));
    open_door(w, &d);
    dial_say(&d.dial,
             arena_fmt(&w->arena,
                       "LHLO mx\r\nMAIL FROM:<maja@kunde.example> SIZE=61000000\r\n"
                       "RCPT TO:<a@x>\r\nRCPT TO:<b@x>\r\nRCPT TO:<" STR_FMT
                       ">\r\nRCPT TO:<" STR_FMT ">\r\nRCPT TO:<c@x>\r\nRSET\r\n",
                       STR_ARG(first), STR_ARG(second)));
    dial_say(&d.dial, S("MAIL FROM:<b@b> SIZE=61000000\r\nRCPT TO:<a@x>\r\n"));
    close_door(w, &d);
    check(ask(w, "select n from inbox_refused") == 2);
    check(ask(w, LINES) == 1);
}

static void a_fault_leaves_nothing(struct world *w)
{
    str address = reply_address(w, a_case(w));
    EACH_FAULT(w) {
        struct ctx *cx = begin(w);
        bool noted;
        enum err err =
            end(w, refused_note(cx, S("maja@kunde.example"), &address, 1, LARGE, &noted));
        check(ask(w, LINES) == (err == OK));
    }
}

const struct test refused_tests[] = {
    T(O1_only_a_signed_address_leads_to_a_case),
    T(O1_the_other_signed_address_does_too),
    T(O1_what_was_merged_goes_on_in_the_other),
    T(O2_one_line_an_hour),
    T(O3_it_moves_nothing),
    T(L5_a_refusal_at_the_door_is_noted),
    T(L5_what_grows_too_large_is_noted),
    T(L8_it_counts_once),
    T(a_fault_leaves_nothing),
    {0},
};
