// SPDX-License-Identifier: GPL-3.0-or-later
// A time in the words of who waits for it.
#include "base/buf.h"
#include "base/zone.h"
#include "promise/promise.h"

static struct words day_words(struct arena *a, struct local l, int64_t days)
{
    if (days == 0)
        return SAY("today", "heute");
    if (days == 1)
        return SAY("tomorrow", "morgen");
    if (days == -1)
        return SAY("yesterday", "gestern");
    struct words weekday = zone_weekdays[l.weekday], month = zone_months[l.month];
    if (days > 0 && days < 7)
        return (struct words){
            arena_fmt(a, "on " STR_FMT ", %d " STR_FMT, STR_ARG(weekday.en), l.day,
                      STR_ARG(month.en)),
            arena_fmt(a, STR_FMT ", %d.%d.,", STR_ARG(weekday.de), l.day, l.month)};
    return (struct words){
        arena_fmt(a, "on %d " STR_FMT " %d", l.day, STR_ARG(month.en), l.year),
        arena_fmt(a, "%d.%d.%d,", l.day, l.month, l.year)};
}

static struct words sentence(struct arena *a, struct words by, bool late, bool formal)
{
    const char *en = late ? "You should have heard from us by" : "You will hear from us by";
    const char *who = late     ? formal ? "Sie sollten" : "Du solltest"
                      : formal ? "Sie hören"
                               : "Du hörst";
    return (struct words){arena_fmt(a, "%s " STR_FMT, en, STR_ARG(by.en)),
                          arena_fmt(a, "%s bis " STR_FMT " von uns%s", who, STR_ARG(by.de),
                                    late ? " hören" : "")};
}

struct words promise_words(struct arena *a, instant now, instant due, bool formal)
{
    struct local l = zone_local(due), today = zone_local(now);
    int64_t days =
        zone_days(l.year, l.month, l.day) - zone_days(today.year, today.month, today.day);
    struct words day = day_words(a, l, days);
    str clock = zone_clock(a, due);
    struct words by = {
        arena_fmt(a, STR_FMT " " STR_FMT, STR_ARG(clock), STR_ARG(day.en)),
        arena_fmt(a, STR_FMT " " STR_FMT, STR_ARG(day.de), STR_ARG(clock)),
    };
    return sentence(a, by, due.ms <= now.ms, formal);
}

struct words promise_written(struct arena *a, instant now, instant due, bool formal)
{
    struct local l = zone_local(due);
    struct words weekday = zone_weekdays[l.weekday], month = zone_months[l.month];
    str clock = zone_clock(a, due);
    str year = l.year == zone_local(now).year ? S("") : arena_fmt(a, " %d", l.year);
    struct words by = {
        arena_fmt(a, STR_FMT " on " STR_FMT ", %d " STR_FMT STR_FMT, STR_ARG(clock),
                  STR_ARG(weekday.en), l.day, STR_ARG(month.en), STR_ARG(year)),
        arena_fmt(a, STR_FMT ", %d. " STR_FMT STR_FMT ", " STR_FMT " Uhr", STR_ARG(weekday.de),
                  l.day, STR_ARG(month.de), STR_ARG(year), STR_ARG(clock)),
    };
    return sentence(a, by, due.ms <= now.ms, formal);
}
