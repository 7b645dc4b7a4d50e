// SPDX-License-Identifier: GPL-3.0-or-later
#include "intake/intake_test.h"

static str receipt(struct world *w)
{
    struct ctx *cx = begin(w);
    str bytes = {0};
    struct mail m = {0};
    check(outbox_bytes(cx, (outbox_id){1}, &bytes) == OK && mail_parse(cx, bytes, &m) == OK);
    str both = arena_fmt(&w->kept, STR_FMT "\n" STR_FMT, STR_ARG(m.subject), STR_ARG(m.text));
    check(end(w, OK) == OK);
    return both;
}

static void B1_number_promise_and_link(struct world *w)
{
    struct ticket t = load(w, a_case(w));
    str number = ticket_number_shown(&w->kept, t.number), s = receipt(w);
    check(str_find(s, number) > 0 && str_find(s, S("Ihr Anliegen ist bei uns")) == 0);
    check(str_find(s, S("Guten Tag,")) > 0
          && str_find(s, S("http://localhost:8080/de/v/")) > 0);
    check(str_find(s, S("Sie hören bis Freitag, 20. November, ")) > 0
          && str_find(s, S(" Uhr von uns.\n")) > 0);
}

static void B1_in_english(struct world *w)
{
    bring(w, MAJA "Subject: printer\r\n",
          "Hello,\r\n\r\nI have a problem with the printer. It does not print.\r\n");
    work(w);
    str s = receipt(w);
    check(str_starts(s, S("We have your request [#")) && str_find(s, S("/en/v/")) > 0);
    check(str_find(s, S("Your request")) > 0);
    check(str_find(s, S(" on Friday, 20 November.\n")) > 0);
}

static void B2_nothing_of_the_senders(struct world *w)
{
    bring(w,
          "From: \"Gewinnen Sie http://evil.example\" <opfer@kunde.example>\r\nSubject: Klick "
          "http://evil.example\r\n",
          "http://evil.example");
    work(w);
    check(receipts(w) == 1);
    struct ctx *cx = begin(w);
    str bytes = {0};
    check(outbox_bytes(cx, (outbox_id){1}, &bytes) == OK);
    check(str_find(bytes, S("evil")) < 0);
    check(end(w, OK) == OK);
    check(str_find(receipt(w), S("evil")) < 0);
}

static void B3_not_where_it_could_loop(struct world *w)
{
    static const char *const headers[] = {
        "From: hilfe@nordlicht.example\r\n",
        "From: hilfe+x@nordlicht.example\r\n",
        "From: a@b.example\r\nPrecedence: bulk\r\n",
        "From: a@b.example\r\nX-Loop: someone\r\n",
        "From: -x@b.example\r\n",
        "Subject: nobody\r\n",
    };
    for (isize i = 0; i < countof(headers); i++)
        bring(w, headers[i], "x");
    bring_from(w, "", "hilfe@nordlicht.example",
               S("From: a@b.example\r\n\r\nempty sender\r\n"));
    work(w);
    check(receipts(w) == 0 && tickets(w) == countof(headers) + 1);
}

// Eve knows an id of Maja's closed case: what she writes follows it, but neither it nor the
// link becomes hers, whoever she says she is.
static void B4_a_stranger_gets_no_link(struct world *w)
{
    int64_t t = a_case(w);
    str closed = arena_fmt(
        &w->kept, "update ticket set status = 7, ball = 5, ball_team = null, ended = %lld",
        (long long)w->now.ms);
    struct ctx *cx = begin(w);
    check(end(w, db_script(cx, arena_z(&w->kept, closed))) == OK);
    later(w, 3601);
    bring(w, "From: eve@evil.example\r\nSubject: hi\r\n",
          "Ich bin auch Kundin.");    // known by now
    work(w);
    later(w, 3601);
    int64_t before = receipts(w);
    static const char *const eves[] = {"eve@evil.example", "mallory@evil.example"};
    for (isize i = 0; i < countof(eves); i++) {
        str header =
            arena_fmt(&w->kept, "From: %s\r\nIn-Reply-To: <1@kunde.example>\r\n", eves[i]);
        int64_t by_id = bring(w, arena_z(&w->kept, header), "Bitte schicken.");
        int64_t by_token =
            bring_to(w, reply_address(w, t), arena_z(&w->kept, header), "Bitte schicken!");
        work(w);
        check_text(load(w, ask_for(w, "ticket", by_id)).contact_mail, S("maja@kunde.example"));
        check_text(load(w, ask_for(w, "ticket", by_token)).contact_mail,
                   S("maja@kunde.example"));
    }
    check(receipts(w) == before);
}

// Whoever writes one of our numbers into the subject answers something: a program, perhaps.
static void B3_not_to_what_carries_our_number(struct world *w)
{
    str number = ticket_number_shown(&w->kept, load(w, a_case(w)).number);
    int64_t before = receipts(w), cases = tickets(w);
    str header =
        arena_fmt(&w->kept, "From: x@fremd.example\r\nSubject: Re: Anliegen [#" STR_FMT "]\r\n",
                  STR_ARG(number));
    bring(w, arena_z(&w->kept, header), "Vielen Dank");
    work(w);
    check(receipts(w) == before && tickets(w) == cases + 1);    // a hint, no route
    bring(w, "From: y@fremd.example\r\nSubject: Fall [#4182-2074]\r\n", "Vielen Dank");
    work(w);
    check(receipts(w) == before + 1);
}

// Somebody floods us in the name of a victim: the victim gets one mail.
static void B3_a_victim_is_not_flooded(struct world *w)
{
    for (int i = 0; i < 30; i++) {
        str header = arena_fmt(&w->kept, "From: opfer@kunde.example\r\nSubject: %d\r\n", i);
        bring(w, arena_z(&w->kept, header), "x");
    }
    work(w);
    check(tickets(w) == 30 && receipts(w) == 1);
}

const struct test receipt_tests[] = {
    T(B1_number_promise_and_link), T(B1_in_english),
    T(B2_nothing_of_the_senders),  T(B3_not_where_it_could_loop),
    T(B4_a_stranger_gets_no_link), T(B3_not_to_what_carries_our_number),
    T(B3_a_victim_is_not_flooded), {0},
};
