// SPDX-License-Identifier: GPL-3.0-or-later
// From a case to its problem: the sheet /w/t/{nr}/problem.
//
//   B1  Problems the case looks like come first, with the reason; others are found by words or
//       by their number.
//   B2  "These n open cases look alike": with their reasons, to be taken into the chosen
//       problem, or into a new one, by the same key.
//   B3  The case of another problem says which, and can be taken out.
#pragma once

#include "problem/problem_http.h"
#include "sheet/sheet_http.h"

struct problem_sheet {
    struct sheet sheet;
    const struct problem_hint *hint;    // B1
    isize hints;
    const struct problem_record *found;    // by words
    isize founds;
    const struct problem_match *match;    // B2
    isize matches;
    str q;
    str chosen;    // P-12, "neu"
};

extern const struct route problem_case_routes[];
