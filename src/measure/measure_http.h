// SPDX-License-Identifier: GPL-3.0-or-later
// The sheet of what was done for the customer, with what was done before.
//
//   H1  What one's level may do stands first and with its limit; what it may not says which
//       level may, with the way to hand the case over.
//   H2  What was typed comes back when it is refused.
//   H3  Who leaves finds the sheet as it was (sheet/sheet_http.h, B1).
#pragma once

#include "measure/measure.h"
#include "sheet/sheet_http.h"
#include "web/route.h"

struct measure_choice {
    enum authority_verb verb;
    struct authority_verdict verdict;
    struct words limit;    // "up to 300 €" or whose it is
};

struct measure_page {
    struct sheet s;
    struct measure_choice choice[AUTHORITY_VERBS];
    isize choices;
    bool barred;    // one of them is not the asker's
    int64_t verb;
    str amount, what, why;
    const struct measure *done;
    isize n;
};

extern const struct route measure_routes[];
