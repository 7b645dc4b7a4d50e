// SPDX-License-Identifier: GPL-3.0-or-later
// Steps that were tried with the customer, whether a solution told them or not.  They fill
// the case's line "Bisher", so nobody tries the same thing twice (K7).
#pragma once

#include "solution/solution.h"

// Done: on the way to the step that helped.
enum step_result { STEP_HELPED = 1, STEP_FAILED, STEP_SKIPPED, STEP_DONE };

extern const struct ticket_word step_results[];    // indexed by enum step_result

struct step {
    solution_id solution;    // 0: nobody's, just tried
    str text;
    enum step_result result;
    int level;
    instant at;
};

// The line as it stands in "Bisher": "Neustart (ohne Erfolg)".
str step_line(struct arena *a, str text, enum step_result result, enum lang lang);

// The lines of "Bisher" with one more; the same line is not written twice.
str step_append(struct arena *a, str tried, str line);

fallible step_add(struct ctx *cx, struct ticket_at *at, solution_id solution, str text,
                  enum step_result result);
fallible step_take_back(struct ctx *cx, struct ticket_at *at,
                        instant when);    // those of that moment, and their lines
// T13, the whole of it: measure_merge() and K11.
fallible step_merge(struct ctx *cx, struct ticket_at *from, struct ticket_at *into);
fallible step_list(struct ctx *cx, ticket_id ticket, struct step **out, isize *n);
