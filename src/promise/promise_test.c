// SPDX-License-Identifier: GPL-3.0-or-later
#include "promise/promise.h"

#include "base/buf.h"
#include "base/limits.h"
#include "base/zone.h"
#include "testing/test.h"

enum { HOUR = 3600 };

static struct ticket_made new_case(struct ctx *cx)
{
    struct ticket_made m = {0};
    check(ticket_create(cx, &(struct ticket_new){.channel = CHANNEL_MAIL, .subject = S("WLAN")},
                        &m)
          == OK);
    return m;
}

static instant in(struct world *w, int64_t seconds)
{
    return (instant){w->now.ms + seconds * 1000};
}

static promise_id give(struct ctx *cx, struct ticket_at *at, enum promise_kind kind,
                       instant due)
{
    promise_id id = {0};
    struct promise_new p = {
        .kind = kind, .what = kind == PROMISE_OTHER ? S("Gerät kommt") : S(""), .due = due};
    check(promise_give(cx, at, &p, &id) == OK);
    return id;
}

static int64_t due_of(struct world *w)
{
    return ask(w, "select coalesce(min(due), 0) from ticket where status <> 8");
}

static void drain(struct world *w)
{
    begin(w);
    end(w, ERR_BUSY);    // job_drain makes its own transactions
    check(job_drain(&w->cx, promise_jobs) == OK);
}

static void Z1_due_is_the_earliest_open_one(struct world *w)
{
    struct ctx *cx = begin_as(w, ADA);
    struct ticket_at at = new_case(cx).at;
    promise_id late = give(cx, &at, PROMISE_OTHER, in(w, 3 * HOUR)),
               early = give(cx, &at, PROMISE_OTHER, in(w, HOUR));
    check(at.version == 3 && end(w, OK) == OK);
    check(due_of(w) == in(w, HOUR).ms);
    cx = begin_as(w, ADA);
    check(promise_keep(cx, &at, early) == OK && end(w, OK) == OK);
    check(due_of(w) == in(w, 3 * HOUR).ms);
    cx = begin_as(w, ADA);
    check(promise_keep(cx, &at, late) == OK && end(w, OK) == OK);
    check(due_of(w) == 0);
    check(ask(w, "select count(*) from event where kind = 'promise.kept'") == 2);
}

static void Z1_its_line_counts_characters(struct world *w)
{
    struct buf b = buf_new(&w->kept, 2 * LIMIT_LINE + 2);
    while (b.n < 2 * LIMIT_LINE)
        buf_put(&b, S("ж"));
    promise_id id;
    struct promise_new p = {.kind = PROMISE_OTHER, .what = buf_str(&b), .due = in(w, HOUR)};
    struct ctx *cx = begin_as(w, ADA);
    struct ticket_at at = new_case(cx).at;
    check(promise_give(cx, &at, &p, &id) == OK);
    buf_put(&b, S("ж"));
    p.what = buf_str(&b);
    check(promise_give(cx, &at, &p, &id) == ERR_INVALID && end(w, OK) == OK);
}

static void Z1_or_nothing_happened(struct world *w)
{
    struct ctx *cx = begin_as(w, ADA);
    struct who ada = cx->who;
    struct ticket_at at = new_case(cx).at;
    check(end(w, OK) == OK);
    EACH_FAULT(w) {
        struct ticket_at tried = at;
        promise_id id;
        struct promise_new p = {.kind = PROMISE_ANSWER, .due = in(w, HOUR)};
        cx = begin(w);
        cx->who = ada;
        bool done = end(w, promise_give(cx, &tried, &p, &id)) == OK;
        check(ask(w, "select count(*) from promise") == done);
        check(ask(w, "select count(*) from ticket where due is not null") == done);
        check(ask(w, "select count(*) from event") == 1 + done);
        check(ask(w, "select count(*) from job where kind = 'promise.late'") == done);
        check(ask(w, "select version from ticket") == 1 + done);
    }
    at.version = 2;
    EACH_FAULT(w) {
        struct ticket_at tried = at;
        promise_id id, first = {ask(w, "select min(id) from promise")};
        cx = begin(w);
        cx->who = ada;
        bool done =
            end(w, promise_move(cx, &tried, first, in(w, 2 * HOUR), S("Teil fehlt"), &id))
            == OK;
        check(ask(w, "select count(*) from promise where state = 1") == 1);
        check(ask(w, "select count(*) from promise where state = 3") == done);
        check(due_of(w) == in(w, done ? 2 * HOUR : HOUR).ms);
        check(ask(w, "select count(*) from event where kind = 'promise.moved'") == done);
    }
    at.version = 3;
    EACH_FAULT(w) {
        struct ticket_at tried = at;
        cx = begin(w);
        cx->who = ada;
        bool done = end(w, promise_answered(cx, &tried)) == OK;
        check(ask(w, "select count(*) from promise where state = 2") == done);
        check(ask(w, "select count(*) from ticket where due is null") == done);
        check(ask(w, "select count(*) from event where kind = 'promise.kept'") == done);
    }
}

static void Z2_broken_at_its_time_and_still_on_top(struct world *w)
{
    struct ctx *cx = begin_as(w, ADA);
    struct ticket_at a = new_case(cx).at, b = new_case(cx).at;
    promise_id id = give(cx, &a, PROMISE_ANSWER, in(w, HOUR));
    give(cx, &b, PROMISE_ANSWER, in(w, 2 * HOUR));
    check(end(w, OK) == OK);
    check(ask(w, "select count(*) from job") == 1);    // one for the desk
    later(w, HOUR - 1);
    drain(w);
    check(ask(w, "select count(*) from promise where broken is not null") == 0);
    later(w, 1);
    drain(w);
    check(ask(w, "select broken from promise where state = 1 and broken is not null")
          == w->now.ms);
    check(ask(w, "select count(*) from event where kind = 'promise.broken' and ticket = 1 and "
                 "level = 1")
          == 1);
    check(ask(w, "select due from ticket where id = 1") == w->now.ms);
    struct promise p;
    ticket_id of;
    cx = begin_as(w, ADA);
    check(promise_load(cx, id, &of, &p) == OK && of.n == a.id.n && promise_is_late(&p, w->now));
    check(promise_keep(cx, &a, id) == OK && end(w, OK) == OK);    // late is better than never
    check(ask(w, "select count(*) from promise where state = 2 and broken is not null") == 1);
    later(w, HOUR);
    drain(w);
    check(ask(w, "select count(*) from event where kind = 'promise.broken'") == 2);
    check(ask(w, "select count(*) from job") == 0);
}

static void Z2_an_earlier_one_wakes_earlier(struct world *w)
{
    struct ctx *cx = begin_as(w, ADA);
    struct ticket_at at = new_case(cx).at;
    give(cx, &at, PROMISE_OTHER, in(w, 5 * HOUR));
    give(cx, &at, PROMISE_OTHER, in(w, HOUR));
    give(cx, &at, PROMISE_OTHER, in(w, 9 * HOUR));
    check(end(w, OK) == OK);
    later(w, HOUR);
    drain(w);
    check(ask(w, "select count(*) from promise where broken is not null") == 1);
    check(ask(w, "select run_at from job") == in(w, 4 * HOUR).ms);
}

static void Z2_of_a_case_that_is_over_it_is_dropped(struct world *w)
{
    struct ctx *cx = begin_as(w, ADA);
    struct ticket_at at = new_case(cx).at;
    give(cx, &at, PROMISE_ANSWER, in(w, HOUR));
    give(cx, &at, PROMISE_OTHER, in(w, HOUR));
    check(ticket_spam(cx, &at) == OK && end(w, OK) == OK);
    later(w, HOUR);
    drain(w);
    check(ask(w, "select count(*) from event where kind = 'promise.broken'") == 0);
    check(ask(w, "select count(*) from event where kind = 'promise.dropped'") == 2);
    check(ask(w, "select count(*) from promise where state = 4 and broken is null") == 2);
    check(due_of(w) == 0 && ask(w, "select count(*) from job") == 0);
}

static void Z2_each_desk_for_itself(struct world *w)
{
    struct ctx *cx = begin_as(w, ADA);
    struct ticket_at at = new_case(cx).at;
    give(cx, &at, PROMISE_ANSWER, in(w, HOUR));
    check(end(w, OK) == OK);
    cx = begin_as(w, NINA);
    at = new_case(cx).at;
    give(cx, &at, PROMISE_ANSWER, in(w, HOUR));
    check(end(w, OK) == OK);
    later(w, 2 * HOUR);
    drain(w);
    check(ask(w, "select count(*) from event e join ticket t on t.id = e.ticket and t.tenant = "
                 "e.tenant"
                 " where e.kind = 'promise.broken'")
          == 2);
}

static void Z3_moving_needs_a_reason_and_time(struct world *w)
{
    struct ctx *cx = begin_as(w, ADA);
    struct ticket_at at = new_case(cx).at;
    promise_id id = give(cx, &at, PROMISE_OTHER, in(w, HOUR)), moved;
    check(promise_move(cx, &at, id, in(w, 2 * HOUR), S(" "), &moved) == ERR_INVALID);
    check(promise_move(cx, &at, id, in(w, 0), S("Teil fehlt"), &moved) == ERR_INVALID);
    ctx_forgive(cx);
    check(promise_move(cx, &at, id, in(w, 2 * HOUR), S("Teil fehlt"), &moved) == OK);
    check(promise_move(cx, &at, id, in(w, 3 * HOUR), S("noch einmal"), &moved) == ERR_INVALID);
    check(promise_keep(cx, &at, id) == ERR_INVALID);
    struct promise *p;
    isize n;
    check(promise_list(cx, at.id, &p, &n) == OK && n == 2);
    check(p[0].state == PROMISE_OPEN && p[0].due.ms == in(w, 2 * HOUR).ms);
    check_text(p[0].what, S("Gerät kommt"));
    check(p[1].state == PROMISE_MOVED && p[1].closed.ms == w->now.ms);
    check_text(p[1].reason, S("Teil fehlt"));
    end(w, OK);
}

static void Z4_a_public_word_keeps_what_was_to_be_answered(struct world *w)
{
    struct ctx *cx = begin_as(w, ADA);
    struct ticket_made m = new_case(cx);
    instant due;
    message_id id;
    check(promise_first(cx, &m, CHANNEL_MAIL, &due) == OK && due.ms == in(w, 4 * HOUR).ms);
    give(cx, &m.at, PROMISE_OTHER, in(w, 9 * HOUR));
    struct message_new note = {.kind = MESSAGE_NOTE, .channel = CHANNEL_MAIL, .body = S("hm")};
    check(promise_reply(cx, &m.at, &note, &id) == OK && end(w, OK) == OK);
    check(due_of(w) == due.ms);
    cx = begin_as(w, ADA);
    struct message_new reply = {
        .kind = MESSAGE_REPLY, .channel = CHANNEL_MAIL, .body = S("Guten Tag")};
    check(promise_reply(cx, &m.at, &reply, &id) == OK);
    int64_t version = m.at.version;
    check(promise_answered(cx, &m.at) == OK
          && m.at.version == version);    // nothing left: no change
    check(end(w, OK) == OK);
    check(due_of(w) == in(w, 9 * HOUR).ms);
    cx = begin_as(w, ADA);
    check(promise_drop_all(cx, &m.at) == OK && end(w, OK) == OK);
    check(due_of(w) == 0 && ask(w, "select count(*) from promise where state = 4") == 1);
}

static void Z4_a_word_taken_back_kept_nothing(struct world *w)
{
    struct ctx *cx = begin_as(w, ADA);
    struct ticket_made m = new_case(cx);
    instant due;
    message_id id;
    struct message_new reply = {
        .kind = MESSAGE_REPLY, .channel = CHANNEL_MAIL, .body = S("Guten Tag")};
    check(promise_first(cx, &m, CHANNEL_MAIL, &due) == OK && end(w, OK) == OK);
    later(w, 60);
    cx = begin_as(w, ADA);
    instant answered = cx->now;
    check(promise_reply(cx, &m.at, &reply, &id) == OK && end(w, OK) == OK);
    check(due_of(w) == 0);
    later(w, 5);
    cx = begin_as(w, ADA);
    check(promise_unanswered(cx, &m.at, cx->now) == OK);    // no word of that moment
    check(promise_unanswered(cx, &m.at, answered) == OK && end(w, OK) == OK);
    check(due_of(w) == due.ms);
    check(ask(w, "select count(*) from promise where state = 1 and closed is null") == 1);
    check(ask(w, "select count(*) from event where kind = 'promise.reopened'") == 1);
}

static void Z4_a_word_taken_back_promised_nothing(struct world *w)
{
    struct ctx *cx = begin_as(w, ADA);
    struct ticket_made m = new_case(cx);
    instant due;
    message_id id;
    promise_id given;
    struct message_new reply = {
        .kind = MESSAGE_REPLY, .channel = CHANNEL_MAIL, .body = S("Guten Tag")};
    struct promise_new p = {.kind = PROMISE_ANSWER, .due = in(w, 2 * HOUR)};
    check(promise_first(cx, &m, CHANNEL_MAIL, &due) == OK && end(w, OK) == OK);
    later(w, 60);
    cx = begin_as(w, ADA);
    instant answered = cx->now;
    check(promise_reply(cx, &m.at, &reply, &id) == OK
          && promise_give(cx, &m.at, &p, &given) == OK && end(w, OK) == OK);
    check(due_of(w) == p.due.ms);
    later(w, 5);
    check(end(w, promise_unanswered(begin_as(w, ADA), &m.at, answered)) == OK);
    check(due_of(w) == due.ms && ask(w, "select count(*) from promise where state = 1") == 1);
    check(ask(w, "select count(*) from event where kind = 'promise.dropped'") == 1);
}

static void Z5_a_promise_is_a_teams(struct world *w)
{
    struct ctx *cx = begin_as(w, ADA);
    struct ticket_at at = new_case(cx).at;
    struct promise_new p = {
        .kind = PROMISE_OTHER, .what = S("x"), .due = in(w, 60), .team = {NET}};
    promise_id id;
    check(promise_give(cx, &at, &p, &id) == OK);
    p.team = (team_id){FOREIGN};
    check(promise_give(cx, &at, &p, &id) == ERR_ABSENT);
    end(w, OK);
    check(ask(w, "select team from promise") == NET);
    for (int i = 0; db_statements[i] != NULL; i++)    // and no statement knows better
        if (str_starts(str_from_z(db_statements[i]->name), S("promise_insert")))
            check(str_find(str_from_z(db_statements[i]->sqlite), S("person")) < 0);
}

static void Z6_full_five_minutes(struct world *w)
{
    (void)w;
    check(promise_round((instant){600000}).ms == 600000);
    check(promise_round((instant){600001}).ms == 900000);
    check(promise_round((instant){899999}).ms == 900000);
}

static void Z6_never_earlier_than_the_target(struct world *w)
{
    static const int first_s[4] = {900, 1800, 14400, 86400};
    struct ctx *cx = begin(w);
    for (int p = 1; p <= 4; p++) {
        instant due;
        check(promise_first_due(cx, (ticket_id){0}, p, CHANNEL_MAIL, cx->now, &due) == OK);
        int64_t early = due.ms - cx->now.ms - first_s[p - 1] * INT64_C(1000);
        check(early >= 0 && early < 300000 && due.ms % 300000 == 0);
    }
    end(w, OK);
}

static void Z6_in_the_hours_that_were_agreed(struct world *w)
{
    check(end(w, agreement_begin(begin_as(w, GERO))) == OK);
    struct ctx *cx = begin(w);
    instant due, friday = zone_instant((struct local){2026, 11, 20, 17, 2, 0, 0, 0});
    check(promise_first_due(cx, (ticket_id){0}, 3, CHANNEL_MAIL, friday, &due) == OK);
    check(due.ms == zone_instant((struct local){2026, 11, 23, 11, 5, 0, 0, 0}).ms);
    end(w, OK);
}

static instant at(int year, int month, int day, int hour, int minute)
{
    return zone_instant((struct local){
        .year = year, .month = month, .day = day, .hour = hour, .minute = minute});
}

static void words_are_those_of_who_waits(struct world *w)
{
    instant now = at(2026, 11, 20, 11, 0);
    static const struct {
        int month, day, hour, minute;
        const char *de, *en;
    } table[] = {
        {11, 20, 16, 10, "Sie hören bis heute 16:10 von uns",
         "You will hear from us by 16:10 today"},
        {11, 20, 23, 59, "Sie hören bis heute 23:59 von uns",
         "You will hear from us by 23:59 today"},
        {11, 21, 0, 0, "Sie hören bis morgen 00:00 von uns",
         "You will hear from us by 00:00 tomorrow"},
        {11, 23, 9, 5, "Sie hören bis Montag, 23.11., 09:05 von uns",
         "You will hear from us by 09:05 on Monday, 23 November"},
        {11, 27, 9, 5, "Sie hören bis 27.11.2026, 09:05 von uns",
         "You will hear from us by 09:05 on 27 November 2026"},
        {11, 20, 10, 0, "Sie sollten bis heute 10:00 von uns hören",
         "You should have heard from us by 10:00 today"},
        {11, 19, 10, 0, "Sie sollten bis gestern 10:00 von uns hören",
         "You should have heard from us by 10:00 yesterday"},
        {11, 2, 10, 0, "Sie sollten bis 2.11.2026, 10:00 von uns hören",
         "You should have heard from us by 10:00 on 2 November 2026"},
    };
    for (isize i = 0; i < countof(table); i++) {
        instant due = at(2026, table[i].month, table[i].day, table[i].hour, table[i].minute);
        struct words words = promise_words(&w->arena, now, due, true);
        check_text(words.de, str_from_z(table[i].de));
        check_text(words.en, str_from_z(table[i].en));
    }
    check_text(promise_words(&w->arena, now, at(2026, 11, 20, 16, 10), false).de,
               S("Du hörst bis heute 16:10 von uns"));
    // The night the clocks change: tomorrow is tomorrow although it is 25 hours away.
    check_text(
        promise_words(&w->arena, at(2026, 10, 24, 23, 30), at(2026, 10, 25, 23, 30), true).de,
        S("Sie hören bis morgen 23:30 von uns"));
    check_text(
        promise_words(&w->arena, at(2026, 3, 28, 0, 30), at(2026, 3, 29, 23, 30), true).de,
        S("Sie hören bis morgen 23:30 von uns"));
}

static void Z7_a_letter_names_the_day(struct world *w)
{
    instant now = at(2026, 11, 30, 11, 0);
    static const struct {
        int year, month, day;
        const char *de, *en;
    } table[] = {
        {2026, 11, 30, "Sie hören bis Montag, 30. November, 14:05 Uhr von uns",
         "You will hear from us by 14:05 on Monday, 30 November"},
        {2026, 12, 1, "Sie hören bis Dienstag, 1. Dezember, 14:05 Uhr von uns",
         "You will hear from us by 14:05 on Tuesday, 1 December"},
        {2027, 1, 4, "Sie hören bis Montag, 4. Januar 2027, 14:05 Uhr von uns",
         "You will hear from us by 14:05 on Monday, 4 January 2027"},
        {2026, 11, 29, "Sie sollten bis Sonntag, 29. November, 14:05 Uhr von uns hören",
         "You should have heard from us by 14:05 on Sunday, 29 November"},
    };
    for (isize i = 0; i < countof(table); i++) {
        instant due = at(table[i].year, table[i].month, table[i].day, 14, 5);
        struct words words = promise_written(&w->arena, now, due, true);
        check_text(words.de, str_from_z(table[i].de));
        check_text(words.en, str_from_z(table[i].en));
    }
    check_text(promise_written(&w->arena, now, at(2026, 12, 1, 0, 0), false).de,
               S("Du hörst bis Dienstag, 1. Dezember, 00:00 Uhr von uns"));
}

static void what_cannot_be_promised(struct world *w)
{
    struct ctx *cx = begin_as(w, ADA);
    struct ticket_at a = new_case(cx).at;
    promise_id id;
    struct promise_new p = {.kind = PROMISE_OTHER, .due = in(w, 60)};
    check(promise_give(cx, &a, &p, &id) == ERR_INVALID);    // what?
    p = (struct promise_new){.kind = PROMISE_ANSWER, .due = w->now};
    check(promise_give(cx, &a, &p, &id) == ERR_INVALID);
    p = (struct promise_new){.due = in(w, 60)};
    check(promise_give(cx, &a, &p, &id) == ERR_INVALID);
    p = (struct promise_new){.kind = PROMISE_ANSWER, .due = in(w, 60)};
    struct ticket_at old = a;
    check(promise_give(cx, &a, &p, &id) == OK);
    check(promise_give(cx, &old, &p, &id) == ERR_STALE);
    check(end(w, ERR_STALE) == ERR_STALE);
    cx = begin_as(w, ADA);
    a = new_case(cx).at;
    check(ticket_spam(cx, &a) == OK && promise_give(cx, &a, &p, &id) == ERR_INVALID);
    end(w, OK);
}

static void nothing_of_another_team_or_desk(struct world *w)
{
    struct ctx *cx = begin_as(w, ADA);
    struct ticket_at a = new_case(cx).at;
    promise_id id = give(cx, &a, PROMISE_OTHER, in(w, HOUR)), out;
    check(end(w, OK) == OK);
    static const int stranger[] = {CEM, GERO, NINA};
    for (isize i = 0; i < countof(stranger); i++) {
        struct promise p, *all;
        struct promise_new n = {.kind = PROMISE_ANSWER, .due = in(w, 60)};
        ticket_id of;
        isize count;
        cx = begin_as(w, stranger[i]);
        check(promise_load(cx, id, &of, &p) == ERR_ABSENT);
        check(promise_list(cx, a.id, &all, &count) == OK && count == 0);
        check(promise_keep(cx, &a, id) == ERR_ABSENT);
        check(promise_move(cx, &a, id, in(w, 2 * HOUR), S("x"), &out) == ERR_ABSENT);
        check(promise_give(cx, &a, &n, &out) == ERR_ABSENT);
        check(promise_answered(cx, &a) == OK
              && promise_drop_all(cx, &a) == OK);    // and find none
        end(w, OK);
    }
    check(ask(w, "select count(*) from promise where state = 1") == 1);
    check(ask(w, "select version from ticket") == a.version);
    cx = begin_as(w, ADA);    // another case's promise
    struct ticket_at other = new_case(cx).at;
    check(promise_keep(cx, &other, id) == ERR_ABSENT);
    end(w, OK);
}

static void T13_promises_move_with_their_case(struct world *w)
{
    struct ctx *cx = begin(w);
    check(db_script(
              cx,
              "insert into contact (tenant, name, created, changed) values (1, 'Karin', 0, 0)")
          == OK);
    struct ticket_new n = {.channel = CHANNEL_MAIL, .subject = S("x"), .contact = {1}};
    struct ticket_made a, b;
    check(ticket_create(cx, &n, &a) == OK && ticket_create(cx, &n, &b) == OK);
    give(cx, &a.at, PROMISE_ANSWER, in(w, HOUR));
    give(cx, &b.at, PROMISE_ANSWER, in(w, 2 * HOUR));
    check(promise_merge(cx, &a.at, &b.at) == OK && end(w, OK) == OK);
    check(due_of(w) == in(w, HOUR).ms);
    check(ask(w, "select count(*) from ticket where status = 8 and due is null") == 1);
    check(ask(w, "select version from ticket where status = 8") == a.at.version);
    check(ask(w, "select version from ticket where status <> 8") == b.at.version);
}

const struct test promise_tests[] = {
    T(Z1_due_is_the_earliest_open_one),
    T(Z1_its_line_counts_characters),
    T(Z1_or_nothing_happened),
    T(Z2_broken_at_its_time_and_still_on_top),
    T(Z2_an_earlier_one_wakes_earlier),
    T(Z2_of_a_case_that_is_over_it_is_dropped),
    T(Z2_each_desk_for_itself),
    T(Z3_moving_needs_a_reason_and_time),
    T(Z4_a_public_word_keeps_what_was_to_be_answered),
    T(Z4_a_word_taken_back_kept_nothing),
    T(Z4_a_word_taken_back_promised_nothing),
    T(Z5_a_promise_is_a_teams),
    T(Z6_full_five_minutes),
    T(Z6_never_earlier_than_the_target),
    T(Z6_in_the_hours_that_were_agreed),
    T(words_are_those_of_who_waits),
    T(Z7_a_letter_names_the_day),
    T(what_cannot_be_promised),
    T(nothing_of_another_team_or_desk),
    T(T13_promises_move_with_their_case),
    {0},
};
