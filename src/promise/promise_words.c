// SPDX-License-Identifier: GPL-3.0-or-later
// A time in the words of who waits for it.
#include "base/buf.h"
#include "base/zone.h"
#include "promise/promise.h"

// clang-format off
static const struct words weekdays[] = {
    WORDS("", ""),
    WORDS("Monday", "Montag"), WORDS("Tuesday", "Dienstag"), WORDS("Wednesday", "Mittwoch"),
    WORDS("Thursday", "Donnerstag"), WORDS("Friday", "Freitag"), WORDS("Saturday", "Samstag"),
    WORDS("Sunday", "Sonntag"),
};

static const char *const months[] = {
    "", "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
};
// clang-format on

// Midnights between two instants on the wall in Germany; the night of a change of the clock
// is rounded away.
static int64_t days_between(instant from, instant to)
{
    struct local a = zone_local(from), b = zone_local(to);
    a.hour = b.hour = 12;
    a.minute = b.minute = a.second = b.second = 0;
    int64_t ms = zone_instant(b).ms - zone_instant(a).ms, half = 43200000;
    return (ms + (ms < 0 ? -half : half)) / 86400000;
}

static struct words day_words(struct arena *a, struct local l, int64_t days)
{
    if (days == 0)
        return SAY("today", "heute");
    if (days == 1)
        return SAY("tomorrow", "morgen");
    if (days == -1)
        return SAY("yesterday", "gestern");
    struct words weekday = weekdays[l.weekday];
    if (days > 0 && days < 7)
        return (struct words){
            arena_fmt(a, "on " STR_FMT ", %d %s", STR_ARG(weekday.en), l.day, months[l.month]),
            arena_fmt(a, STR_FMT ", %d.%d.,", STR_ARG(weekday.de), l.day, l.month)};
    return (struct words){arena_fmt(a, "on %d %s %d", l.day, months[l.month], l.year),
                          arena_fmt(a, "%d.%d.%d,", l.day, l.month, l.year)};
}

struct words promise_words(struct arena *a, instant now, instant due, bool formal)
{
    struct local l = zone_local(due);
    struct words day = day_words(a, l, days_between(now, due));
    const char *en =
        due.ms > now.ms ? "You will hear from us by" : "You should have heard from us by";
    const char *who = due.ms > now.ms ? formal ? "Sie hören" : "Du hörst"
                      : formal        ? "Sie sollten"
                                      : "Du solltest";
    return (struct words){
        arena_fmt(a, "%s %02d:%02d " STR_FMT, en, l.hour, l.minute, STR_ARG(day.en)),
        arena_fmt(a, "%s bis " STR_FMT " %02d:%02d von uns%s", who, STR_ARG(day.de), l.hour,
                  l.minute, due.ms > now.ms ? "" : " hören")};
}
