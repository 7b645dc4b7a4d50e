// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/test.h"

#include "base/now.h"
#include "base/zone.h"

static instant at(int year, int month, int day, int hour, int minute)
{
    return zone_instant((struct local){year, month, day, hour, minute, 0, 0, 0});
}

static void winter_and_summer(struct world *w)
{
    (void)w;
    check(at(2026, 1, 15, 12, 0).ms == 1768474800000);    // 11:00 UTC
    check(at(2026, 7, 15, 12, 0).ms == 1784109600000);    // 10:00 UTC
    check(zone_local((instant){1784109600000}).offset_s == 7200);
}

static void the_missing_and_the_double_hour(struct world *w)
{
    (void)w;
    instant before = {1774745999000};    // 29 March 2026 00:59:59 UTC
    check(zone_local(before).hour == 1);
    check(zone_local(instant_plus(before, 1)).hour == 3);
    instant autumn = {1792889999000};    // 25 October 2026 00:59:59 UTC
    check(zone_local(autumn).hour == 2 && zone_local(autumn).offset_s == 7200);
    check(zone_local(instant_plus(autumn, 1)).hour == 2
          && zone_local(instant_plus(autumn, 1)).offset_s == 3600);
    check(at(2026, 10, 25, 2, 30).ms == 1792888200000);    // the first 02:30
}

static void every_hour_of_forty_years_comes_back(struct world *w)
{
    (void)w;
    int wrong = 0;
    for (int64_t s = 946684800; s < 946684800 + 40LL * 366 * 86400; s += 3600) {
        struct local l = zone_local((instant){s * 1000});
        int64_t back = zone_instant(l).ms / 1000;
        wrong += back != s && back != s - 3600;    // the second pass of a double hour
        wrong += l.month < 1 || l.month > 12 || l.day < 1 || l.day > 31;
    }
    check(wrong == 0);
}

static void short_for_a_reader(struct world *w)
{
    struct arena *a = &w->arena;
    instant now = at(2026, 11, 20, 9, 0);
    check_text(zone_short(a, at(2026, 11, 20, 14, 5), now, LANG_DE), S("heute 14:05"));
    check_text(zone_short(a, at(2026, 11, 21, 8, 0), now, LANG_EN), S("tomorrow 08:00"));
    check_text(zone_short(a, at(2026, 11, 23, 10, 0), now, LANG_DE), S("Mo 23.11. 10:00"));
    check_text(zone_short(a, at(2025, 3, 1, 10, 0), now, LANG_EN), S("1 Mar 2025 10:00"));
    check_text(zone_iso(a, (instant){0}), S("1970-01-01T00:00:00Z"));
    check_text(zone_rfc5322(a, (instant){0}), S("Thu, 1 Jan 1970 00:00:00 +0000"));
}

static void days_and_dates_in_words(struct world *w)
{
    struct arena *a = &w->arena;
    instant now = at(2026, 11, 20, 9, 0);
    check_text(zone_day(a, now, now, LANG_DE), S("Heute, 20. November"));
    check_text(zone_day(a, at(2026, 11, 19, 23, 59), now, LANG_EN),
               S("Yesterday, 19 November"));
    check_text(zone_day(a, at(2026, 3, 2, 9, 0), now, LANG_DE), S("Montag, 2. März"));
    check_text(zone_day(a, at(2025, 12, 31, 9, 0), now, LANG_EN),
               S("Wednesday, 31 December 2025"));
    check_text(zone_date(a, now, LANG_DE), S("Freitag, 20. November 2026"));
    check_text(zone_clock(a, at(2026, 11, 20, 9, 5)), S("09:05"));
    check_text(zone_iso(a, at(2026, 11, 20, 9, 5)), S("2026-11-20T08:05:00Z"));
}

static void what_is_left_and_what_has_passed(struct world *w)
{
    struct arena *a = &w->arena;
    instant now = at(2026, 11, 20, 9, 0);
    check_text(zone_left(a, instant_plus(now, 36 * 60), now, LANG_DE), S("noch 36 min"));
    check_text(zone_left(a, instant_plus(now, 3 * 3600), now, LANG_EN), S("3 h left"));
    check_text(zone_left(a, instant_plus(now, 3 * 3600 + 720), now, LANG_DE),
               S("noch 3 h 12 min"));
    check_text(zone_left(a, instant_plus(now, 49 * 3600), now, LANG_DE), S("noch 2 Tage"));
    check_text(zone_left(a, instant_plus(now, 25 * 3600), now, LANG_EN), S("1 day left"));
    check_text(zone_left(a, instant_plus(now, -6 * 60), now, LANG_DE), S("seit 6 min"));
    check_text(zone_left(a, instant_plus(now, -50 * 3600), now, LANG_DE), S("seit 2 Tagen"));
    check_text(zone_left(a, instant_plus(now, -50 * 3600), now, LANG_EN), S("2 days late"));
    check_text(zone_ago(a, instant_plus(now, -180), now, LANG_DE), S("vor 3 min"));
    check_text(zone_ago(a, instant_plus(now, -30 * 3600), now, LANG_DE), S("vor 1 Tag"));
    check_text(zone_ago(a, instant_plus(now, 60), now, LANG_EN), S("0 min ago"));
}

const struct test zone_tests[] = {
    T(winter_and_summer),
    T(the_missing_and_the_double_hour),
    T(every_hour_of_forty_years_comes_back),
    T(short_for_a_reader),
    T(days_and_dates_in_words),
    T(what_is_left_and_what_has_passed),
    {0},
};
