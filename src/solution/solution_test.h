// SPDX-License-Identifier: GPL-3.0-or-later
// A solution that level 1 may use, L-101 at first: two steps, the second without what one sees.
#pragma once

#include "solution/solution.h"
#include "testing/test.h"

static inline solution_id a_solution(struct world *w)
{
    struct solution_step step[] = {{S("Neustart"), S("Lampe grün")},
                                   {S("Kabel prüfen"), S("")}};
    struct solution s = {.kind = SOLUTION_FIX,
                         .confidence = SOLUTION_VALIDATED,
                         .lang = LANG_DE,
                         .audience = SOLUTION_L1,
                         .title = S("WLAN geht nicht"),
                         .step = step,
                         .steps = 2};
    solution_id id = {0};
    check(end(w, solution_add(begin_as(w, EVA), &s, &id)) == OK);
    return id;
}
