// SPDX-License-Identifier: GPL-3.0-or-later
#include "intake/intake_test.h"

#include "intake/lmtp_server.h"
#include "intake/refused.h"
#include "testing/dial.h"

enum { LARGE = 61000000 };

static void refuse(struct world *w, const char *sender, const str *rcpt, isize n)
{
    struct ctx *cx = begin(w);
    check(end(w, refused_note(cx, str_from_z(sender), rcpt, n, LARGE)) == OK);
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

// Where a mail server says the size first, and where it only sends.
static void L5_a_refusal_at_the_door_is_noted(struct world *w)
{
    int64_t t = a_case(w);
    str address = reply_address(w, t);
    struct writer *writer;
    struct lmtp_server *server;
    struct ctx cx = {.arena = &w->arena};
    struct writer_config wc = {.place = &w->place, .threads = 2};
    check(writer_start_on(&cx, &wc, w->db, &writer) == OK);
    w->db = NULL;
    struct lmtp_server_config sc = {.address = S("127.0.0.1:0"),
                                    .lmtp = {S("desk.example"), w->place.dir, 1},
                                    .threads = 1,
                                    .writer = writer};
    check(lmtp_server_start(&cx, &sc, &server) == OK);
    struct dial d;
    check(dial_open(&d, lmtp_server_port(server)));
    dial_say(&d, arena_fmt(&w->arena,
                           "LHLO mx\r\nMAIL FROM:<maja@kunde.example> SIZE=61000000\r\n"
                           "RCPT TO:<hilfe@nordlicht.example>\r\nRCPT TO:<" STR_FMT
                           ">\r\nDATA\r\nQUIT\r\n",
                           STR_ARG(address)));
    str all = dial_rest(&d, &w->arena);
    check(str_find(all, S("552 5.3.4 <hilfe@nordlicht.example> the mail is larger")) > 0);
    check(str_find(all, S("503 5.5.1")) > 0);
    dial_close(&d);
    lmtp_server_stop(server);
    writer_stop(writer);
    check(db_open(&cx, &w->place, DB_WRITER, &w->db) == OK);
    check(ask(w, LINES) == 1 && ask(w, "select count(*) from inbox where state = 1") == 0);
}

static void a_fault_leaves_nothing(struct world *w)
{
    str address = reply_address(w, a_case(w));
    EACH_FAULT(w) {
        struct ctx *cx = begin(w);
        enum err err = end(w, refused_note(cx, S("maja@kunde.example"), &address, 1, LARGE));
        check(ask(w, LINES) == (err == OK));
    }
}

const struct test refused_tests[] = {
    T(O1_only_a_signed_address_leads_to_a_case),
    T(O2_one_line_an_hour),
    T(O3_it_moves_nothing),
    T(L5_a_refusal_at_the_door_is_noted),
    T(a_fault_leaves_nothing),
    {0},
};
