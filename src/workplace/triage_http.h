// SPDX-License-Identifier: GPL-3.0-or-later
// The line of a case that says what solved cases suggest for it (triage/triage_case.h), and
// the one press that accepts all of it.
//
//   G1  The form carries what it showed: what the model learned meanwhile changes nothing under
//       the reader's hand, and nothing is reckoned in the writer.
//   G2  Whoever has to hand the case over lands on that sheet, where the suggested team is
//       chosen already; whatever else was accepted is done by then.
//   G3  While it cannot be handed over, that is not offered either; the line says why.
#pragma once

#include "triage/triage_case.h"
#include "web/frame.h"
#include "web/route.h"

extern const struct route triage_routes[];

struct triage_field {    // G1
    enum triage_target target;
    const char *name;
};
extern const struct triage_field triage_fields[TRIAGE_TARGETS];

// What the form says was suggested.
struct triage_answer triage_answer_of(const struct request *rq);

bool triage_hands_over(const struct page *p, const struct ticket *t,
                       const struct triage_case *c);
bool triage_classifies(const struct triage_case *c);
