// SPDX-License-Identifier: GPL-3.0-or-later
// What the form of a call holds.
//
//   F1  A tick is a field of its own, named after its solution and its step, so that it is kept
//       whichever solution is open.
//   F2  What helped (C10) is the solution that is marked, else the open one if a step of it is
//       ticked, else the only one that has ticks.
#pragma once

#include "call/call.h"
#include "web/request.h"

void call_form_read(struct ctx *cx, const struct request *rq, struct call_input *out);
str call_form_name(struct arena *a, str solution, int64_t step);    // F1: L-102.0
bool call_form_tick(str field, struct call_tick *out);              // pure: F1
