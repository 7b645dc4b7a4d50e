// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/test.h"

#include "base/zone.h"
#include "clock/calendar.h"

static const int64_t MIN = 60000, HOUR = 3600000;

// Monday to Friday.
static struct calendar weekdays(const char *zone, const char *hours)
{
    struct calendar c = {.wall = wall_find(str_from_z(zone))};
    for (int day = 1; day <= 5; day++)
        check(calendar_read(&c, day, str_from_z(hours)));
    return c;
}

static struct calendar always(const char *zone)
{
    struct calendar c = weekdays(zone, "0-24");
    check(calendar_read(&c, 6, S("0-24")) && calendar_read(&c, 7, S("0-24")));
    return c;
}

static instant at(const struct calendar *c, int year, int month, int day, int hour, int minute)
{
    return wall_instant(c->wall,
                        zone_days(year, month, day) * 24 * HOUR + hour * HOUR + minute * MIN);
}

static void K1_several_intervals_a_day(struct world *w)
{
    (void)w;
    struct calendar c = weekdays("Europe/Berlin", "8-12, 13-17");
    instant monday = at(&c, 2026, 11, 23, 7, 0);
    check(calendar_worked(&c, monday, at(&c, 2026, 11, 23, 12, 30)) == 4 * HOUR);
    check(calendar_worked(&c, monday, at(&c, 2026, 11, 24, 7, 0)) == 8 * HOUR);
    check(calendar_worked(&c, monday, at(&c, 2026, 11, 30, 7, 0)) == 40 * HOUR);
    check(calendar_add(&c, monday, 4 * HOUR).ms == at(&c, 2026, 11, 23, 12, 0).ms);
    check(calendar_add(&c, monday, 4 * HOUR + 1).ms == at(&c, 2026, 11, 23, 13, 0).ms + 1);
    check(calendar_add(&c, at(&c, 2026, 11, 27, 16, 0), 2 * HOUR).ms
          == at(&c, 2026, 11, 30, 9, 0).ms);
}

static void K2_the_missing_and_the_double_hour(struct world *w)
{
    (void)w;
    struct calendar c = always("Europe/Berlin");
    check(calendar_worked(&c, at(&c, 2026, 3, 29, 0, 0), at(&c, 2026, 3, 30, 0, 0))
          == 23 * HOUR);
    check(calendar_worked(&c, at(&c, 2026, 10, 25, 0, 0), at(&c, 2026, 10, 26, 0, 0))
          == 25 * HOUR);
    struct calendar night = {.wall = c.wall};
    check(calendar_read(&night, 7, S("2-3")));
    check(calendar_worked(&night, at(&c, 2026, 3, 29, 0, 0), at(&c, 2026, 3, 30, 0, 0)) == 0);
    check(calendar_worked(&night, at(&c, 2026, 10, 25, 0, 0), at(&c, 2026, 10, 26, 0, 0))
          == 2 * HOUR);
}

static void K2_all_hours_lose_nothing(struct world *w)
{
    (void)w;
    struct calendar c = always("Europe/Berlin");
    instant from = at(&c, 2020, 1, 1, 12, 0), to = at(&c, 2038, 1, 1, 12, 0);
    check(calendar_worked(&c, from, to) == to.ms - from.ms);
    check(calendar_add(&c, from, to.ms - from.ms).ms == to.ms);
    check(calendar_worked(&c, at(&c, 2026, 5, 5, 23, 59), at(&c, 2026, 5, 6, 0, 1)) == 2 * MIN);
}

static void K3_over_midnight(struct world *w)
{
    (void)w;
    struct calendar c = {.wall = wall_find(S("Europe/Berlin"))};
    check(calendar_read(&c, 5, S("22-6")) && calendar_read(&c, 7, S("20-2")));
    instant friday = at(&c, 2026, 11, 27, 12, 0);
    check(calendar_worked(&c, friday, at(&c, 2026, 11, 28, 12, 0)) == 8 * HOUR);
    check(calendar_add(&c, friday, 8 * HOUR).ms == at(&c, 2026, 11, 28, 6, 0).ms);
    check(calendar_add(&c, friday, 8 * HOUR + MIN).ms == at(&c, 2026, 11, 29, 20, 1).ms);
    check(calendar_worked(&c, at(&c, 2026, 11, 30, 0, 0), at(&c, 2026, 11, 30, 9, 0))
          == 2 * HOUR);
}

static void K4_holidays(struct world *w)
{
    (void)w;
    struct calendar c = weekdays("Europe/Berlin", "8-16");
    c.region = holiday_region(S("DE-BE"));
    instant before = at(&c, 2026, 4, 2, 15, 0);    // Maundy Thursday
    check(calendar_add(&c, before, 2 * HOUR).ms == at(&c, 2026, 4, 7, 9, 0).ms);
    struct calendar swiss = weekdays("Europe/Zurich", "8-16");
    swiss.region = holiday_region(S("CH-SO"));
    instant may = at(&swiss, 2026, 5, 1, 0, 0);
    check(calendar_worked(&swiss, may, at(&swiss, 2026, 5, 2, 0, 0)) == 4 * HOUR);
    struct calendar night = weekdays("Europe/Berlin", "22-6");
    night.region = c.region;
    check(calendar_worked(&night, at(&c, 2026, 12, 24, 12, 0), at(&c, 2026, 12, 25, 12, 0))
          == 2 * HOUR);
}

static void K5_days_of_its_own(struct world *w)
{
    (void)w;
    const struct calendar_extra extra[] = {
        {zone_days(2026, 12, 23), false, {(int32_t)(12 * HOUR), (int32_t)(24 * HOUR)}, S("")},
        {zone_days(2026, 12, 25), true, {(int32_t)(10 * HOUR), (int32_t)(11 * HOUR)}, S("")},
        {zone_days(2026, 12, 28), false, {0, (int32_t)(24 * HOUR)}, S("")},
        {zone_days(2026, 12, 28), true, {(int32_t)(9 * HOUR), (int32_t)(10 * HOUR)}, S("")}};
    struct calendar c = weekdays("Europe/Berlin", "8-16");
    c.region = holiday_region(S("DE"));
    c.extra = extra;
    c.extras = countof(extra);
    check(calendar_worked(&c, at(&c, 2026, 12, 23, 0, 0), at(&c, 2026, 12, 24, 0, 0))
          == 4 * HOUR);
    check(calendar_worked(&c, at(&c, 2026, 12, 25, 0, 0), at(&c, 2026, 12, 26, 0, 0)) == HOUR);
    check(calendar_worked(&c, at(&c, 2026, 12, 28, 0, 0), at(&c, 2026, 12, 29, 0, 0)) == HOUR);
    check(calendar_worked(&c, at(&c, 2026, 12, 22, 0, 0), at(&c, 2026, 12, 23, 0, 0))
          == 8 * HOUR);
}

static void K6_adding_and_counting_agree(struct world *w)
{
    (void)w;
    struct calendar c = weekdays("America/New_York", "9-12, 13-18");
    c.region = holiday_region(S("AT-5"));
    instant from = at(&c, 2026, 2, 27, 3, 17);
    int apart = 0;
    for (int64_t ms = 1; ms < 900 * HOUR; ms += 37 * MIN + 41) {
        instant due = calendar_add(&c, from, ms);
        apart += calendar_worked(&c, from, due) != ms;
        apart += calendar_worked(&c, from, (instant){due.ms - 1}) != ms - 1;
    }
    check(apart == 0);
    check(calendar_add(&c, from, 0).ms == from.ms);
}

static void K7_no_hours_no_end(struct world *w)
{
    (void)w;
    struct calendar c = {.wall = wall_find(S("UTC"))};
    check(calendar_add(&c, (instant){1000}, 1).ms == 0);
    check(calendar_worked(&c, (instant){1000}, (instant){86400000}) == 0);
}

static void K7_working_days(struct world *w)
{
    (void)w;
    struct calendar c = weekdays("Europe/Berlin", "8-16");
    c.region = holiday_region(S("DE"));
    check(calendar_workday(&c, at(&c, 2026, 4, 2, 11, 30), 2).ms
          == at(&c, 2026, 4, 8, 11, 30).ms);    // Good Friday and Easter Monday lie between
    check(calendar_workday(&c, at(&c, 2026, 3, 27, 22, 0), 1).ms
          == at(&c, 2026, 3, 30, 22, 0).ms);    // one hour less in between
    struct calendar none = {.wall = c.wall};
    check(calendar_workday(&none, at(&c, 2026, 4, 2, 11, 30), 1).ms == 0);
}

static void hours_as_people_type_them(struct world *w)
{
    static const struct {
        const char *typed, *read;
    } ok[] = {{"8-12, 13-17:30", "8-12, 13-17:30"},
              {"08:00-12:00,12:00-17:00", "8-17"},
              {"13-17,8-12", "8-12, 13-17"},
              {"", ""},
              {" 0 - 24 ", "0-24"},
              {"8-14,12-16", "8-16"}};
    static const char *const bad[] = {
        "8",      "8-",   "25-26", "8-12;13-17",
        "8:60-9", "24-3", "a-b",   "8-9,10-11,12-13,14-15,16-17,18-19,20-21",
        "-3",     "8:5-9"};
    for (isize i = 0; i < countof(ok); i++) {
        struct calendar c = {0};
        check(calendar_read(&c, 1, str_from_z(ok[i].typed)));
        check_text(calendar_hours_text(&w->arena, &c.week[1]), str_from_z(ok[i].read));
    }
    for (isize i = 0; i < countof(bad); i++)
        check(!calendar_read(&(struct calendar){0}, 1, str_from_z(bad[i])));
}

const struct test calendar_tests[] = {
    T(K1_several_intervals_a_day),
    T(K2_the_missing_and_the_double_hour),
    T(K2_all_hours_lose_nothing),
    T(K3_over_midnight),
    T(K4_holidays),
    T(K5_days_of_its_own),
    T(K6_adding_and_counting_agree),
    T(K7_no_hours_no_end),
    T(K7_working_days),
    T(hours_as_people_type_them),
    {0},
};
