// SPDX-License-Identifier: GPL-3.0-or-later
// A question to another team, and its answer.  The case stays where it is.
//
//   C1  The question takes the Lagebild with it: the answering page shows it beside.
//   C2  What is to leave the house is kept, and the next page shows what of it leaves, before
//       it does (G8; vendor/vendor_ask_http.h).
//   C3  Anybody of the asked team answers; who looks at it first can say so.
//   C4  An answer whose question was taken back meanwhile is shown again, not lost.
//   C5  Where somebody is ready it can ring (engagement_live.h).  It is meant to when somebody is
//       waiting on the line (E10): then the first team where somebody is ready is chosen.
//       Where nobody is, the tick means nothing, and the question waits.  The tick stands at the
//       question: below all the teams nobody finds it.
//   C6  Who talks about a case can take it over from the answer's sheet, with one line (E7).
//   C7  But for C5, a team is chosen already only when it stands out (engagement_target.h A6
//       A7), and stands first then.  Where none does, the sheet asks below the question, and
//       what is sent without a team comes back with the text kept.
//   C8  While a question to a team of ours is open, the sheet says so and leads to it (G1).
//       Who was not asked is offered no answer there, but for one that somebody outside gave.
#pragma once

#include "engagement/answer_http.h"

struct consult {
    struct sheet sheet;
    const struct engagement_target *target;
    isize targets;
    team_id chosen;
    str question;
    struct engagement open;    // C8; id 0: none
    bool ready;                // C5: somewhere
    bool live;
    bool outside;    // a team outside the house is offered
};

bool consult_talks(const struct answer *a);      // C6
bool consult_answers(const struct answer *a);    // C8

extern const struct route consult_routes[];
