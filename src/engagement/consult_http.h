// SPDX-License-Identifier: GPL-3.0-or-later
// A question to another team, and its answer.  The case stays where it is.
//
//   C1  The question takes the Lagebild with it: the answering page shows it beside.
//   C2  What leaves the house and names somebody is only sent after a look (G8).
//   C3  Anybody of the asked team answers; who looks at it first can say so.
//   C4  An answer whose question was taken back meanwhile is shown again, not lost.
#pragma once

#include "engagement/answer_http.h"

struct consult {
    struct sheet sheet;
    const struct engagement_target *target;
    isize targets;
    team_id chosen;
    str question;
    bool released;
    bool outside;    // a team outside the house is offered
};

extern const struct route consult_routes[];
