// SPDX-License-Identifier: GPL-3.0-or-later
// Naming a solution in a field: the same wherever a sheet asks for one.
//
//   N1  "L-118", "118" and "L-118 Router neu starten" name the solution with this number.
//   N2  Other words name none: nobody chooses what was not seen.  The answer says which
//       solutions may be meant, with their numbers, so that it works without a script.
//   N3  What the asker may not read is not named (F1).
#pragma once

#include "solution/solution.h"

// ERR_INVALID at `field` with a sentence to go on from.
fallible choose_solution(struct ctx *cx, const char *field, str typed, solution_id *out);

// The number in front of what was typed, for N1.
bool choose_key(str typed, int64_t *out);
