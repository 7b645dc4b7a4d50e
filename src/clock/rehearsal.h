// SPDX-License-Identifier: GPL-3.0-or-later
// What would have changed: an agreement or a calendar is tried on the cases of the last month
// before it is saved.
//
//   B1  Nothing is written.
//   B2  Each case is reckoned twice from its own events, by the rules of today and by those that
//       are tried; other rules stay as they are.
//   B3  At most REHEARSAL_CASES, the newest; how many there were is said.
//   B4  It looks at the desk's cases in the desk's name, for who configures sees none; what it
//       gives away is counts, numbers of cases and times.
//   B5  Which agreement a case would have is G1's answer, with the tried one as if it were saved
//       (G6): it takes cases from others, and leaves them to others.
#pragma once

#include "clock/clock_case.h"

enum { REHEARSAL_CASES = 300, REHEARSAL_SHOWN = 20, REHEARSAL_DAYS = 31 };

struct rehearsal_try {
    const struct agreement *agreement;        // changed or new (id 0), or NULL
    const struct calendar_store *calendar;    // changed, or NULL
};

struct rehearsal_row {
    int64_t number;
    struct reckon_clock before, after;
};

struct rehearsal {
    isize cases, all;    // B3
    isize clocks, late_before, late_after, moved;
    struct rehearsal_row row[REHEARSAL_SHOWN];    // whose lateness or due changed
    isize rows;
};

fallible rehearsal(struct ctx *cx, const struct rehearsal_try *t, struct rehearsal *out);
