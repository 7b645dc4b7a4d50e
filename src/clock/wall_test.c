// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/test.h"

#include "base/now.h"
#include "base/zone.h"
#include "clock/wall.h"

static int64_t local(int year, int month, int day, int hour, int minute)
{
    return zone_days(year, month, day) * 24 * HOUR_MS + hour * HOUR_MS + minute * 60000;
}

static void A1_the_missing_and_the_double_hour(struct world *w)
{
    (void)w;
    const struct wall *berlin = wall_find(S("Europe/Berlin"));
    check(wall_instant(berlin, local(2026, 3, 29, 1, 59)).ms == local(2026, 3, 29, 0, 59));
    check(wall_instant(berlin, local(2026, 3, 29, 2, 30)).ms == local(2026, 3, 29, 1, 30));
    check(wall_instant(berlin, local(2026, 3, 29, 3, 0)).ms == local(2026, 3, 29, 1, 0));
    check(wall_instant(berlin, local(2026, 10, 25, 2, 30)).ms == local(2026, 10, 25, 0, 30));
    check(wall_instant(berlin, local(2026, 10, 25, 3, 0)).ms == local(2026, 10, 25, 2, 0));
}

static void A1_half_an_hour_on_Lord_Howe(struct world *w)
{
    (void)w;
    const struct wall *howe = wall_find(S("Australia/Lord_Howe"));
    check(wall_local(howe, (instant){local(2026, 1, 1, 0, 0)}) == local(2026, 1, 1, 11, 0));
    check(wall_local(howe, (instant){local(2026, 7, 1, 0, 0)}) == local(2026, 7, 1, 10, 30));
}

static void A2_a_century(struct world *w)
{
    (void)w;
    const struct wall *berlin = wall_find(S("Europe/Berlin"));
    instant until;
    check(wall_offset_ms(berlin, (instant){local(2099, 7, 1, 0, 0)}, &until) == 2 * HOUR_MS);
    check(until.ms == local(2099, 10, 25, 1, 0));
    check(wall_offset_ms(berlin, (instant){local(1980, 7, 1, 0, 0)}, &until) == HOUR_MS);
    check(wall_offset_ms(berlin, (instant){local(2300, 7, 1, 0, 0)}, &until) == HOUR_MS);
    check(until.ms == INT64_MAX);
}

static void A3_every_name_is_found(struct world *w)
{
    (void)w;
    int lost = 0;
    for (isize i = 0; i < wall_table_n; i++)
        lost += wall_find(str_from_z(wall_table[i].name)) != &wall_table[i];
    check(lost == 0 && wall_table_n > 400);
    check(wall_find(S("Europe/Atlantis")) == NULL && wall_find(S("")) == NULL);
    check(wall_find(S("Europe/Berli")) == NULL && wall_find(S("Europe/Berlinx")) == NULL);
}

static void the_pages_see_the_same_wall(struct world *w)
{
    (void)w;
    const struct wall *berlin = wall_find(S("Europe/Berlin"));
    int apart = 0;
    for (int64_t t = local(2000, 1, 1, 0, 0); t < local(2040, 1, 1, 0, 0); t += HOUR_MS) {
        struct local l = zone_local((instant){t});
        apart += wall_local(berlin, (instant){t}) - t != l.offset_s * INT64_C(1000);
    }
    check(apart == 0);
}

const struct test wall_tests[] = {
    T(A1_the_missing_and_the_double_hour),
    T(A1_half_an_hour_on_Lord_Howe),
    T(A2_a_century),
    T(A3_every_name_is_found),
    T(the_pages_see_the_same_wall),
    {0},
};
