// SPDX-License-Identifier: GPL-3.0-or-later
// What was done for a customer beyond words ("Maßnahme"): a look into the device, a replacement
// sent, a credit given, a password reset, help where support has ended.
//
//   M1  It needs the right to do it, about the topic of the case and up to this amount
//       (staff/authority.h).  Who lacks it is told which level has it, and nothing is kept.
//   M2  Whoever sees the case may, so that an asked team can act while the case stays where it
//       is; not in a case that is over.
//   M3  A line says what was done.  A replacement and a credit have an amount, the others none.
//   M4  It stands in "Bisher": whoever takes the case over neither does it twice nor asks again.
//   M5  Nothing is deleted.  It is taken back once, with a reason, by the same rights; that
//       stands in "Bisher", too.
//   M6  When its case is merged into another one, by its sheet or by a call, it goes along: nobody
//       credits twice, and goodwill that holds is no question there.
#pragma once

#include "staff/authority.h"
#include "ticket/ticket.h"

KEY(measure_id);

struct measure {
    measure_id id;
    enum authority_verb verb;    // any but AUTHORITY_SOLVE
    int64_t amount;              // cents
    str what, person;
    int level;
    instant at, undone;    // undone 0: it holds
    str why;
};

// M3.  "89", "89,50" or "1.250,00" (and the same with the other point) in cents; false: no amount.
bool measure_cents(str text, int64_t *out);
str measure_euros(struct arena *a, int64_t cents, enum lang lang);    // "89,50 €"
struct words measure_words(struct arena *a, enum authority_verb verb,
                           int64_t cents);    // "Ersatz schicken (89,50 €)"

fallible measure_take(struct ctx *cx, struct ticket_at *at, const struct measure *m,
                      measure_id *out);
fallible measure_undo(struct ctx *cx, struct ticket_at *at, measure_id id, str why);
fallible measure_list(struct ctx *cx, ticket_id ticket, struct measure **out, isize *n);
fallible measure_holds(struct ctx *cx, ticket_id ticket, enum authority_verb verb,
                       bool *out);    // one was taken and not taken back

// T13 with everything that was done.  step_merge() is the whole of it.
fallible measure_merge(struct ctx *cx, struct ticket_at *from, struct ticket_at *into);
