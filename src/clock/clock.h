// SPDX-License-Identifier: GPL-3.0-or-later
// A clock runs from a beginning towards a target, in the hours of a calendar, and stands still
// in its pauses.
//
//   C1  Elapsed is what the calendar counts from the beginning on, without the pauses.
//   C2  Due is the earliest instant at which elapsed reaches the target; with a pause that has
//       not ended it is never (0), for nobody knows when it goes on.
//   C3  Pauses may touch, overlap and begin before the clock: time is left out once.
//   C4  Elapsed never goes back as time goes on, and a longer target is never due earlier.
//   C5  Everything is reckoned again from the beginning: a change of target, calendar or team
//       cannot lose what was paused.
//
// Pure.
#pragma once

#include "clock/calendar.h"

// Why it stands still.
enum clock_cause {
    CLOCK_CUSTOMER = 1,    // we asked and wait for the answer
    CLOCK_VENDOR,          // only where the agreement says so
    CLOCK_DATE,            // a date the customer chose
    CLOCK_SOLVED,          // solved, until somebody opens it again
};

struct clock_pause {
    instant from, to;    // to 0: it has not ended
    enum clock_cause cause;
};

struct clock_run {
    const struct calendar *calendar;
    instant start;
    const struct clock_pause *pause;    // by their beginning
    isize pauses;
};

int64_t clock_elapsed(const struct clock_run *r, instant at);    // ms, C1
instant clock_due(const struct clock_run *r, int64_t ms);        // C2
