// SPDX-License-Identifier: GPL-3.0-or-later
#include "intake/intake_test.h"

// --- answers: R1, R2 -------------------------------------------------------------------------

static void R1_the_signed_address_finds_the_case(struct world *w)
{
    int64_t t = a_case(w);
    str address = reply_address(w, t);
    int64_t by_envelope =
        bring_to(w, address, PROOF MAJA "Subject: ganz anders\r\n", "Er geht wieder nicht.");
    str header = arena_fmt(
        &w->kept, PROOF "From: maja@kunde.example\r\nTo: x@y.example, <" STR_FMT ">\r\n",
        STR_ARG(address));
    int64_t by_to = bring(w, arena_z(&w->kept, header), "Und noch etwas.");
    work(w);
    check(state(w, by_envelope) == INBOX_REPLY && ask_for(w, "ticket", by_envelope) == t);
    check(state(w, by_to) == INBOX_REPLY && ask_for(w, "ticket", by_to) == t);
    check(tickets(w) == 1
          && ask(w, "select count(*) from message where kind = 4 and verified = 1") == 3);
}

static void R1_a_whole_message_id_finds_it_too(struct world *w)
{
    int64_t t = a_case(w);
    int64_t a = bring(w, PROOF MAJA "In-Reply-To: <1@kunde.example>\r\n", "Noch etwas.");
    int64_t b =
        bring(w, PROOF MAJA "References: <1@kunde.example> <unknown@x>\r\n", "Und noch etwas.");
    work(w);
    check(ask_for(w, "ticket", a) == t && ask_for(w, "ticket", b) == t);
    check(ask(w, "select count(*) from message where kind = 4 and verified <> 1")
          == 2);    // R2: no token
}

static void R1_nothing_else_does(struct world *w)
{
    int64_t t = a_case(w);
    struct ticket c = load(w, t);
    str number = ticket_number_shown(&w->kept, c.number);
    str subject = arena_fmt(&w->kept, PROOF MAJA "Subject: Re: Drucker [#" STR_FMT "]\r\n",
                            STR_ARG(number));
    bring(w, arena_z(&w->kept, subject), "Noch etwas.");
    bring(w, PROOF MAJA "In-Reply-To: <11@kunde.example>\r\n", "a");
    bring(w, PROOF MAJA "In-Reply-To: <1@kunde.exampl>\r\n", "b");
    bring(w, PROOF MAJA "References: <>\r\n", "c");
    str forged = keep(w, reply_address(w, t));
    ((char *)(uintptr_t)forged.p)[20] = forged.p[20] == 'a' ? 'b' : 'a';
    bring_to(w, forged, PROOF MAJA, "d");
    work(w);
    check(tickets(w) == 6);
}

// Of another desk's case nobody learns anything, token or not.
static void R1_not_across_desks(struct world *w)
{
    int64_t t = a_case(w);
    str address = reply_address(w, t);
    str rest = address, local = str_token(&rest, '@');
    str foreign = arena_fmt(&w->kept, STR_FMT "@suedwind.example", STR_ARG(local));
    int64_t inbox = bring_to(w, foreign, MAJA "In-Reply-To: <1@kunde.example>\r\n", "x");
    work(w);
    check(state(w, inbox) == INBOX_TICKET && ask_for(w, "ticket", inbox) != t);
    check(ask(w, "select count(*) from ticket where tenant = 2") == 1);
}

static void R2_verified_only_with_all_three(struct world *w)
{
    // clang-format off
    static const struct {
        const char *proof, *from;
        bool token;
        int verified;    // 2: proven, but not as whom it was given to (message.h, M13)
    } table[] = {
        {PROOF, "maja@kunde.example", true,  1},
        {"",    "maja@kunde.example", true,  0},
        {PROOF, "maja@kunde.example", false, 2},
        {PROOF, "eve@kunde.example",  true,  2},
        {"Authentication-Results: evil.example; dmarc=pass header.from=kunde.example\r\n", "maja@kunde.example", true, 0},
        {"Authentication-Results: mx.desk.example; dmarc=pass header.from=evil.example\r\n", "maja@kunde.example", true, 0},
    };
    // clang-format on
    int64_t t = a_case(w);
    str address = reply_address(w, t);
    for (isize i = 0; i < countof(table); i++) {
        str header = arena_fmt(&w->kept, "%sFrom: %s\r\nIn-Reply-To: <1@kunde.example>\r\n",
                               table[i].proof, table[i].from);
        str rcpt = table[i].token ? address : S("hilfe@nordlicht.example");
        str text = arena_fmt(&w->kept, "Text %td", i);
        int64_t inbox = bring_to(w, rcpt, arena_z(&w->kept, header), arena_z(&w->kept, text));
        work(w);
        check(ask_for(w, "ticket", inbox) == t);
        check(ask(w, "select verified from message where kind = 4 order by id desc limit 1")
              == table[i].verified);
    }
}

static void R2_a_stranger_does_not_become_the_customer(struct world *w)
{
    int64_t t = a_case(w);
    bring_to(w, reply_address(w, t),
             PROOF "From: Eve <eve@evil.example>\r\nCc: mallory@evil.example\r\n",
             "Schicken Sie mir alles.");
    work(w);
    struct ticket c = load(w, t);
    check_text(c.contact_mail, S("maja@kunde.example"));
    check(ask(w, "select count(*) from contact") == 1 && receipts(w) == 1);
    check(ask(w, "select count(*) from message where kind = 4 and verified = 0 and contact is "
                 "null and address = 'eve@evil.example'")
          == 1);
}

// --- what the customer's words do: T5, T11, T15 ----------------------------------------------

static void set_status(struct world *w, const char *sql)
{
    struct ctx *cx = begin(w);
    check(end(w, db_script(cx, sql)) == OK);
}

static void T5_an_answer_ends_the_waiting(struct world *w)
{
    int64_t t = a_case(w);
    set_status(w, "update ticket set status = 3, ball = 2, ball_team = null");
    bring_to(w, reply_address(w, t), PROOF MAJA, "Ja, das Kabel steckt.");
    work(w);
    check(load(w, t).status == TICKET_OPEN);
}

static void T11_an_answer_opens_what_was_solved(struct world *w)
{
    int64_t t = a_case(w);
    str solved = arena_fmt(
        &w->kept, "update ticket set status = 6, ball = 5, ball_team = null, solved_at = %lld",
        (long long)w->now.ms);
    set_status(w, arena_z(&w->kept, solved));
    bring_to(w, reply_address(w, t), PROOF MAJA, "Danke!");
    work(w);
    check(load(w, t).status == TICKET_SOLVED);
    bring_to(w, reply_address(w, t), PROOF MAJA, "Leider geht es immer noch nicht.");
    work(w);
    check(load(w, t).status == TICKET_OPEN && load(w, t).reopened == 1);
}

static void T15_an_answer_to_a_closed_case_follows_it(struct world *w)
{
    int64_t t = a_case(w);
    str closed = arena_fmt(
        &w->kept, "update ticket set status = 7, ball = 5, ball_team = null, ended = %lld",
        (long long)w->now.ms);
    set_status(w, arena_z(&w->kept, closed));
    later(w, 3601);    // the next receipt is allowed
    int64_t inbox = bring_to(w, reply_address(w, t), PROOF MAJA, "Es ist wieder da.");
    work(w);
    check(state(w, inbox) == INBOX_REPLY && tickets(w) == 2);
    struct ticket c = load(w, ask_for(w, "ticket", inbox));
    check(c.follows.n == t && c.due.ms > w->now.ms && receipts(w) == 2);
}

// --- machines: R3, R4, R5 --------------------------------------------------------------------

static void R3_machines_make_no_case(struct world *w)
{
    static const char *const headers[] = {
        "Auto-Submitted: auto-replied\r\n",
        "Auto-Submitted: auto-generated\r\n",
        "X-Autoreply: yes\r\n",
        "X-Auto-Response-Suppress: All\r\n",
        "Subject: Out of office\r\n",
    };
    for (isize i = 0; i < countof(headers); i++) {
        str header = arena_fmt(&w->kept, MAJA "%s", headers[i]);
        int64_t inbox = bring(w, arena_z(&w->kept, header), "Ich bin im Urlaub.");
        work(w);
        check(state(w, inbox) == INBOX_AUTO && ask_for(w, "ticket", inbox) == 0);
    }
    check(tickets(w) == 0 && receipts(w) == 0);
    check(ask(w, "select count(*) from inbox where reason is null") == 0);
}

static void R3_machines_open_nothing_and_are_not_seen(struct world *w)
{
    int64_t t = a_case(w);
    set_status(w, "update ticket set status = 3, ball = 2, ball_team = null");
    int64_t inbox =
        bring_to(w, reply_address(w, t), PROOF MAJA "Auto-Submitted: auto-replied\r\n",
                 "Ich bin im Urlaub.");
    work(w);
    check(state(w, inbox) == INBOX_AUTO && ask_for(w, "ticket", inbox) == t);
    check(load(w, t).status == TICKET_WAITING_CUSTOMER);
    check(ask(w, "select count(*) from message where kind = 5 and internal = 1") == 1);
}

static void R3_a_person_may_say_it_is_for_us(struct world *w)
{
    int64_t inbox = bring(w, MAJA "Auto-Submitted: auto-generated\r\nSubject: Platte voll\r\n",
                          "host7: 97 %");
    work(w);
    check(state(w, inbox) == INBOX_AUTO);
    struct ctx *cx = begin(w);
    check(end(w, intake_restart(cx, inbox, true)) == OK);
    work(w);
    check(state(w, inbox) == INBOX_TICKET && receipts(w) == 0);
    cx = begin(w);
    check(end(w, intake_restart(cx, inbox, true)) == ERR_ABSENT);
}

static void R3_lists_make_cases_but_get_no_answer(struct world *w)
{
    int64_t inbox =
        bring(w, MAJA "List-Id: <news.kunde.example>\r\nSubject: Neues\r\n", "Alles neu.");
    work(w);
    check(state(w, inbox) == INBOX_TICKET && receipts(w) == 0);
}

// The Ticket Trick: a service sends a code to an address of ours that an attacker typed there.
static void R4_nobodys_code_is_shown_to_a_customer(struct world *w)
{
    int64_t t = a_case(w);
    int64_t inbox = bring_to(
        w, reply_address(w, t),
        "From: Chat <hello@chat.example>\r\nSubject: Your confirmation code\r\n", "123-456");
    work(w);
    check(state(w, inbox) == INBOX_AUTO && ask_for(w, "ticket", inbox) == t);
    check(ask(w, "select internal from message where inbox = 2") == 1);
    check(ask(w, "select count(*) from message where internal = 0 and kind = 4") == 1);
}

static void R5_our_own_mail_is_a_loop(struct world *w)
{
    int64_t t = a_case(w);
    struct ctx *cx = begin(w);
    str bytes = {0};
    check(outbox_bytes(cx, (outbox_id){1}, &bytes) == OK);
    bytes = keep(w, bytes);
    check(end(w, OK) == OK);
    int64_t whole = bring_from(w, "x@y.example", "hilfe@nordlicht.example", bytes);
    work(w);
    check(state(w, whole) == INBOX_AUTO);
    // The same id alone, without the mark of automatic mail.
    struct mail m = {0};
    struct ctx kept = {.arena = &w->kept};
    check(mail_parse(&kept, bytes, &m) == OK);
    str header =
        arena_fmt(&w->kept, MAJA "Message-ID: <" STR_FMT ">\r\n", STR_ARG(m.message_id));
    int64_t alone = bring(w, arena_z(&w->kept, header), "x");
    work(w);
    check(state(w, alone) == INBOX_AUTO && tickets(w) == 1 && t == 1);
}

static void R5_fifty_servers_are_a_loop(struct world *w)
{
    struct buf b = buf_new(&w->kept, 4096);
    for (int i = 0; i <= LIMIT_MAIL_RECEIVED; i++)
        buf_put(&b, S("Received: from x\r\n"));
    buf_put(&b, S(MAJA "\r\nhello\r\n"));
    int64_t inbox = bring_from(w, "maja@kunde.example", "hilfe@nordlicht.example", buf_str(&b));
    work(w);
    check(state(w, inbox) == INBOX_QUARANTINE && tickets(w) == 0);
}

static void R6_two_addresses_one_case(struct world *w)
{
    str mail = S(FIRST "\r\nEs geht nicht.\r\n");
    int64_t a = bring_from(w, "maja@kunde.example", "hilfe@nordlicht.example", mail);
    int64_t b = bring_from(w, "maja@kunde.example", "info@nordlicht.example", mail);
    int64_t c =
        bring_from(w, "maja@kunde.example", "hilfe@suedwind.example", mail);    // another desk
    work(w);
    check(state(w, a) == INBOX_TICKET && state(w, b) == INBOX_SAME
          && state(w, c) == INBOX_TICKET);
    check(tickets(w) == 2);
}

// Eve learns the id of Maja's mail and sends one with the same id: Maja's next answer must not
// land where Eve can read it.
static void R7_the_second_of_an_id_is_not_believed(struct world *w)
{
    int64_t t = a_case(w);
    bring(w, "From: eve@evil.example\r\nMessage-ID: <1@kunde.example>\r\n", "falle");
    work(w);
    int64_t inbox =
        bring(w, MAJA "In-Reply-To: <1@kunde.example>\r\n", "Mein Passwort ist ...");
    work(w);
    check(tickets(w) == 2 && ask_for(w, "ticket", inbox) == t);
}

const struct test arrival_tests[] = {
    T(R1_the_signed_address_finds_the_case),
    T(R1_a_whole_message_id_finds_it_too),
    T(R1_nothing_else_does),
    T(R1_not_across_desks),
    T(R2_verified_only_with_all_three),
    T(R2_a_stranger_does_not_become_the_customer),
    T(T5_an_answer_ends_the_waiting),
    T(T11_an_answer_opens_what_was_solved),
    T(T15_an_answer_to_a_closed_case_follows_it),
    T(R3_machines_make_no_case),
    T(R3_machines_open_nothing_and_are_not_seen),
    T(R3_a_person_may_say_it_is_for_us),
    T(R3_lists_make_cases_but_get_no_answer),
    T(R4_nobodys_code_is_shown_to_a_customer),
    T(R5_our_own_mail_is_a_loop),
    T(R5_fifty_servers_are_a_loop),
    T(R6_two_addresses_one_case),
    T(R7_the_second_of_an_id_is_not_believed),
    {0},
};
