// SPDX-License-Identifier: GPL-3.0-or-later
// What the teams owe: the list, the solution that settles a duty, and letting one go.
//
//   L1  The earliest due stands first.  A duty is a team's; no name stands beside it.
//   L2  Writing starts from the case: the human only corrects (K8 of solution.h).
//   L3  A solution that is already there settles a duty, named as everywhere
//       (search/choose.h).
//   L4  Letting go needs the right to and a sentence (F5); who may not is not offered it.
//   L5  What settled a case's duty is named in that case.
#pragma once

#include "duty/duty.h"
#include "solution/solution_form_http.h"
#include "web/route.h"

struct duty_page {
    const struct duty *duty;
    isize n;
    const struct team *team;    // the asker's, to narrow the list
    isize teams;
    team_id chosen;
    const struct solution *fresh;    // changed for level 1 in the last two weeks
    isize freshs;
    bool may_waive;
    int64_t open;    // the duty whose form comes back
};

const char *duty_tone(const struct page *p, const struct duty *d);    // of its time: soon, late
str duty_number(const struct page *p, const struct duty *d);          // of the case: 4182-2073

extern const struct route duty_routes[];
