// SPDX-License-Identifier: GPL-3.0-or-later
#include "solving/undo.h"

#include "base/now.h"
#include "clock/clock_case.h"
#include "engagement/engagement_http_test.h"
#include "outbox/outbox.h"
#include "solution/solution_test.h"
#include "solution/step.h"
#include "solving/solving.h"
#include "testing/web.h"

static const char called[] =
    "tun=f9&wer=Karin&sagt=wlan weg&loesung=L-101&L-101.0=1&wie=&aus=3";

static const char *at_case(struct world *w, const char *before, const char *after)
{
    struct ticket t = {0};
    struct ctx *cx = begin_as(w, ADA);
    check(end(w, ticket_load(cx, (ticket_id){1}, &t)) == OK);
    return arena_z(&w->kept,
                   arena_fmt(&w->kept, "%s" STR_FMT "%s", before,
                             STR_ARG(ticket_number_shown(&w->kept, t.number)), after));
}

static void U2_the_call_is_as_it_was(struct world *w)
{
    a_solution(w);
    check(web_post(w, ADA, "/w/call", called).status == 303);
    check(ask(w, "select count(*) from ticket where status = 6") == 1);
    struct seen s = web_get(w, ADA, at_case(w, "/w/t/", ""));
    check(web_shows(&s, "data-undo=\"10\"") && web_shows(&s, "/ungeloest"));
    later(w, 3);
    s = web_post(w, ADA, at_case(w, "/w/t/", "/ungeloest"), "");
    check(s.status == 303 && str_starts(s.to, S("/w/call/")));
    check(ask(w, "select count(*) from ticket where status = 2 and solved_at is null and "
                 "solution is null"
                 " and tried = '' and reopened = 0 and due is not null and work_person = 1")
          == 1);
    check(ask(w, "select (select count(*) from step) + (select count(*) from solution_link)")
          == 0);
    check(ask(w, "select reused from solution") == 0);
    check(ask(w, "select count(*) from promise where state = 1") == 1);
    s = web_get(w, ADA, at_case(w, "/w/call/", ""));
    check(web_shows(&s, "value=\"wlan weg\"")
          && web_shows(&s, "name=\"aus\" value=\"3\" checked"));
}

static void U2_it_can_be_solved_again(struct world *w)
{
    a_solution(w);
    web_post(w, ADA, "/w/call", called);
    web_post(w, ADA, at_case(w, "/w/t/", "/ungeloest"), "");
    int64_t version = ask(w, "select version from ticket");
    struct seen s = web_post(
        w, ADA, at_case(w, "/w/call/", ""),
        arena_z(&w->kept, arena_fmt(&w->kept, "%s&version=%lld", called, (long long)version)));
    check(s.status == 303 && ask(w, "select count(*) from ticket where status = 6") == 1);
    check(ask(w, "select count(*) from message") == 1
          && ask(w, "select count(*) from step") == 1);
    check(ask(w, "select reused from solution") == 1);
}

static void U1_only_who_solved_it_and_for_ten_seconds(struct world *w)
{
    a_solution(w);
    web_post(w, ADA, "/w/call", called);
    struct seen s = web_get(w, BEN, at_case(w, "/w/t/", ""));
    check(str_find(s.page, S("/ungeloest")) < 0);
    check(web_post(w, BEN, at_case(w, "/w/t/", "/ungeloest"), "").status >= 400);
    later(w, 11);
    s = web_get(w, ADA, at_case(w, "/w/t/", ""));
    check(str_find(s.page, S("/ungeloest")) < 0);
    check(web_post(w, ADA, at_case(w, "/w/t/", "/ungeloest"), "").status == 409);
    check(ask(w, "select count(*) from ticket where status = 6") == 1);
}

static void U2_all_of_it_or_nothing(struct world *w)
{
    a_solution(w);
    web_post(w, ADA, "/w/call", called);
    struct who ada = who_is(w, ADA);
    EACH_FAULT(w) {
        struct ctx *cx = begin_with(w, ada);
        struct ticket_at at = {{1}, TICKET_ANY_VERSION};
        struct undone undone;
        end(w, undo_solving(cx, &at, &undone));
        int64_t solved = ask(w, "select count(*) from ticket where status = 6");
        check(solved == ask(w, "select count(*) from step"));
        check(solved == ask(w, "select count(*) from solution_link"));
        check(solved == ask(w, "select reused from solution"));
    }
    db_fail_at(w->db, 0);
    check(ask(w, "select count(*) from ticket where status = 2") == 1);
}

static void U4_the_letter_comes_back_with_it(struct world *w)
{
    struct desk_case c = desk_case(w);
    case_with_mail(w);
    solution_id helped = a_solution(w);
    check(end(w, solution_link(begin_as(w, ADA), c.id, helped, LINK_HELPED)) == OK);
    later(w, 60);
    check(send_sheet(&c, ADA, "geloest", "solution=L-101&message=Es+geht+wieder.").status
          == 303);
    struct seen s = get_sheet(&c, ADA, "");
    check(web_shows(&s, "Solved. The mail about it leaves in 10 seconds.")
          && web_shows(&s, "/ungeloest") && lacks(&s, "/zurueckholen"));
    later(w, 4);
    s = answer_sheet(&c, ADA, "ungeloest", "");
    check(s.status == 303 && str_ends(s.to, S("/geloest")));
    check(ask(w, "select count(*) from ticket where status = 2 and solved_at is null") == 1);
    check(ask(w, "select count(*) from message where kind = 1 and sent = 4") == 1
          && ask(w, "select count(*) from outbox where state = 6") == 1);
    check(ask(w, "select reused from solution") == 0
          && ask(w, "select count(*) from solution_link") == 1);
    check(ask(w, "select count(*) from promise where state = 1") == 1);
    s = get_sheet(&c, ADA, "geloest");
    check(web_shows(&s, ">Es geht wieder.</textarea>") && web_shows(&s, "value=\"L-101\""));
    check(send_sheet(&c, ADA, "geloest", "solution=andere&other=L-101&message=Doch.").status
          == 303);
    check(ask(w, "select count(*) from draft") == 0);
}

// The letter that kept it never left (reckon.h, R11).
static void U2_the_clocks_run_on(struct world *w)
{
    struct clock_case clocks = {0};
    int running = 0;
    check(end(w, agreement_begin(begin_as(w, GERO))) == OK);
    struct desk_case c = desk_case(w);
    case_with_mail(w);
    later(w, 60);
    check(send_sheet(&c, ADA, "geloest", "solution=ohne&how=3&message=Es+geht.").status == 303);
    check(answer_sheet(&c, ADA, "ungeloest", "").status == 303);
    check(ask(w, "select count(*) from event where kind = 'ticket.unsolved'") == 1);
    check(end(w, clock_case(begin(w), c.id, &clocks)) == OK);
    clocks.facts.channel = CHANNEL_MAIL;    // a call hears us at once
    struct reckon_clock k[RECKON_MOST];
    isize n = reckon_clocks(&w->arena, &clocks.facts, &clocks.rules, w->now, k);
    for (isize i = 0; i < n; i++)
        running += k[i].end.ms == 0 && (k[i].kind == CLOCK_FIRST || k[i].kind == CLOCK_SOLVE);
    check(running == 2);
}

static void U4_who_wrote_last_waits_again(struct world *w)
{
    struct desk_case c = desk_case(w);
    case_with_mail(w);
    struct ticket_at at = {c.id, TICKET_ANY_VERSION};
    message_id id;
    struct message_new asks = {
        .kind = MESSAGE_CUSTOMER, .channel = CHANNEL_MAIL, .body = S("Und?")};
    check(end(w, message_add(begin_as(w, ADA), &at, &asks, &id)) == OK);
    later(w, 60);
    check(send_sheet(&c, ADA, "geloest", "solution=ohne&how=3&message=Es+geht.").status == 303);
    check(ask(w, "select unanswered from ticket") == 0);
    check(answer_sheet(&c, ADA, "ungeloest", "").status == 303);
    check(ask(w, "select unanswered from ticket") == 1);
}

static void V8_the_sheet_is_there_again(struct world *w)
{
    struct desk_case c = desk_case(w);
    later(w, 60);
    check(send_sheet(&c, ADA, "geloest", "solution=ohne&how=3&told=1").status == 303);
    struct seen s = get_sheet(&c, ADA, "");
    check(web_shows(&s, "/ungeloest") && web_shows(&s, "<span>Solved.</span>"));
    check(answer_sheet(&c, ADA, "ungeloest", "").status == 303);
    s = get_sheet(&c, ADA, "geloest");
    check(web_shows(&s, "name=\"how\" value=\"3\" checked")
          && web_shows(&s, "name=\"told\" value=\"1\" checked"));
}

static void U1_not_with_a_duty(struct world *w)
{
    struct desk_case c = accepted(w);
    later(w, 60);
    check(send_sheet(&c, CEM, "geloest",
                     "solution=ohne&how=2&told=1&text=Router+neu+gestartet,+dann+ging+es.")
              .status
          == 303);
    struct seen s = get_sheet(&c, CEM, "");
    check(ask(w, "select count(*) from duty") == 1 && lacks(&s, "/ungeloest"));
}

static bool can_be_undone(const struct desk_case *c)
{
    struct seen s = get_sheet(c, ADA, "");
    return web_shows(&s, "/ungeloest");
}

static bool is_untold(const struct desk_case *c)
{
    struct seen s = get_sheet(c, ADA, "");
    check(s.status == 200);
    return !lacks(&s, "Solved, but the reply was taken back");
}

static void U1_not_with_the_end_of_a_question(struct world *w)
{
    struct desk_case c = desk_case(w);
    struct ticket_at at = {c.id, TICKET_ANY_VERSION};
    struct engagement_question q = {.text = S("Kennt ihr das?")};
    engagement_id id;
    check(end(w, engagement_ask(begin_as(w, ADA), &at, (team_id){NET}, &q, &id)) == OK);
    later(w, 60);
    check(send_sheet(&c, ADA, "geloest", "solution=ohne&how=3&told=1").status == 303);
    check(ask(w, "select count(*) from event where kind = 'engagement.withdrawn'") == 1);
    check(!can_be_undone(&c) && answer_sheet(&c, ADA, "ungeloest", "").status == 409);
    check(ask(w, "select count(*) from ticket where status = 6") == 1);
}

// Karin has no mail address: it stands in the portal at once.
static void U1_not_with_a_word_that_was_read_at_once(struct world *w)
{
    struct desk_case c = desk_case(w);
    struct ticket_at at = {c.id, TICKET_ANY_VERSION};
    message_id id;
    struct message_new word = {
        .channel = CHANNEL_PORTAL, .body = S("Es geht."), .seen = MESSAGE_SEEN_ALL};
    later(w, 60);
    check(end(w, outbox_reply(begin_as(w, ADA), &at, &word, &id)) == OK);
    check(send_sheet(&c, ADA, "geloest", "solution=ohne&how=3&told=1").status == 303);
    check(ask(w, "select count(*) from message where kind = 1 and sent = 0") == 1);
    check(!can_be_undone(&c) && answer_sheet(&c, ADA, "ungeloest", "").status == 409);
}

// Solved by a letter while a team was asked, so that solving itself stays (U1).
static struct desk_case solved_by_letter(struct world *w)
{
    struct desk_case c = desk_case(w);
    case_with_mail(w);
    ask_a_team(&c, (team_id){NET});
    later(w, 60);
    check(send_sheet(&c, ADA, "geloest", "solution=ohne&how=3&message=Es+geht.").status == 303);
    check(!is_untold(&c));
    return c;
}

static void U5_a_letter_taken_back_told_nobody(struct world *w)
{
    struct desk_case c = solved_by_letter(w);
    check(send_sheet(&c, ADA, "zurueckholen", "nachricht=1").status == 303 && is_untold(&c));
    w->lang = LANG_DE;
    struct seen s = get_sheet(&c, BEN, "");
    check(web_shows(&s, "Gelöst, aber die Antwort wurde zurückgeholt: Karin Brandt weiß noch "
                        "nichts davon.")
          && web_shows(&s, "Antwort schreiben"));
    w->lang = LANG_EN;
    check(send_sheet(&c, ADA, "antwort", "art=antwort&text=Es+geht+wieder.&gesehen=1").status
          == 303);
    check(!is_untold(&c));
}

static void close_what_is_due(struct world *w, int64_t days)
{
    later(w, days * DAY_S);
    struct ctx cx = {.arena = &w->arena, .db = w->db, .now = w->now, .lang = LANG_DE};
    check(job_drain(&cx, ticket_jobs) == OK);
}

// ticket_check.h, T12
static void U5_it_is_not_closed_before_he_knows(struct world *w)
{
    struct desk_case c = solved_by_letter(w);
    check(send_sheet(&c, ADA, "zurueckholen", "nachricht=1").status == 303);
    close_what_is_due(w, 8);
    check(ask(w, "select status from ticket") == TICKET_SOLVED && is_untold(&c));
    check(send_sheet(&c, ADA, "antwort", "art=antwort&text=Es+geht+wieder.&gesehen=1").status
          == 303);
    close_what_is_due(w, 6);
    check(ask(w, "select status from ticket") == TICKET_SOLVED);
    close_what_is_due(w, 1);
    check(ask(w, "select status from ticket") == TICKET_CLOSED);
}

static void U5_a_call_tells_too_and_opened_again_it_is_open(struct world *w)
{
    struct desk_case c = solved_by_letter(w);
    struct ticket_at at = {c.id, TICKET_ANY_VERSION};
    message_id id;
    struct message_new call = {
        .kind = MESSAGE_CALL, .channel = CHANNEL_PHONE, .body = S("Weiß es jetzt")};
    check(send_sheet(&c, ADA, "zurueckholen", "nachricht=1").status == 303 && is_untold(&c));
    check(end(w, message_add(begin_as(w, ADA), &at, &call, &id)) == OK && !is_untold(&c));
    check(end(w, ticket_reopen(begin_as(w, ADA), &at, REOPENED_BY_US)) == OK);
    later(w, 60);
    check(send_sheet(&c, ADA, "geloest", "solution=ohne&how=3&told=1").status == 303);
    check(!is_untold(&c));
}

// The reply that told of it was written just before.
static void U5_a_reply_before_it_counts_and_one_after_it_does_not(struct world *w)
{
    struct desk_case c = desk_case(w);
    case_with_mail(w);
    check(send_sheet(&c, ADA, "antwort", "art=antwort&text=Es+geht.&gesehen=0").status == 303);
    later(w, 3);
    check(send_sheet(&c, ADA, "geloest", "solution=ohne&how=3&told=1").status == 303);
    later(w, 3);
    check(send_sheet(&c, ADA, "antwort", "art=antwort&text=PS&gesehen=1").status == 303);
    check(send_sheet(&c, ADA, "zurueckholen", "nachricht=2").status == 303 && !is_untold(&c));
    check(send_sheet(&c, ADA, "zurueckholen", "nachricht=1").status == 303 && is_untold(&c));
}

static void U1_a_note_of_that_moment_does_not_matter(struct world *w)
{
    struct desk_case c = desk_case(w);
    struct ticket_at at = {c.id, TICKET_ANY_VERSION};
    message_id id;
    struct message_new note = {.kind = MESSAGE_NOTE, .channel = CHANNEL_PORTAL, .body = S("x")};
    later(w, 60);
    check(send_sheet(&c, ADA, "geloest", "solution=ohne&how=3&told=1").status == 303);
    check(end(w, message_add(begin_as(w, ADA), &at, &note, &id)) == OK && can_be_undone(&c));
}

const struct test undo_tests[] = {
    T(U2_the_call_is_as_it_was),
    T(U2_it_can_be_solved_again),
    T(U1_only_who_solved_it_and_for_ten_seconds),
    T(U2_all_of_it_or_nothing),
    T(U4_the_letter_comes_back_with_it),
    T(U2_the_clocks_run_on),
    T(U4_who_wrote_last_waits_again),
    T(V8_the_sheet_is_there_again),
    T(U1_not_with_a_duty),
    T(U1_not_with_the_end_of_a_question),
    T(U1_not_with_a_word_that_was_read_at_once),
    T(U1_a_note_of_that_moment_does_not_matter),
    T(U5_a_letter_taken_back_told_nobody),
    T(U5_it_is_not_closed_before_he_knows),
    T(U5_a_call_tells_too_and_opened_again_it_is_open),
    T(U5_a_reply_before_it_counts_and_one_after_it_does_not),
    {0},
};
