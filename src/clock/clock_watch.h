// SPDX-License-Identifier: GPL-3.0-or-later
// Somebody looks at the clocks: warns at 80 percent, says when a target is missed, and climbs
// the ladder after that, all in working time.
//
//   N1  At 80, 100, 150 and 200 percent of a target an event tells it, once for each clock and
//       step: clock.warned, clock.breached, clock.escalated.  Who hears of it decides whoever
//       reads events.
//   N2  Who was away for long hears the highest step only, not all of them.
//   N3  What stands still, has ended or was met is not told.
//   N4  The row of a case in `clock` only remembers when to look again and what is due next; it is
//       reckoned anew after each event of the case.
//   N5  What an engagement tells itself at its own time (acceptance, answers) is not told
//       twice.
//   N6  A case whose clocks cannot be reckoned (a calendar that nobody can read) delays no other:
//       it gets a job of its own, visible with its reason when it goes on failing.
#pragma once

#include "clock/clock_case.h"
#include "job/job.h"

// Tells what is to be told of one case by now, and remembers when to look again.
fallible clock_watch(struct ctx *cx, ticket_id id);

// "clock.follow": after events.  "clock.look": when it is time.  "clock.case": N6.
extern const struct job_kind clock_jobs[];
