// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/test.h"

#include "base/now.h"
#include "base/zone.h"
#include "clock/clock_watch.h"
#include "clock/ledger.h"
#include "event/event.h"
#include "testing/web.h"
#include "ticket/ticket_number.h"

// Monday, 23 November 2026, nine o'clock in Berlin; a case by phone, normal priority: 24 h.
static struct ticket_made a_case(struct world *w)
{
    struct ticket_made made = {0};
    w->now = zone_instant((struct local){2026, 11, 23, 9, 0, 0, 0, 0});
    check(end(w, agreement_begin(begin_as(w, GERO))) == OK);
    struct ticket_new n = {
        .channel = CHANNEL_PHONE, .subject = S("Drucker"), .urgency = 4, .impact = 4};
    check(end(w, ticket_create(begin_as(w, ADA), &n, &made)) == OK);    // critical: 4 h
    return made;
}

static void watch(struct world *w, const struct ticket_made *made)
{
    check(end(w, clock_watch(begin(w), made->at.id)) == OK);
}

static int64_t told(struct world *w, const char *what)
{
    struct ctx *cx = begin(w);
    str sql = arena_fmt(cx->arena, "select count(*) from event where %s", what);
    const char *z = arena_z(&w->kept, sql);
    check(end(w, OK) == OK);
    return ask(w, z);
}

#define SOLVE "data like '%sla_solve%' and kind = "

static void N1_each_step_once(struct world *w)
{
    struct ticket_made made = a_case(w);
    watch(w, &made);
    check(told(w, "kind like 'clock.%'") == 0);
    later(w, 3 * 3600 + 12 * 60);    // 80 %
    watch(w, &made);
    watch(w, &made);
    check(told(w, SOLVE "'clock.warned'") == 1);
    later(w, 48 * 60);
    watch(w, &made);
    watch(w, &made);
    check(told(w, SOLVE "'clock.breached'") == 1 && told(w, SOLVE "'clock.warned'") == 1);
    later(w, 2 * 3600);
    watch(w, &made);
    check(told(w, SOLVE "'clock.escalated'") == 1);
}

static void N2_after_a_long_absence_the_highest_only(struct world *w)
{
    struct ticket_made made = a_case(w);
    later(w, 8 * 86400);
    watch(w, &made);
    check(told(w, "data like '%sla_solve%'") == 1 && told(w, SOLVE "'clock.escalated'") == 1);
}

// Many events before it is solved: a stranger's loop, or a case that changes hands all day.
static void solve_after(struct world *w, const char *kind, int times)
{
    struct ticket_made made = a_case(w);
    struct ticket_at at = made.at;
    struct ticket_solving s = {
        .how = SOLVED_BY_TEXT, .text = S("Papierstau beseitigt, druckt"), .told = true};
    struct ctx *cx = begin(w);
    for (int i = 0; i < times; i++)
        check(event_add(cx, (struct event){.kind = kind, .ticket = at.id.n}) == OK);
    check(end(w, OK) == OK);
    check(end(w, ticket_open(begin_as(w, ADA), &at)) == OK);
    check(end(w, ticket_solve(begin_as(w, ADA), &at, &s)) == OK);
    later(w, 8 * 86400);
    watch(w, &made);
    check(told(w, "kind like 'clock.%'") == 0 && ask(w, "select count(*) from clock") == 0);
}

static void N3_what_ended_is_not_told(struct world *w)
{
    solve_after(w, "", 0);
}

static void run_jobs(struct world *w)
{
    for (const struct job_kind *k = clock_jobs; k->name != NULL; k++) {
        bool yes = false;
        if (k->due == NULL)
            continue;
        check(end(w, k->due(begin(w), &yes)) == OK);
        if (yes)
            check(end(w, job_make(begin(w), k->name)) == OK);
    }
    begin(w);
    end(w, ERR_BUSY);    // job_drain makes its own transactions
    check(job_drain(&w->cx, clock_jobs) == OK);
}

static void N4_the_jobs_follow_by_themselves(struct world *w)
{
    a_case(w);
    later(w, 11);
    run_jobs(w);
    check(ask(w, "select count(*) from clock") == 1);
    check(ask(w, "select due from clock") == w->now.ms - 11000 + 3600000);
    later(w, 8 * 86400);
    run_jobs(w);
    check(told(w, SOLVE "'clock.escalated'") == 1);
    check(ask(w, "select count(*) from clock where next is not null") == 0);
}

static void have_zone(struct world *w, const char *zone)
{
    struct ctx *cx = begin(w);
    str sql = arena_fmt(cx->arena, "update calendar set zone = '%s' where tenant = 2", zone);
    check(end(w, db_script(cx, arena_z(cx->arena, sql))) == OK);
}

// A case of desk 2, whose calendars cannot be read, before one of desk 1.
static void two_cases(struct world *w)
{
    struct ticket_made made;
    struct ticket_new n = {.channel = CHANNEL_PHONE, .subject = S("Modem")};
    struct ctx *cx = begin(w);
    cx->who = tenant_system((tenant_id){2});
    check(end(w, agreement_begin(cx)) == OK);
    check(end(w, ticket_create(begin_as(w, NINA), &n, &made)) == OK);
    a_case(w);
}

static void N6_one_that_cannot_be_reckoned_delays_no_other(struct world *w)
{
    two_cases(w);
    have_zone(w, "Mars/Phobos");
    later(w, 11);
    run_jobs(w);
    check(ask(w, "select count(*) from clock") == 1 && ask(w, "select tenant from clock") == 1);
    check(ask(w, "select count(*) from job where kind = 'clock.case' and reason is not null")
          == 1);
    check(ask(w, "select count(*) from job") == 1);
    have_zone(w, "Europe/Berlin");
    later(w, 3600);
    run_jobs(w);
    check(ask(w, "select count(*) from clock") == 2 && ask(w, "select count(*) from job") == 0);
}

static void N6_nor_when_it_is_time(struct world *w)
{
    two_cases(w);
    later(w, 11);
    run_jobs(w);
    check(ask(w, "select count(*) from clock") == 2);
    have_zone(w, "Mars/Phobos");
    later(w, 8 * 86400);
    run_jobs(w);
    run_jobs(w);
    check(ask(w, "select count(*) from event where kind = 'clock.escalated' and tenant = 1")
          > 0);
    check(ask(w, "select count(*) from event where kind = 'clock.escalated' and tenant = 2")
          == 0);
    check(ask(w, "select count(*) from job where kind = 'clock.case'") == 1);
    have_zone(w, "Europe/Berlin");
    later(w, 3600);
    run_jobs(w);
    check(ask(w, "select count(*) from event where kind = 'clock.escalated' and tenant = 2")
          > 0);
}

static void N6_a_fault_loses_no_case(struct world *w)
{
    two_cases(w);
    have_zone(w, "Mars/Phobos");
    later(w, 11);
    EACH_FAULT(w) {
        struct ctx *cx = begin(w);
        struct job job = {.id = 1, .tries = 9};
        enum err err = end(w, clock_jobs[0].failed(cx, &job, ERR_INVALID, SAY("It", "Es")));
        bool moved = ask(w, "select count(*) from search_mark where name = 'clock'") == 1;
        check(moved == (err == OK));
        check(ask(w, "select count(*) from job where kind = 'clock.case'") == (moved ? 2 : 0));
    }
}

static void N4_telling_is_whole_or_not_at_all(struct world *w)
{
    struct ticket_made made = a_case(w);
    later(w, 8 * 86400);
    EACH_FAULT(w) {
        check(ask(w, "select count(*) from event where kind like 'clock.%'") == 0);
        end(w, clock_watch(begin(w), made.at.id));
    }
    check(ask(w, "select count(*) from event where kind like 'clock.%'")
          == 2);    // solve, work
}

static void E3_what_comes_after_a_thousand_letters_is_seen(struct world *w)
{
    solve_after(w, "message.received", 1100);
}

static void E3_what_comes_after_a_thousand_events_is_seen(struct world *w)
{
    solve_after(w, "ticket.assigned", 1100);
}

static void E3_letters_in_a_row_are_the_first_of_them(struct world *w)
{
    struct clock_case c;
    struct ticket_made made = a_case(w);
    for (int i = 0; i < 3; i++) {
        later(w, 60);
        struct ctx *cx = begin(w);
        struct event e = {.kind = "message.received", .ticket = made.at.id.n};
        check(event_add(cx, e) == OK && event_add(cx, e) == OK);
        check(end(w, i == 1 ? event_add(
                         cx, (struct event){.kind = "message.sent", .ticket = made.at.id.n})
                            : OK)
              == OK);
    }
    check(end(w, clock_case(begin(w), made.at.id, &c)) == OK);
    isize letters = 0;
    for (isize i = 0; i < c.facts.events; i++)
        letters += c.facts.event[i].signal == SIGNAL_CUSTOMER;
    check(letters == 2 && c.facts.event[0].signal == SIGNAL_CREATED);
    check(c.facts.event[c.facts.events - 1].at.ms == w->now.ms);
}

// --- the ledger of the same case -------------------------------------------------------------

static const struct reckon_clock *solve_of(const struct clock_case *c)
{
    for (isize i = 0; i < c->clocks; i++)
        if (c->clock[i].kind == CLOCK_SOLVE)
            return &c->clock[i];
    check(false);
    return c->clock;
}

// Of a new case; the transaction is open, for the test's arena.
static struct clock_case an_hour_later(struct world *w)
{
    struct ticket_made made = a_case(w);
    struct clock_case c = {0};
    later(w, 3600);
    check(clock_case(begin(w), made.at.id, &c) == OK);
    return c;
}

static void U2_the_days_add_up(struct world *w)
{
    struct ledger_line line[LEDGER_MOST];
    struct clock_case c = an_hour_later(w);
    const struct reckon_clock *k = solve_of(&c);
    isize n = ledger_lines(&w->arena, &c, k, w->now, line);
    int64_t sum = 0;
    for (isize i = 0; i < n; i++)
        sum += line[i].counted_ms;
    check(sum == k->target_ms && n >= 5);
    for (isize i = 1; i < n; i++)
        check(line[i - 1].at.ms <= line[i].at.ms);    // U4
    check(end(w, OK) == OK);
}

static void U2_what_is_shown_adds_up(struct world *w)
{
    struct ledger_line line[LEDGER_MOST];
    struct clock_case c = an_hour_later(w);
    struct reckon_clock k = *solve_of(&c);
    k.run.start = k.start = instant_plus(k.start, 2 * 3600 + 30);    // half of a minute
    k.target_ms = 24 * 3600 * INT64_C(1000);
    k.due = calendar_add(k.run.calendar, k.start, k.target_ms);
    isize n = ledger_lines(&w->arena, &c, &k, w->now, line);
    int64_t sum = 0;
    for (isize i = 0; i < n; i++) {
        check(line[i].counted_ms % (60 * 1000) == 0);
        sum += line[i].counted_ms;
    }
    check(sum == k.target_ms && end(w, OK) == OK);
}

static bool tells(const struct ledger_line *line, isize n, const char *text)
{
    for (isize i = 0; i < n; i++)
        if (str_eq(line[i].text.de, str_from_z(text)))
            return true;
    return false;
}

// The world begins on a Monday; a long clock runs over the weekend.
static void U3_the_weekend_is_named(struct world *w)
{
    struct ledger_line line[LEDGER_MOST];
    struct clock_case c = an_hour_later(w);
    struct reckon_clock k = *solve_of(&c);
    k.target_ms = 60 * 3600 * INT64_C(1000);
    k.due = calendar_add(k.run.calendar, k.start, k.target_ms);
    isize n = ledger_lines(&w->arena, &c, &k, w->now, line);
    check(tells(line, n, "Sa 28.11. bis So 29.11.: geschlossen"));
    check(!tells(line, n, "So 29.11.: geschlossen"));
    int64_t sum = 0;
    for (isize i = 0; i < n; i++)
        sum += line[i].counted_ms;
    check(sum == k.target_ms && end(w, OK) == OK);
}

static void R8_what_did_not_arrive_was_not_said(struct world *w)
{
    struct ticket_made made = a_case(w);
    struct clock_case c = {0};
    struct ticket_new n = {.channel = CHANNEL_MAIL, .subject = S("Drucker")};
    struct ctx *cx = begin_as(w, ADA);
    check(ticket_create(cx, &n, &made) == OK);
    static const struct {
        const char *kind, *data;
    } happened[] = {
        {"message.queued", NULL},
        {"ticket.waiting", "{\"from\":\"open\",\"to\":\"waiting_customer\"}"},
        {"message.bounced", NULL},
        {"ticket.unreached", "{\"from\":\"waiting_customer\",\"to\":\"open\"}"},
    };
    for (isize i = 0; i < countof(happened); i++) {
        struct event e = {.kind = happened[i].kind, .ticket = made.at.id.n, .object = 5};
        if (happened[i].data != NULL)
            e.data = str_from_z(happened[i].data);
        check(event_add(cx, e) == OK);
        check(clock_case(cx, made.at.id, &c) == OK);
        bool said = i < 2, waits = i == 1 || i == 2;
        for (isize k = 0; k < c.clocks; k++) {
            if (c.clock[k].kind == CLOCK_FIRST)
                check((c.clock[k].end.ms != 0) == said);
            if (c.clock[k].kind == CLOCK_SOLVE)
                check((c.clock[k].stands != 0) == waits);
        }
    }
    check(end(w, OK) == OK && c.clocks > 1);
}

static void U1_the_page_tells_it(struct world *w)
{
    struct ticket_made made = a_case(w);
    str number = ticket_number_shown(&w->kept, made.number);
    const char *url =
        arena_z(&w->kept, arena_fmt(&w->kept, "/w/t/" STR_FMT "/uhren", STR_ARG(number)));
    struct seen s = web_get(w, ADA, url);
    check(s.status == 200 && web_shows(&s, "Started: the case came in."));
    check(web_shows(&s, "“Standard”, priority critical: 4 h of working time"));
    check(web_shows(&s, "Mon 23 Nov: 8–18, counted 4 h"));
    check(web_shows(&s, "calendar “Bürozeiten”, time zone Europe/Berlin, holidays: Germany"));
    w->lang = LANG_DE;
    s = web_get(w, ADA, url);
    check(web_shows(&s, "Regel: „Standard“, Priorität kritisch: 4 h Arbeitszeit."));
    w->lang = LANG_EN;
    check(web_post(w, ADA, url, "kind=3&tag=today&uhr=8:00").status == 303);
    s = web_get(w, ADA, url);
    check(web_shows(&s, "Report a breach of personal data") && web_shows(&s, "Running"));
    s = web_post(w, ADA, url, "kind=3&tag=today&uhr=8:30");
    check(s.status == 422 && web_shows(&s, "This clock runs already.")
          && web_shows(&s, "value=\"8:30\""));
    check(web_get(w, NINA, url).status == 404);    // E2
    check(web_get(w, ADA, "/w/t/1234-5678/uhren").status == 404);
}

const struct test clock_watch_tests[] = {
    T(N1_each_step_once),
    T(N2_after_a_long_absence_the_highest_only),
    T(N3_what_ended_is_not_told),
    T(R8_what_did_not_arrive_was_not_said),
    T(N4_the_jobs_follow_by_themselves),
    T(E3_what_comes_after_a_thousand_letters_is_seen),
    T(E3_what_comes_after_a_thousand_events_is_seen),
    T(E3_letters_in_a_row_are_the_first_of_them),
    T(N6_one_that_cannot_be_reckoned_delays_no_other),
    T(N6_nor_when_it_is_time),
    T(N6_a_fault_loses_no_case),
    T(N4_telling_is_whole_or_not_at_all),
    T(U2_the_days_add_up),
    T(U2_what_is_shown_adds_up),
    T(U3_the_weekend_is_named),
    T(U1_the_page_tells_it),
    {0},
};
