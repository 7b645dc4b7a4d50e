// SPDX-License-Identifier: GPL-3.0-or-later
// What the clock on the wall says: Central European time, winter and summer, by the rule of
// directive 2000/84/EC (last Sunday of March 01:00 UTC to last Sunday of October 01:00 UTC).
//
// Pure arithmetic, because libc's zones are global state.  Only pages, mails and calendars
// use it; stored times are UTC.
#pragma once

#include "base/arena.h"

struct local {
    int year, month, day, hour, minute, second;    // month and day from 1
    int weekday;                                   // 1 Monday .. 7 Sunday
    int offset_s;                                  // ahead of UTC: 3600 or 7200
};

extern const struct words zone_weekdays[8], zone_months[13];    // in full; none is 0
str zone_weekday(int weekday, enum lang lang);                  // Mon, Mo
str zone_month(int month);                                      // Nov

struct local zone_local(instant t);
struct local zone_utc(instant t);

// Days since 1970 of a date, and back (.year, .month, .day, .weekday).
int64_t zone_days(int year, int month, int day);
struct local zone_date_of(int64_t days);

// The instant of a wall clock.  An hour that does not exist (spring) counts from before the
// change, one that exists twice (autumn) means the first.
instant zone_instant(struct local wall);

// Each fit for a reader at `now`, in a sentence.
// "heute 14:05", "Mo 23.11. 10:00", "23.11.2025 10:00"
str zone_short(struct arena *a, instant t, instant now, enum lang lang);
str zone_day(struct arena *a, instant t, instant now, enum lang lang);    // Heute, 20. November
str zone_date(struct arena *a, instant t, enum lang lang);    // Freitag, 20. November 2026
str zone_left(struct arena *a, instant t, instant now,
              enum lang lang);    // noch 3 h 12 min; seit 6 min
str zone_ago(struct arena *a, instant t, instant now, enum lang lang);    // vor 3 min
str zone_clock(struct arena *a, instant t);                               // 09:41

str zone_iso(struct arena *a, instant t);        // 2026-11-21T22:39:00Z
str zone_rfc5322(struct arena *a, instant t);    // Sat, 21 Nov 2026 22:39:00 +0000
