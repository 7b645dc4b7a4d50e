// SPDX-License-Identifier: GPL-3.0-or-later
// The way of cases, read back from what the desk itself has written: the events of a case and
// its engagements.
//
//   R1  Where the ball lies is where the case is: the team that was asked to take it, until
//       it is withdrawn, declined or too late.
//   R2  The steps of an imported case are the lines of its log (import.step); their team is
//       the one that the rules had brought the case to, not the one of the log.  The steps of
//       another case are the events that changed its state.
//   R3  A case and those that follow it are one way (F2), wherever the first one was asked for.
//   R4  A case that was sent elsewhere before anybody took it (ticket.routed) began there; by
//       what it was sent is kept.
#pragma once

#include "base/ctx.h"
#include "flow/flow.h"

// A case with what the reports of other systems count beside its way.
struct read_case {
    struct flow_case way;
    str id;                           // the number it had there, or has here
    int impact, urgency, priority;    // of its last part
    str last;                         // data of the last step: JSON, or empty
    bool ever_late;                   // the other system said so
    str by;    // R4: "rule", "address", ...; empty: it began where it was made
};

// src: of one system only; empty: all cases of the desk.
fallible read_cases(struct ctx *cx, str src, struct read_case **out, isize *n);

// How many people the logs of a system named: of the longest one.
fallible read_people(struct ctx *cx, str src, int64_t *out);
