// SPDX-License-Identifier: GPL-3.0-or-later
// The return sheet: why a case goes back, in one digit; what would help, in one line.
//
//   C1  `z`, a digit, the number of a solution, Ctrl+Enter.
//   C2  What the contract lacked is listed, and is the line when nothing else is written.
//   C3  "Another team" passes the case on right here instead of sending it back.
//   C4  With "level 1 can solve it" the sheet offers what was linked or tried in the case; a
//       solution is named by its number, with or without its title behind.  One that the other
//       level may not see is released along with the return, by one key, by who may publish.
//   C5  A second return to the same team is a talk: one line calls that team into a swarm with
//       the team that has the case, and with the one that cares for the customer if that is a
//       third one (G5).  The case stays until they agree.
//   C6  Where nobody takes cases any more, the sheet leads on to the hand-over.
#pragma once

#include "engagement/engagement_target.h"
#include "sheet/sheet_http.h"
#include "web/route.h"

struct returning {
    struct sheet sheet;
    struct engagement_way_back way;    // C5, C6
    str missing;
    enum return_reason reason;
    str text, solution;
    struct solution hidden;    // C4: named, and the other level may not see it; id 0: none
    const struct solution_link *link;
    isize links;
    const struct engagement_target *target;
    isize targets;
    team_id chosen;
};

extern const struct route return_routes[];
