// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/test.h"

#include "base/zone.h"
#include "clock/legal_case.h"

static struct calendar berlin(void)
{
    return (struct calendar){.wall = wall_find(S("Europe/Berlin")),
                             .region = holiday_region(S("DE-BE"))};
}

static instant at(int year, int month, int day, int hour)
{
    return zone_instant((struct local){year, month, day, hour, 0, 0, 0, 0});
}

static void O1_until_the_end_of_the_next_day(struct world *w)
{
    (void)w;
    struct calendar c = berlin();
    check(legal_due(LEGAL_TKG58, at(2026, 11, 20, 9), &c).ms == at(2026, 11, 22, 0).ms);
    check(legal_due(LEGAL_TKG58, at(2026, 10, 24, 23), &c).ms == at(2026, 10, 26, 0).ms);
}

static void O2_compensation(struct world *w)
{
    (void)w;
    struct calendar c = berlin();
    instant from = at(2026, 11, 2, 15);
    static const int64_t expect[] = {0, 0, 0, 500, 1000, 2000, 3000};
    for (int day = 0; day < countof(expect); day++)
        check(legal_compensation(from, at(2026, 11, 2 + day, 1), 0, &c) == expect[day]);
    check(legal_compensation(from, at(2026, 11, 7, 9), 8000, &c) == 800 + 800 + 1600);
    check(legal_compensation(from, at(2026, 11, 7, 9), 4000, &c) == 500 + 500 + 1000);
}

static void O3_a_month(struct world *w)
{
    (void)w;
    struct calendar c = berlin();
    check(legal_due(LEGAL_DSR, at(2026, 10, 5, 9), &c).ms == at(2026, 11, 6, 0).ms);
    check(legal_due(LEGAL_DSR, at(2026, 1, 31, 9), &c).ms
          == at(2026, 3, 3, 0).ms);    // Saturday
    check(legal_due(LEGAL_DSR, at(2026, 11, 25, 9), &c).ms
          == at(2026, 12, 29, 0).ms);    // Christmas
    check(legal_due(LEGAL_DSR, at(2026, 12, 15, 9), &c).ms == at(2027, 1, 16, 0).ms);
}

static void O4_hours_of_the_wall(struct world *w)
{
    (void)w;
    struct calendar c = berlin();
    instant t = at(2026, 10, 23, 18);    // a Friday; the clocks go back on Sunday
    check(legal_due(LEGAL_BREACH, t, &c).ms - t.ms == 72 * 3600000);
    check(legal_due(LEGAL_NIS2_24, t, &c).ms - t.ms == 24 * 3600000);
    check(legal_due(LEGAL_NIS2_72, t, &c).ms - t.ms == 72 * 3600000);
    check(legal_due(LEGAL_NIS2_1M, t, &c).ms == at(2026, 11, 27, 0).ms);
}

static ticket_id a_case(struct world *w)
{
    struct ticket_made made = {0};
    struct ticket_new n = {.channel = CHANNEL_MAIL, .subject = S("Auskunft")};
    check(end(w, ticket_create(begin_as(w, ADA), &n, &made)) == OK);
    return made.at.id;
}

static enum err start(struct world *w, ticket_id id, enum legal_kind kind, int64_t ago_s)
{
    struct ctx *cx = begin_as(w, ADA);
    return end(w, legal_case_start(cx, id, kind, (instant){cx->now.ms - ago_s * 1000}));
}

static void OC1_from_when_we_knew(struct world *w)
{
    ticket_id id = a_case(w);
    struct legal_clock *list;
    isize n;
    check(start(w, id, LEGAL_BREACH, -60) == ERR_INVALID);
    check(start(w, id, LEGAL_BREACH, 3600) == OK);
    check(legal_case_list(begin_as(w, ADA), id, &list, &n) == OK && n == 1);
    check(list[0].due.ms == w->now.ms + 71 * 3600000 && list[0].ended.ms == 0);
    check(end(w, OK) == OK);
    check(end(w, legal_case_start(begin_as(w, NINA), id, LEGAL_DSR, w->now)) == ERR_ABSENT);
}

static void OC2_one_of_a_kind(struct world *w)
{
    ticket_id id = a_case(w);
    check(start(w, id, LEGAL_BREACH, 0) == OK && start(w, id, LEGAL_BREACH, 0) == ERR_INVALID);
    check(start(w, id, LEGAL_DSR, 0) == OK);
}

static void OC3_ending_stays_to_be_read(struct world *w)
{
    ticket_id id = a_case(w);
    struct legal_clock *list;
    isize n;
    check(start(w, id, LEGAL_NIS2_24, 0) == OK);
    int64_t event = ask(w, "select max(id) from event");
    later(w, 25 * 3600);
    check(end(w, legal_case_end(begin_as(w, ADA), id, event)) == OK);
    check(end(w, legal_case_end(begin_as(w, ADA), id, event)) == ERR_ABSENT);
    check(ask(w, "select count(*) from event where kind = 'clock.met' and data like "
                 "'%\"late\":true%'")
          == 1);
    check(legal_case_list(begin_as(w, ADA), id, &list, &n) == OK && n == 1
          && list[0].ended.ms == w->now.ms);
    check(end(w, OK) == OK);
    check(start(w, id, LEGAL_NIS2_24, 0) == OK);
}

static void OC3_each_step_is_whole(struct world *w)
{
    ticket_id id = a_case(w);
    struct who ada = who_is(w, ADA);
    EACH_FAULT(w) {
        check(ask(w, "select count(*) from event where kind = 'clock.started'") == 0);
        struct ctx *cx = begin_with(w, ada);
        end(w, legal_case_start(cx, id, LEGAL_DSR, cx->now));
    }
    int64_t event = ask(w, "select max(id) from event");
    EACH_FAULT(w) {
        check(ask(w, "select count(*) from event where kind = 'clock.met'") == 0);
        end(w, legal_case_end(begin_with(w, ada), id, event));
    }
}

const struct test legal_tests[] = {
    T(O1_until_the_end_of_the_next_day),
    T(O2_compensation),
    T(O3_a_month),
    T(O4_hours_of_the_wall),
    T(OC1_from_when_we_knew),
    T(OC2_one_of_a_kind),
    T(OC3_ending_stays_to_be_read),
    T(OC3_each_step_is_whole),
    {0},
};
