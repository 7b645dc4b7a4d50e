// SPDX-License-Identifier: GPL-3.0-or-later
// The history of another system, played through the rules of this one: what the log says
// happened is done here by the same operations that people use, at the log's own times.
//
//   P1  Nothing is written past the rules.  What a rule does not allow becomes what it says
//       instead: work on a closed case is a new case that follows it (T15).
//   P2  A case that is here already (same src and id) is left as it is: an import can be run
//       again.
//   P3  The team of a line that is another one is asked to take the case; it accepts with its
//       first line that is not in the queue, or when it passes the case on.  Back to the team
//       that handed it over is a return, once (G5); then the lead hands it over.
//   P4  A state is changed when the meaning of a line asks for it.  Waiting without a date or a
//       promise is not waiting here (T9): the case stays open with its team.
//   P5  Each line is kept as an event "import.step" in the words of the log, so that a report
//       can say what it said.  Of people only their number is kept ("import.people").
//   P6  Nothing of it is published: no mail, no promise, no duty, no live page.
//   P7  The time of a case never runs backwards.
#pragma once

#include "access/access.h"
#include "flow/history.h"
#include "ticket/ticket.h"

struct play_team {
    team_id id;
    int level;
};

struct play {
    enum history_kind kind;
    struct who system, lead;
    struct tally teams, products;    // by name; below, what they are here
    struct play_team *team;
    product_id *product;
    struct play_team intake;
};

// Teams, products and the account in whose name cases are handed over, in one transaction.
// The play lives in `kept`.
fallible play_prepare(struct ctx *cx, struct arena *kept, enum history_kind kind,
                      const struct history *h, struct play *out);

// The lines of one case.  *fresh: it was not here yet.
fallible play_case(struct ctx *cx, const struct play *p, const struct history_row *row, isize n,
                   bool *fresh);

// How many of the n rows belong to the first one's case.
isize play_lines(const struct history_row *row, isize n);
