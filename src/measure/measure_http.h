// SPDX-License-Identifier: GPL-3.0-or-later
// The sheet of what was done for the customer, with what was done before.
//
//   H1  What one's level may do stands first and with its limit; what it may not says which
//       level may, with the way to hand the case over.
//   H2  What was typed comes back when it is refused.
//   H3  Who leaves finds the sheet as it was (sheet/sheet_http.h, B1).
//   H4  What is above one's limit, or is not one's own to take back, is said at its field, with
//       what was typed and the ways on: a hand-over, a question.
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
    bool barred;        // one of them is not the asker's, or what is typed is above his limit
    bool told;          // the reply may still speak of what was taken back
    int64_t undoing;    // what is to be taken back; 0: nothing
    int64_t verb;
    str amount, what, why;
    const struct measure *done;
    isize n;
};

extern const struct route measure_routes[];

handler measure_show;    // the sheet, also for a form on it that is answered elsewhere
fallible measure_at_field(struct ctx *cx, enum err err, const char *field);    // H4

// H4: taking this one back was refused; its field is #grund then.
bool measure_refused(const struct page *p, const struct measure_page *v,
                     const struct measure *m);
