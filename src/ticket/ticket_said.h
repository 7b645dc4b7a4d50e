// SPDX-License-Identifier: GPL-3.0-or-later
// What the program proposes to say about a case, and how who reads it later reads it in his own
// language.  What was typed stays as it was typed.
//
//   N1  A proposed sentence is stored as its writer sent it, with the time he typed behind it, and
//       shown in the reader's language: colleagues of one case need not share one.
//   N2  So is "Jetzt" of the state card, behind the name of the team that said it, as long as that
//       team works on the case.
//   N3  So is a promise in a contract that was made from a day and a time.
#pragma once

#include "ticket/ticket.h"

enum ticket_saying {
    SAYING_CAUSE = 1,
    SAYING_HOW,
    SAYING_FIX,
    SAYING_DECISION,
    SAYING_ACCESS,
    SAYING_TAKE,
    SAYING_MISSING,
    SAYING_SOLUTION,
    SAYING_BACK,
};

struct words ticket_said_words(enum ticket_saying saying);

str ticket_said(struct arena *a, str stored, enum lang lang);                         // N1
str ticket_said_now(struct arena *a, const struct ticket *t, enum lang lang);         // N2
str ticket_said_promise(struct arena *a, str stored, instant now, enum lang lang);    // N3

// The contract's line of a promise: "Rückmeldung bis 24.11.2026, 14:00 Uhr"; without words the
// usual ones.
str ticket_said_promised(struct arena *a, str what, instant due, enum lang lang);
