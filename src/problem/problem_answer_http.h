// SPDX-License-Identifier: GPL-3.0-or-later
// One answer to all cases of a problem: written, looked at, sent, taken back (circular.h).
//
//   N1  Who may change the problem writes to its cases; a text to begin with is there.
//   N2  Once it is fixed, the letters solve their cases unless somebody unticks that; what was
//       written down is named there.
#pragma once

#include "circular/circular_http.h"
#include "problem/problem_http.h"

extern const struct route problem_answer_routes[];
