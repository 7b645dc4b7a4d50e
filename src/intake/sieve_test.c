// SPDX-License-Identifier: GPL-3.0-or-later
#include "intake/intake_test.h"

#include "base/io.h"

#include "intake/auth_results.h"
#include "intake/refused.h"
#include "screen/screen.h"
#include "testing/scanner.h"
#include "testing/web.h"

static void rules(struct world *w, struct screen_rules r)
{
    struct ctx *cx = begin(w);
    check(end(w, screen_keep(cx, &r)) == OK);
}

static void block(struct world *w, const char *what)
{
    struct ctx *cx = begin(w);
    check(end(w, screen_add(cx, SCREEN_BLOCK, str_from_z(what))) == OK);
}

static void work_with(struct world *w, str scanner, bool unscanned)
{
    struct intake_config config = {.scanner = scanner, .unscanned = unscanned};
    struct job_kind kinds[] = {intake_jobs[0], intake_jobs[1], {0}};
    kinds[0].config = &config;
    check(work_by(w, kinds) == OK);
}

static const char *page(struct world *w, int64_t inbox, const char *rest)
{
    return arena_z(&w->kept,
                   arena_fmt(&w->kept, "/w/quarantaene/%lld%s", (long long)inbox, rest));
}

static int64_t infected(struct world *w, str text)
{
    return bring(w, FIRST, arena_z(&w->kept, arena_join(&w->kept, S("Anbei.\r\n"), text)));
}

static void V1_infected_is_kept_and_served_to_nobody(struct world *w)
{
    struct scanner *s = scanner_start(S(""));
    int64_t bad = infected(w, scanner_eicar(&w->kept)), good = bring(w, FIRST, "Hallo");
    work_with(w, scanner_address(s), false);
    check(state(w, bad) == INBOX_QUARANTINE && state(w, good) == INBOX_TICKET);
    struct seen seen = web_get(w, EVA, "/w/quarantaene");
    check(web_shows(&seen, "Eicar-Signature") && str_find(seen.page, S("quelltext")) < 0
          && str_find(seen.page, S("value=\"doch\"")) < 0);
    check(web_get(w, EVA, page(w, bad, "/quelltext")).status == 404);
    check(web_post(w, EVA, page(w, bad, ""), "tun=doch").status == 303);    // who insists
    work_with(w, scanner_address(s), false);
    check(state(w, bad) == INBOX_QUARANTINE);
    check(web_post(w, EVA, page(w, bad, ""), "tun=doch").status == 303);
    work_with(w, S(""), false);    // without a scanner, too
    check(state(w, bad) == INBOX_QUARANTINE && tickets(w) == 1);
    scanner_stop(s);
}

static void V1_what_cannot_be_judged_is_set_aside(struct world *w)
{
    struct scanner *s = scanner_start(S(""));
    int64_t inbox = bring(w, FIRST, "Hallo");
    scanner_is(s, SCANNER_TIRED);
    work_with(w, scanner_address(s), true);
    check(state(w, inbox) == INBOX_QUARANTINE && tickets(w) == 0);
    scanner_is(s, SCANNER_GOOD);
    check(web_post(w, EVA, page(w, inbox, ""), "tun=lesen").status == 303);
    work_with(w, scanner_address(s), true);
    check(state(w, inbox) == INBOX_TICKET);
    scanner_stop(s);
}

static void V1_a_scanner_that_is_down_is_waited_for(struct world *w)
{
    int64_t inbox = bring(w, FIRST, "Hallo");
    for (int i = 0; i < 30; i++, later(w, 61))    // more than a job is tried
        work_with(w, S("unix:/nowhere/clamd"), false);
    check(state(w, inbox) == INBOX_NEW && tickets(w) == 0);
    struct scanner *s = scanner_start(S(""));
    work_with(w, scanner_address(s), false);
    check(state(w, inbox) == INBOX_TICKET && ask_for(w, "infected", inbox) == 0);
    scanner_stop(s);
}

static void V1_or_the_case_says_that_nobody_looked(struct world *w)
{
    int64_t inbox = bring(w, FIRST, "Hallo");
    work_with(w, S("unix:/nowhere/clamd"), true);
    check(state(w, inbox) == INBOX_TICKET && ask_for(w, "infected", inbox) == INBOX_UNSCANNED);
    check(ask(w, "select count(*) from message where internal = 1 and body like '%ungeprüft%'")
          == 1);
}

static void V2_one_click_takes_a_blocked_mail(struct world *w)
{
    block(w, "kunde.example");
    int64_t inbox = bring(w, FIRST, "Hallo");
    work(w);
    check(state(w, inbox) == INBOX_QUARANTINE && tickets(w) == 0 && receipts(w) == 0);
    w->lang = LANG_DE;
    struct seen s = web_get(w, EVA, "/w/quarantaene");
    check(web_shows(&s, "Der Absender ist gesperrt: kunde.example."));
    check(web_post(w, EVA, page(w, inbox, ""), "tun=doch").status == 303);
    work(w);
    check(state(w, inbox) == INBOX_TICKET);
}

static void V2_spam_of_the_servers_filter(struct world *w)
{
    int64_t spam = bring(w, "X-Spam-Flag: YES\r\n" MAJA "Subject: x\r\n", "Gewinn!");
    work(w);
    check(state(w, spam) == INBOX_QUARANTINE && tickets(w) == 0);
}

static void V3_bounces_are_not_screened(struct world *w)
{
    block(w, "kunde.example");
    int64_t inbox =
        bring(w, "From: mailer-daemon@kunde.example\r\nX-Spam-Flag: YES\r\n", "<a@y.de>: no");
    work(w);
    check(state(w, inbox) == INBOX_BOUNCE);
}

static int64_t large(struct world *w, const char *header)
{
    isize n = 1200000;
    char *p = make(&w->kept, char, n + 1);
    for (isize i = 0; i < n; i++)
        p[i] = i % 70 == 69 ? '\n' : 'x';
    return bring(w, header, p);
}

static str first_mail(struct world *w)
{
    struct ctx *cx = begin(w);
    struct mail m = {0};
    str bytes;
    check(outbox_bytes(cx, (outbox_id){1}, &bytes) == OK && mail_parse(cx, bytes, &m) == OK);
    str text = keep(w, m.text);
    check(end(w, OK) == OK);
    return text;
}

static void V4_who_sent_too_much_hears_so_once(struct world *w)
{
    rules(w, (struct screen_rules){.megabytes = 1});
    int64_t inbox =
        large(w, PROOF MAJA "Subject: Your printer and our office\r\nMessage-ID: <a@k>\r\n");
    work(w);
    check(state(w, inbox) == INBOX_QUARANTINE && tickets(w) == 0);
    check(ask(w,
              "select count(*) from outbox where rcpt = 'maja@kunde.example' and automatic = 1")
          == 1);
    str said = first_mail(w);
    check(str_find(said, S("It has 2 MB, and we can take 1 MB at most.")) > 0
          && str_find(said, S("upload the files on our help page, each of up to 20 MB:\n  "
                              "http://localhost:8080\n"))
                 > 0);
    large(w, PROOF MAJA "Subject: again\r\nMessage-ID: <b@k>\r\n");
    work(w);
    check(ask(w, "select count(*) from outbox") == 1);
    check(web_post(w, EVA, page(w, inbox, ""), "tun=doch").status == 303);
    work(w);
    check(state(w, inbox) == INBOX_TICKET);
}

static void V4_a_machine_hears_nothing(struct world *w)
{
    rules(w, (struct screen_rules){.megabytes = 1});
    large(w, MAJA "Subject: x\r\nAuto-Submitted: auto-generated\r\n");
    large(w, MAJA "Subject: x\r\nPrecedence: bulk\r\n");
    large(w, "From: hilfe@nordlicht.example\r\nSubject: x\r\n");
    work(w);
    check(ask(w, "select count(*) from outbox") == 0);
}

// A case that Ada has answered and that waits for its customer.
static int64_t a_waiting_case(struct world *w)
{
    int64_t t = a_case(w);
    rules(w, (struct screen_rules){.megabytes = 1});
    a_reply_of_ada(w, t);
    struct ctx *cx = begin_as(w, ADA);
    struct ticket_at at = {{t}, TICKET_ANY_VERSION};
    struct ticket_waiting waits = {.for_what = TICKET_WAITING_CUSTOMER, .asked = w->now};
    check(end(w, ticket_wait(cx, &at, &waits)) == OK);
    return t;
}

static const char *case_path(struct world *w, int64_t t)
{
    str n = ticket_number_shown(&w->kept, load(w, t).number);
    return arena_z(&w->kept, arena_fmt(&w->kept, "/w/t/" STR_FMT, STR_ARG(n)));
}

static void V5_its_case_says_that_it_was_too_large(struct world *w)
{
    int64_t t = a_waiting_case(w);
    int64_t inbox =
        large(w, PROOF MAJA "Subject: AW: Drucker [#4182-2073]\r\nMessage-ID: <2@k>\r\n"
                            "In-Reply-To: <1@kunde.example>\r\n");
    later(w, 3700);    // the receipt was an hour ago
    work(w);
    check(state(w, inbox) == INBOX_QUARANTINE && ask_for(w, "ticket", inbox) == t);
    check(ask(w, "select count(*) from message where kind = 5 and internal = 1 and body like "
                 "'Eine Mail von Maja Ott <maja@kunde.example> ist mit 2 MB zu groß (erlaubt "
                 "sind 1 MB).%Bescheid bekommen: ohne%'")
          == 1);
    struct ticket now = load(w, t);
    check(now.status == TICKET_OPEN && now.unanswered);
    struct seen s = web_get(w, ADA, case_path(w, t));
    check(web_shows(&s, "from Maja Ott <span>&lt;maja@kunde.example&gt;</span>"));
}

static void large_answer(struct world *w, const char *subject)
{
    str header = arena_fmt(
        &w->kept, PROOF MAJA "Subject: %s\r\nIn-Reply-To: <1@kunde.example>\r\n", subject);
    large(w, arena_z(&w->kept, header));
    work(w);
}

// As at the door (refused.h, O2).
static void V5_one_line_an_hour(struct world *w)
{
    int64_t t = a_waiting_case(w);
    large_answer(w, "1");
    large_answer(w, "2");
    large_answer(w, "3");
    check(ask(w, "select count(*) from message where kind = 5") == 1);
    check(ask(w, "select count(*) from inbox where state = 7") == 3);
    a_reply_of_ada(w, t);
    large_answer(w, "4");    // the ball is ours all the same
    check(ask(w, "select count(*) from message where kind = 5") == 1 && load(w, t).unanswered);
    bool noted;
    str address = reply_address(w, t);
    struct ctx *cx = begin(w);
    check(end(w, refused_note(cx, S("maja@kunde.example"), &address, 1, 61000000, &noted))
          == OK);
    check(ask(w, "select count(*) from message where kind = 5") == 2);
    later(w, 3601);
    large_answer(w, "5");
    check(ask(w, "select count(*) from message where kind = 5") == 3);
}

static void V5_a_machine_moves_nothing(struct world *w)
{
    int64_t t = a_waiting_case(w);
    large(w, MAJA "Subject: Abwesend\r\nIn-Reply-To: <1@kunde.example>\r\n"
                  "Auto-Submitted: auto-replied\r\n");
    work(w);
    check(ask(w, "select count(*) from message where kind = 5 and verified = 0 and body like "
                 "'%keinen Bescheid bekommen.'")
          == 1);
    check(load(w, t).status == TICKET_WAITING_CUSTOMER);
}

// intake_http.h, Q1: one can decide without the source.
static void Q1_from_about_and_to_which_case(struct world *w)
{
    int64_t t = a_case(w);
    block(w, "kunde.example");
    int64_t inbox = bring(
        w, MAJA "Subject: Rechnung <4711>\r\nIn-Reply-To: <1@kunde.example>\r\n", "Geheim");
    work(w);
    check(state(w, inbox) == INBOX_QUARANTINE);
    struct seen s = web_get(w, EVA, "/w/quarantaene");
    check(web_shows(&s, "Maja Ott &lt;maja@kunde.example&gt;<br>Rechnung &lt;4711&gt;"));
    str n = ticket_number_shown(&w->kept, load(w, t).number);
    check(web_shows(
        &s, arena_z(&w->kept, arena_fmt(&w->kept, "answers case " STR_FMT, STR_ARG(n)))));
    check(str_find(s.page, S("Geheim")) < 0);
    s = web_post(w, EVA, page(w, inbox, ""), "tun=doch");
    work(w);
    s = web_get(w, EVA, arena_z(&w->kept, s.to));
    check(web_shows(&s, "has been put to its case:") && web_shows(&s, arena_z(&w->kept, n)));
    check(ask(w, "select count(*) from inbox where subject is not null") == 0);    // at a case
    inbox = bring(w, "From: a@kunde.example\r\nSubject: x\r\n", "y");
    work(w);
    check(web_post(w, EVA, page(w, inbox, ""), "tun=loeschen").status == 303);
    check(ask(w, "select count(*) from inbox where subject is not null or author is not null")
          == 0);
}

// screen.h, X7
static void nobody_blocks_the_desk_by_a_click(struct world *w)
{
    block(w, "kunde.example");
    str mail = S("From: a@kunde.example\r\nSubject: x\r\n\r\ny\r\n");
    int64_t inbox = bring_from(w, "hilfe@nordlicht.example", "hilfe@nordlicht.example", mail);
    work(w);
    check(state(w, inbox) == INBOX_QUARANTINE);
    struct seen s = web_post(w, EVA, page(w, inbox, ""), "tun=sperren");
    check(s.status == 422 && web_shows(&s, "hilfe@nordlicht.example is yours"));
    check(state(w, inbox) == INBOX_QUARANTINE);
}

static void what_is_deleted_is_gone(struct world *w)
{
    block(w, "kunde.example");
    int64_t small = bring(w, FIRST, "Hallo");
    int64_t big = large(w, PROOF MAJA "Subject: gross\r\n");
    work(w);
    check(ask_for(w, "case when sha256 is null then 0 else 1 end", big) == 1);
    check(web_post(w, EVA, page(w, small, ""), "tun=loeschen").status == 303);
    check(web_post(w, EVA, page(w, big, ""), "tun=loeschen").status == 303);
    check(web_post(w, EVA, page(w, big, ""), "tun=loeschen").status == 409);
    work_with(w, S(""), false);
    check(state(w, small) == INBOX_GONE && state(w, big) == INBOX_GONE);
    check(ask(w, "select count(*) from inbox where sha256 is not null") == 0);
    check(ask(w, "select count(*) from inbox_bytes") == 0);
    check(web_get(w, EVA, page(w, small, "/quelltext")).status == 404);
    struct ctx *cx = begin(w);
    str *left;
    isize n;
    check(io_list(cx, arena_fmt(cx->arena, STR_FMT "/mail", STR_ARG(w->place.dir)), &left, &n)
              == OK
          && n == 0);
    check(end(w, OK) == OK);
}

static void the_sender_is_blocked_by_a_click(struct world *w)
{
    int64_t spam = bring(w, "X-Spam-Flag: YES\r\n" MAJA "Subject: x\r\n", "Gewinn!");
    work(w);
    check(web_post(w, EVA, page(w, spam, ""), "tun=sperren").status == 303);
    check(state(w, spam) == INBOX_AWAY
          && ask(w, "select count(*) from screen_entry where what = 'maja@kunde.example' and "
                    "kind = 1")
                 == 1);
}

const struct test sieve_tests[] = {
    T(V1_infected_is_kept_and_served_to_nobody),
    T(V1_what_cannot_be_judged_is_set_aside),
    T(V1_a_scanner_that_is_down_is_waited_for),
    T(V1_or_the_case_says_that_nobody_looked),
    T(V2_one_click_takes_a_blocked_mail),
    T(V2_spam_of_the_servers_filter),
    T(V3_bounces_are_not_screened),
    T(V4_who_sent_too_much_hears_so_once),
    T(V4_a_machine_hears_nothing),
    T(V5_its_case_says_that_it_was_too_large),
    T(V5_one_line_an_hour),
    T(V5_a_machine_moves_nothing),
    T(Q1_from_about_and_to_which_case),
    T(nobody_blocks_the_desk_by_a_click),
    T(what_is_deleted_is_gone),
    T(the_sender_is_blocked_by_a_click),
    {0},
};
