// SPDX-License-Identifier: GPL-3.0-or-later
// The sheet on which a case is classified: what kind, what about, how bad.
//
//   F1  "I do not know" is an answer (DOMAIN 2.2).
//   F2  The proposal is made from the customer's words; one press accepts it.
//   F3  What the desk's solved cases suggest (triage/) stands first, with the words that decided,
//       and is chosen already while the case is new.  Nothing is said when it is not sure.
//   F4  A suggested priority is marked, not chosen: it follows from impact and urgency unless
//       somebody says why.  Whether what was suggested for a case that nobody had classified was
//       followed is an event (triage/triage_case.h K5).
#pragma once

#include "sheet/sheet_http.h"
#include "ticket/pick_http.h"
#include "triage/triage_case.h"
#include "web/route.h"
#include "workplace/classify.h"

struct classify_page {
    struct sheet s;
    struct pick another, product;
    const struct category *hint[CLASSIFY_HINTS + 2];    // the present one first
    isize hints;
    struct triage_hint topic, goods, rank;    // F3 F4
    struct triage_case judged;                // F4: what the form says was suggested
    int64_t chosen, bought, type, wished;     // what the form shows as chosen
    int impact, urgency;
    int derived;    // the priority that follows
};

extern const struct route classify_routes[];

static inline isize classify_count(const struct ticket_word *words)    // without the 0th
{
    isize n = 0;
    while (words[n + 1].code != NULL)
        n++;
    return n;
}
