// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/test.h"

#include "base/zone.h"
#include "clock/holiday.h"

static bool on(const char *region, int year, int month, int day)
{
    struct holiday h;
    int r = holiday_region(str_from_z(region));
    check(r != 0);
    return holiday_on(r, zone_days(year, month, day), &h);
}

static void F1_Easter_and_what_follows_it(struct world *w)
{
    (void)w;
    check(holiday_easter(2026) == zone_days(2026, 4, 5));
    check(holiday_easter(2038) == zone_days(2038, 4, 25));    // as late as it gets
    check(holiday_easter(2285) == zone_days(2285, 3, 22));    // as early
    check(on("DE", 2026, 4, 3) && on("DE", 2026, 5, 14) && on("DE", 2026, 5, 25));
    check(!on("AT", 2026, 4, 3) && on("AT", 2026, 6, 4));
    check(!on("DE", 2026, 4, 5) && on("DE-BB", 2026, 4, 5));
}

static void F1_the_laws_of_small_places(struct world *w)
{
    (void)w;
    check(on("DE-BY-A", 2026, 8, 8) && !on("DE-BY", 2026, 8, 8));
    check(on("DE-BY-KATH", 2026, 8, 15) && !on("DE-BY-EVANG", 2026, 8, 15));
    check(on("DE-SN", 2026, 11, 18) && !on("DE-ST", 2026, 11, 18));
    check(on("CH-GL", 2025, 4, 3) && on("CH-GL", 2026, 4, 9) && !on("CH-GL", 2026, 4, 2));
    check(on("CH-GE", 2026, 9, 10) && on("CH-VD", 2026, 9, 21) && on("CH-ZH", 2026, 9, 20));
}

static void F2_a_law_begins(struct world *w)
{
    (void)w;
    check(!on("DE-BE", 2018, 3, 8) && on("DE-BE", 2019, 3, 8));
    check(on("DE-NW", 2017, 10, 31) && !on("DE-NW", 2018, 10, 31) && on("DE-HH", 2018, 10, 31));
    check(!on("DE-HH", 2016, 10, 31) && on("DE-BE", 2028, 6, 17) && !on("DE-BE", 2029, 6, 17));
}

static void F3_from_noon_on(struct world *w)
{
    (void)w;
    struct holiday h;
    check(holiday_on(holiday_region(S("CH-SO")), zone_days(2026, 5, 1), &h) && h.afternoon);
    check(holiday_on(holiday_region(S("CH-ZH")), zone_days(2026, 5, 1), &h) && !h.afternoon);
    // Ascension is a whole day also where it meets half a one.
    check(holiday_on(holiday_region(S("CH-SO")), zone_days(2008, 5, 1), &h) && !h.afternoon);
    check_text(h.name.de, S("Christi Himmelfahrt"));
}

static void F4_on_some_weekdays_only(struct world *w)
{
    (void)w;
    check(on("CH-NE", 2022, 12, 26) && !on("CH-NE", 2026, 12, 26));    // a Monday, a Saturday
    check(!on("CH-AI", 2026, 12, 26) && on("CH-UR", 2026, 12, 26));
    check(!on("CH-AR", 2022, 12, 26) && !on("CH-UR", 2025, 12, 26));
}

static void there_are_61_regions(struct world *w)
{
    (void)w;
    for (int i = 1; i <= HOLIDAY_REGIONS; i++)
        check(holiday_region(str_from_z(holiday_regions[i].code)) == i);
    check(holiday_region(S("DE-XX")) == 0 && holiday_region(S("")) == 0);
}

// --- every region, every year, against a published list --------------------------------------

static int64_t int_of(str s)
{
    int64_t n = -1;
    check(str_to_int(s, &n));
    return n;
}

struct listed {
    str region;
    int64_t day;
    bool afternoon;
};

static bool listed_from(str line, struct listed *out)    // region,year,local start,..,type
{
    out->region = str_token(&line, ',');
    str_token(&line, ',');
    str start = str_token(&line, ',');
    for (int i = 0; i < 3; i++)
        str_token(&line, ',');
    if (!str_eq(str_token(&line, ','), S("public")))
        return false;
    out->day = zone_days((int)int_of(str_head(start, 4)), (int)int_of((str){start.p + 5, 2}),
                         (int)int_of((str){start.p + 8, 2}));
    out->afternoon = str_eq((str){start.p + 11, 2}, S("12"));
    return true;
}

enum { LISTED_FROM = 2015, LISTED_TO = 2026, LISTED_DAYS = 4400 };

static void as_a_published_list_has_them(struct world *w)
{
    static uint8_t listed[HOLIDAY_REGIONS + 1][LISTED_DAYS];    // 1 a day, 2 an afternoon
    static char line[4096];
    int64_t first = zone_days(LISTED_FROM, 1, 1), end = zone_days(LISTED_TO + 1, 1, 1);
    int rows = 0, missing = 0, surplus = 0;
    if (shared_data() == NULL) {
        printf("skipped: the list of holidays is not here (STAFFEL_SHARED_DATA)\n");
        return;
    }
    str command = arena_fmt(&w->arena, "gzip -dc '%s/holidays-dach/holidays_2015-2026.csv.gz'",
                            shared_data());
    FILE *f = popen(arena_z(&w->arena, command), "r");
    memset(listed, 0, sizeof listed);
    while (f != NULL && fgets(line, sizeof line, f) != NULL) {
        struct listed l;
        if (!listed_from(str_from_z(line), &l))
            continue;
        int region = holiday_region(l.region);
        check(region != 0 && l.day >= first && l.day < end);
        if (listed[region][l.day - first] != 1)
            listed[region][l.day - first] = l.afternoon ? 2 : 1;
        rows++;
    }
    check(f != NULL && pclose(f) == 0 && rows > 9000);
    for (int region = 1; region <= HOLIDAY_REGIONS; region++)
        for (int64_t day = first; day < end; day++) {
            struct holiday h;
            int ours = !holiday_on(region, day, &h) ? 0 : h.afternoon ? 2 : 1;
            int theirs = listed[region][day - first];
            if (ours != theirs)
                printf("%s day %lld: ours %d, listed %d\n", holiday_regions[region].code,
                       (long long)day, ours, theirs);
            missing += ours < theirs;
            surplus += ours > theirs;
        }
    check(missing == 0 && surplus == 0);
}

const struct test holiday_tests[] = {
    T(F1_Easter_and_what_follows_it),
    T(F1_the_laws_of_small_places),
    T(F2_a_law_begins),
    T(F3_from_noon_on),
    T(F4_on_some_weekdays_only),
    T(there_are_61_regions),
    T(as_a_published_list_has_them),
    {0},
};
