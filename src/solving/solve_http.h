// SPDX-License-Identifier: GPL-3.0-or-later
// The solve sheet: what helped, what the customer is told, and what is written down for the
// next time.
//
//   V1  `f`, a digit, Ctrl+Enter links a known solution; the message is there already.
//   V2  What was named or tried in the case is offered first, then what is about the same, then
//       what fits its words.  What the asker may not read is not offered (K2 of solution.h).
//       While nobody has classified the case, it is about what solved cases suggest on its page.
//       First of all stands what a return named, unless it was tried since without success.
//   V3  A solution is also found by its number or by words; several hits come back as a choice.
//   V4  A new solution is drafted from the Lagebild; a human corrects it (K8).
//   V5  Solved means that the customer knows: by the message that goes with it, or by word of
//       mouth, which is ticked.  Who has no mail address can only be told.
//   V6  Solving without writing down is allowed and says what it leads to: a duty.
//   V7  Above level 1 it asks whether level 1 could have done it: one key, and no answer is one.
//   V8  For ten seconds the case offers to take it back (undo.h): the sheet is there again, with
//       what helped and the letter that did not leave.
#pragma once

#include "sheet/sheet_http.h"
#include "solution/solution_form_http.h"
#include "solving/solving.h"
#include "web/route.h"

enum { SOLVE_OFFERED = 7 };    // with "new" and "without" as many as have a digit

struct solve_offer {
    struct solution s;
    str key;
    bool tried;    // did not help before
};

struct solve_page {
    struct sheet sheet;
    struct solve_offer offer[SOLVE_OFFERED];
    isize offers;
    bool named;    // the first one was named in the case
    str chosen;    // a key, "neu", "ohne" or "andere"
    str other;     // V3, as typed
    struct solution_form form;
    enum solved_how how;
    str text;
    str message;
    bool told;
    bool by_mail;
    enum solving_front front;    // V7
};

bool solve_serves(const struct solve_offer *o);    // level 1 may use it

extern const struct route solve_routes[];
