// SPDX-License-Identifier: GPL-3.0-or-later
// What a rule would have changed: it is tried on the cases of the last month before it holds.
//
//   Y1  Nothing is written.
//   Y2  Each case is sent twice, by the rules of today and by those with the tried one; the tried
//       one counts as active, in its place, a new one as the last.
//   Y3  At most TRIAL_CASES, the newest; how many there were is said.
//   Y4  It looks in the desk's name, for who configures sees no case; what it gives away is
//       counts, numbers of cases and where they would go.
//   Y5  Where no rule holds, the team is named that the case begins with (R1 of routing.h): the one
//       whose address the case's first mail came to, as it stands with that mail, else the one
//       of its topic.  Of a case by mail whose address is not known any more that is said.
//   Y6  Calls stay with who took them (R2), so they are not tried.
#pragma once

#include "routing/rule.h"

enum { TRIAL_CASES = 300, TRIAL_SHOWN = 20, TRIAL_DAYS = 31 };

struct trial_row {
    int64_t number;
    struct words before, after;    // Y5
};

struct trial {
    isize cases, all, moved;
    struct trial_row row[TRIAL_SHOWN];
    isize rows;
};

fallible trial(struct ctx *cx, const struct rule *r, struct trial *out);
