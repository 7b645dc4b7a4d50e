// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/test.h"

#include "base/zone.h"
#include "clock/calendar_store.h"

static struct calendar_store office(void)
{
    struct calendar_store c = {
        .name = S("Büro"), .zone = S("Europe/Vienna"), .region = S("AT-9")};
    for (int day = 1; day <= 5; day++)
        c.hours[day] = S("8-12, 13-17");
    return c;
}

static calendar_id saved(struct world *w, const struct calendar_store *c)
{
    calendar_id id = {0};
    check(end(w, calendar_store_save(begin_as(w, GERO), c, &id)) == OK);
    return id;
}

static void KS1_what_is_saved_works(struct world *w)
{
    struct calendar_store c = office(), back = {0};
    calendar_id id = saved(w, &c);
    check(calendar_store_load(begin(w), id, &back) == OK);
    check_text(back.hours[5], S("8-12, 13-17"));
    check(back.c.wall != NULL && back.c.region == holiday_region(S("AT-9")));
    instant monday = {zone_days(2026, 11, 23) * 86400000};
    check(calendar_worked(&back.c, monday, (instant){monday.ms + 86400000}) == 8 * 3600000);
    check(end(w, OK) == OK);
}

static void KS1_nonsense_is_refused_at_its_field(struct world *w)
{
    struct calendar_store c = office();
    calendar_id id;
    c.zone = S("Europe/Nowhere");
    c.region = S("DE-XX");
    c.hours[3] = S("8 bis 5");
    struct ctx *cx = begin_as(w, GERO);
    check(calendar_store_save(cx, &c, &id) == ERR_INVALID);
    struct problem *p = cx->problems;
    check_text(str_from_z(p->field), S("zone"));
    check_text(str_from_z(p->next->field), S("region"));
    check_text(str_from_z(p->next->next->field), S("wed"));
    check(end(w, ERR_INVALID) == ERR_INVALID);
    c = office();
    saved(w, &c);
    check(end(w, calendar_store_save(begin_as(w, GERO), &c, &id)) == ERR_INVALID);
}

static void KS2_of_two_changes_one_wins(struct world *w)
{
    struct calendar_store c = office();
    c.id = saved(w, &c);
    c.version = 1;
    c.name = S("Werkstatt");
    check(saved(w, &c).n == c.id.n);
    check(end(w, calendar_store_save(begin_as(w, GERO), &c, &c.id)) == ERR_STALE);
}

static void KS3_of_another_desk(struct world *w)
{
    struct calendar_store c = office(), got;
    c.id = saved(w, &c);
    c.version = 1;
    check(end(w, calendar_store_load(begin_as(w, NINA), c.id, &got)) == ERR_ABSENT);
    check(end(w, calendar_store_save(begin_as(w, NINA), &c, &c.id)) == ERR_STALE);
    struct calendar_extra day = {20000, false, {0, 86400000}, S("")};
    check(end(w, calendar_store_days(begin_as(w, NINA), c.id, &day, 1)) == OK);
    check(ask(w, "select count(*) from calendar_day") == 0);
}

static void days_of_its_own_come_back(struct world *w)
{
    struct calendar_store c = office(), back = {0};
    calendar_id id = saved(w, &c);
    const struct calendar_extra day[] = {{20000, false, {0, 86400000}, S("Betriebsausflug")},
                                         {20000, true, {0, 3600000}, S("")}};
    check(end(w, calendar_store_days(begin_as(w, GERO), id, day, 2)) == OK);
    check(calendar_store_load(begin(w), id, &back) == OK);
    check(back.c.extras == 2 && !back.c.extra[0].open && back.c.extra[1].open);
    check_text(back.c.extra[0].name, S("Betriebsausflug"));
    check(end(w, OK) == OK);
    check(end(w, calendar_store_days(begin_as(w, GERO), id, day, 0)) == OK);
    check(ask(w, "select count(*) from calendar_day") == 0);
}

static void saving_is_whole_or_not_at_all(struct world *w)
{
    struct calendar_store c = office();
    const struct calendar_extra day = {20000, false, {0, 86400000}, S("")};
    struct who gero = who_is(w, GERO);
    calendar_id id = {0};
    EACH_FAULT(w) {
        check(ask(w, "select count(*) from calendar") == 0);
        struct ctx *cx = begin_with(w, gero);
        enum err err = calendar_store_save(cx, &c, &id);
        if (err == OK)
            err = calendar_store_days(cx, id, &day, 1);
        end(w, err);
    }
    check(ask(w, "select count(*) from calendar") == 1);
    check(ask(w, "select count(*) from calendar_day") == 1);
}

const struct test calendar_store_tests[] = {
    T(KS1_what_is_saved_works),
    T(KS1_nonsense_is_refused_at_its_field),
    T(KS2_of_two_changes_one_wins),
    T(KS3_of_another_desk),
    T(days_of_its_own_come_back),
    T(saving_is_whole_or_not_at_all),
    {0},
};
