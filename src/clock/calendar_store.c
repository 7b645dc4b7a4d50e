// SPDX-License-Identifier: GPL-3.0-or-later
#include "clock/calendar_store.h"

#include "base/limits.h"
#include "calendar_store.sql.h"
#include "db/db.h"
#include "event/event.h"

const char *const calendar_store_weekday[8] = {"",    "mon", "tue", "wed",
                                               "thu", "fri", "sat", "sun"};

enum err calendar_store_read(struct ctx *cx, struct calendar_store *c)
{
    enum err err = OK;
    c->c = (struct calendar){.wall = wall_find(c->zone),
                             .region = holiday_region(c->region),
                             .extra = c->c.extra,
                             .extras = c->c.extras};
    if (c->c.wall == NULL)
        err =
            invalid(cx, "zone", "There is no such time zone; it is called like Europe/Berlin.",
                    "Diese Zeitzone gibt es nicht. Sie heißt etwa Europe/Berlin.");
    if (c->region.n > 0 && c->c.region == 0)
        err = invalid(cx, "region", "There is no such region.", "Diese Region gibt es nicht.");
    for (int day = 1; day <= 7; day++)
        if (!calendar_read(&c->c, day, c->hours[day]))
            err = invalid(cx, calendar_store_weekday[day],
                          "Give hours like 8-12, 13-17 or leave it empty.",
                          "Gib Zeiten an wie 8-12, 13-17, oder lass es leer.");
    return err;
}

static enum err read_days(struct ctx *cx, struct calendar_store *c)
{
    struct q_calendar_days *r;
    isize n;
    TRY(q_calendar_days(cx, c->id, &r, &n));
    struct calendar_extra *extra = make(cx->arena, struct calendar_extra, n);
    for (isize i = 0; i < n; i++)
        extra[i] = (struct calendar_extra){
            r[i].day, r[i].opens, {(int32_t)r[i].from_ms, (int32_t)r[i].to_ms}, r[i].name};
    c->c.extra = extra;
    c->c.extras = n;
    return OK;
}

static enum err from_row(struct ctx *cx, const struct q_calendar_rows *r,
                         struct calendar_store *out)
{
    struct calendar_store c = {
        r->id,   r->version, r->name,
        r->zone, r->region,  {S(""), r->mon, r->tue, r->wed, r->thu, r->fri, r->sat, r->sun},
        {0}};
    TRY(read_days(cx, &c));
    TRY(calendar_store_read(cx, &c));
    *out = c;
    return OK;
}

enum err calendar_store_load(struct ctx *cx, calendar_id id, struct calendar_store *out)
{
    struct q_calendar_rows *r;
    isize n = 0;
    if (id.n != 0)
        TRY(q_calendar_rows(cx, id, &r, &n));
    return n == 0 ? db_absent(cx) : from_row(cx, r, out);
}

enum err calendar_store_list(struct ctx *cx, struct calendar_store **out, isize *n)
{
    struct q_calendar_rows *r;
    TRY(q_calendar_rows(cx, (calendar_id){0}, &r, n));
    *out = make(cx->arena, struct calendar_store, *n);
    for (isize i = 0; i < *n; i++)
        TRY(from_row(cx, &r[i], &(*out)[i]));
    return OK;
}

static enum err check(struct ctx *cx, const struct calendar_store *c)
{
    struct calendar_store read = *c;
    struct q_calendar_taken taken;
    TRY(calendar_store_read(cx, &read));
    if (str_trim(c->name).n == 0 || str_characters(c->name) > LIMIT_LINE)
        return invalid(cx, "name", "Give it a name.", "Gib ihm einen Namen.");
    for (int day = 1; day <= 7; day++)
        if (c->hours[day].n > LIMIT_LINE)
            return invalid(cx, calendar_store_weekday[day], "This is too long.",
                           "Das ist zu lang.");
    TRY(q_calendar_taken(cx, str_trim(c->name), c->id, &taken));
    if (taken.n > 0)
        return invalid(cx, "name", "Another calendar has this name.",
                       "So heißt schon ein anderer Kalender.");
    return OK;
}

enum err calendar_store_save(struct ctx *cx, const struct calendar_store *c, calendar_id *out)
{
    const str *h = c->hours;
    str name = str_trim(c->name);
    TRY(check(cx, c));
    if (c->id.n == 0) {
        struct q_calendar_insert row;
        TRY(q_calendar_insert(cx, name, c->zone, c->region, h[1], h[2], h[3], h[4], h[5], h[6],
                              h[7], &row));
        *out = row.id;
        return event_config(cx, "calendar", row.id.n);
    }
    int64_t changed;
    TRY(q_calendar_update(cx, c->id, c->version, name, c->zone, c->region, h[1], h[2], h[3],
                          h[4], h[5], h[6], h[7], &changed));
    if (changed == 0)    // KS2
        return fail(cx, ERR_STALE, "Somebody changed this calendar meanwhile.",
                    "Der Kalender wurde inzwischen geändert.");
    *out = c->id;
    return event_config(cx, "calendar", c->id.n);
}

enum err calendar_store_days(struct ctx *cx, calendar_id id, const struct calendar_extra *day,
                             isize n)
{
    TRY(q_calendar_days_clear(cx, id));
    int nth = 0;
    for (isize i = 0; i < n; i++) {
        nth = i > 0 && day[i - 1].day == day[i].day ? nth + 1 : 0;
        if (nth == CALENDAR_EXTRAS)
            return invalid(cx, "days", "At most %d lines for one day.",
                           "Höchstens %d Zeilen für einen Tag.", CALENDAR_EXTRAS);
        TRY(q_calendar_day_add(cx, id, day[i].day, nth, day[i].open, day[i].span.from_ms,
                               day[i].span.to_ms, day[i].name));
    }
    return OK;
}
