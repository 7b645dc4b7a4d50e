// SPDX-License-Identifier: GPL-3.0-or-later
// When a desk or a team works: hours of the week, holidays, days of its own.
//
//   K1  Time counts while the clock on the wall of the calendar's zone stands inside [from, to)
//       of an interval of that weekday.  A day may have several.
//   K2  Seconds that the wall never shows (spring) do not count, those it shows twice (autumn)
//       count twice: a calendar of all hours loses and invents nothing.
//   K3  An interval whose end is not after its beginning passes midnight: what follows is
//       worked on the next local day.
//   K4  A holiday closes its local day, half a holiday closes it from noon; also for what
//       reaches in from the day before.
//   K5  A day of the calendar's own closes hours, or opens them even on a holiday.
//   K6  calendar_add gives the earliest instant up to which that much was worked:
//       calendar_worked takes it back exactly.
//   K7  A calendar without hours reaches nothing: the answer is never (0).
//   K8  Both walk days and changes of the zone, never minutes.
//
// Pure: they look at nothing but their arguments.
#pragma once

#include "base/buf.h"
#include "clock/holiday.h"
#include "clock/wall.h"

enum {
    CALENDAR_SPANS = 6,     // typed for one weekday
    CALENDAR_EXTRAS = 4,    // of one date
    CALENDAR_ROOM = 32,     // pieces of a day, after all rules
};

struct calendar_span {
    int32_t from_ms, to_ms;    // of the local day; to_ms up to 24:00
};

struct calendar_hours {
    int n;
    struct calendar_span span[CALENDAR_ROOM];    // sorted, apart from one another
};

struct calendar_extra {    // K5
    int64_t day;           // days since 1970
    bool open;
    struct calendar_span span;
    str name;
};

struct calendar {
    const struct wall *wall;
    int region;                       // of the holidays; 0: none
    struct calendar_hours week[8];    // [1] Monday .. [7] Sunday
    const struct calendar_extra *extra;
    isize extras;    // by day
};

// "8-12, 13-17:30", "22-6", "0-24", or nothing, for a weekday of c.  False: not understood.
bool calendar_read(struct calendar *c, int weekday, str hours);
str calendar_hours_shown(struct arena *a, str text, enum lang lang);    // 8–12, 13–17:30 Uhr
str calendar_hours_text(struct arena *a, const struct calendar_hours *h);    // 8-12, 13-17:30

int64_t calendar_worked(const struct calendar *c, instant from, instant to);    // ms
instant calendar_add(const struct calendar *c, instant from, int64_t ms);       // K6 K7

// The same time of the wall, that many days with hours later.  Without any: never (K7).
instant calendar_workday(const struct calendar *c, instant from, int days);

// What is worked of a local day, and the holiday it is, if any.
void calendar_day(const struct calendar *c, int64_t day, struct calendar_hours *out);
bool calendar_holiday(const struct calendar *c, int64_t day, struct holiday *out);
int64_t calendar_today(const struct calendar *c, instant t);    // days since 1970, on its wall
