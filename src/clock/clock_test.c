// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/test.h"

#include "base/zone.h"
#include "clock/clock.h"

static const int64_t MIN = 60000, HOUR = 3600000;

static struct calendar office(void)
{
    struct calendar c = {.wall = wall_find(S("Europe/Berlin"))};
    for (int day = 1; day <= 5; day++)
        check(calendar_read(&c, day, S("8-16")));
    return c;
}

static instant november(int day, int hour, int minute)
{
    return (instant){zone_days(2026, 11, day) * 24 * HOUR + (hour - 1) * HOUR + minute * MIN};
}

static void C1_elapsed_leaves_the_pauses_out(struct world *w)
{
    (void)w;
    struct calendar c = office();
    struct clock_pause pause[] = {{november(23, 10, 0), november(23, 11, 0), CLOCK_CUSTOMER},
                                  {november(24, 9, 0), {0}, CLOCK_CUSTOMER}};
    struct clock_run run = {&c, november(23, 9, 0), pause, 2};
    check(clock_elapsed(&run, november(23, 8, 0)) == 0);
    check(clock_elapsed(&run, november(23, 10, 30)) == HOUR);
    check(clock_elapsed(&run, november(23, 12, 0)) == 2 * HOUR);
    check(clock_elapsed(&run, november(25, 12, 0)) == 7 * HOUR);
}

static void C2_due(struct world *w)
{
    (void)w;
    struct calendar c = office();
    struct clock_pause pause[] = {{november(23, 10, 0), november(23, 11, 0), CLOCK_CUSTOMER},
                                  {november(24, 9, 0), {0}, CLOCK_CUSTOMER}};
    struct clock_run run = {&c, november(23, 9, 0), pause, 2};
    check(clock_due(&run, HOUR).ms == november(23, 10, 0).ms);
    check(clock_due(&run, HOUR + MIN).ms == november(23, 11, 1).ms);
    check(clock_due(&run, 7 * HOUR).ms == november(24, 9, 0).ms);
    check(clock_due(&run, 7 * HOUR + 1).ms == 0);
    run.pauses = 1;
    check(clock_due(&run, 8 * HOUR).ms == november(24, 10, 0).ms);
}

static void C3_pauses_that_overlap_count_once(struct world *w)
{
    (void)w;
    struct calendar c = office();
    struct clock_pause pause[] = {{november(22, 0, 0), november(23, 10, 0), CLOCK_CUSTOMER},
                                  {november(23, 9, 30), november(23, 11, 0), CLOCK_DATE},
                                  {november(23, 10, 0), november(23, 10, 30), CLOCK_CUSTOMER},
                                  {november(23, 11, 0), november(23, 11, 30), CLOCK_CUSTOMER}};
    struct clock_run run = {&c, november(23, 9, 0), pause, 4};
    check(clock_elapsed(&run, november(23, 12, 0)) == 30 * MIN);
    check(clock_due(&run, HOUR).ms == november(23, 12, 30).ms);
}

static void C4_never_backwards(struct world *w)
{
    (void)w;
    struct calendar c = office();
    struct clock_pause pause[] = {{november(23, 10, 0), november(24, 11, 0), CLOCK_CUSTOMER}};
    struct clock_run run = {&c, november(20, 15, 0), pause, 1};
    int64_t before = 0, last = 0;
    int back = 0;
    for (int64_t m = 0; m < 8 * 24 * 60; m += 7) {
        int64_t now = clock_elapsed(&run, (instant){run.start.ms + m * MIN});
        int64_t due = clock_due(&run, m * MIN).ms;
        back += now < before || due < last;
        before = now;
        last = due;
    }
    check(back == 0 && before > 0);
}

static void C5_another_target_keeps_what_was_paused(struct world *w)
{
    (void)w;
    struct calendar c = office();
    struct clock_pause pause[] = {{november(23, 10, 0), november(23, 14, 0), CLOCK_CUSTOMER}};
    struct clock_run run = {&c, november(23, 9, 0), pause, 1};
    check(clock_due(&run, 4 * HOUR).ms == november(24, 9, 0).ms);
    check(clock_due(&run, 2 * HOUR).ms == november(23, 15, 0).ms);
    struct calendar longer = office();
    check(calendar_read(&longer, 1, S("16-20")));
    run.calendar = &longer;
    check(clock_due(&run, 4 * HOUR).ms == november(23, 17, 0).ms);
}

const struct test clock_tests[] = {
    T(C1_elapsed_leaves_the_pauses_out),        T(C2_due),
    T(C3_pauses_that_overlap_count_once),       T(C4_never_backwards),
    T(C5_another_target_keeps_what_was_paused), {0},
};
