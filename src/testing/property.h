// SPDX-License-Identifier: GPL-3.0-or-later
// A random life of a case, decided by the pure core alone: the table of its status
// (ticket_check.h), its ball (ticket.h), the guards of engagements (engagement_check.h) and the
// clocks (clock/reckon.h).  No database: what is decided is done to plain structs, so that a
// million lives are minutes.
//
//   X1  Exactly one has the ball, after every step, and it is who DOMAIN 7.2 says.
//   X2  A case and an engagement are never in a state that the tables do not lead to.
//   X3  No hand-over is in the air: of at most one asked for, its sender works on the case, and
//       the case is with whom it was last accepted by.  What is over leaves nothing open.
//   X4  No clock runs backwards, and what has elapsed and what was paused is the whole time; it
//       was paused as long as the case really waited, whatever happened since.
//   X5  A life is its seed: the same seed is the same life.
//
// What the tables say is written here a second time, on purpose: a change of one of them has to
// be made twice to pass.
#pragma once

#include "base/arena.h"

struct property_life {
    const char *broken;    // which rule does not hold, or NULL
    int step;              // at which step
    int steps;             // how many were done, refused ones not counted
    str story;             // what happened, one act a line; in the arena
};

void property_live(struct arena *a, uint64_t seed, struct property_life *out);
