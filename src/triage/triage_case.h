// SPDX-License-Identifier: GPL-3.0-or-later
// What this desk's solved cases suggest for a case, as the page of the case shows it in one
// line, and what becomes of the line when it is accepted.
//
//   K1  Only what nobody has classified wants suggestions: a new case, and an open one whose
//       topic nobody knows.  Any other costs no statement.
//   K2  What differs from what the case has is suggested: a topic and a product that it lacks,
//       another priority unless it was set by hand, another team that works on cases and is of
//       no lower level; where no team is, a higher level.  More than one level up only a lead is
//       suggested, as nobody else may skip one (engagement.h G7).  A product that the case names
//       (ticket/product.h, R4) is suggested whatever was learned.
//   K3  What has ended (triage.h R8), is not there any more or has no people is not suggested.
//   K4  Accepting it goes the way of every other change: topic, product and priority are
//       classified, with the words that decided as the reason of the priority; a lead sends a
//       new case that nobody has to the team (routing.h R8); everybody else is asked to hand
//       it over, and nothing is sent until he does.  Who saw another version is refused.
//   K5  Whether a suggestion was followed is an event of each part, "triage.accepted" or
//       "triage.corrected".  How often a desk's suggestions were followed is counted of it, by
//       part and never by person, and not before TRIAGE_ANSWERS were.
#pragma once

#include "ticket/ticket.h"
#include "triage/triage.h"

enum { TRIAGE_ANSWERS = 25, TRIAGE_DAYS = 90 };

struct triage_case {
    bool any;                             // there is something to accept
    int64_t value[TRIAGE_TARGETS + 1];    // by target; 0: nothing
    struct words category;                // Netz › WLAN
    str product;
    struct words team;
    int level;    // the team's, or the suggested one
    str words;    // that decided: "rot, dsl, neustart"
    struct product named;    // by the words of the case (K2); id 0: none
    struct triage_hints hints;
};

bool triage_case_wants(const struct ticket *t);    // K1.  Pure.

fallible triage_case(struct ctx *cx, const struct ticket *t, struct triage_case *out);

// What a form that shows a suggestion says of it.
struct triage_answer {
    int64_t value[TRIAGE_TARGETS + 1];    // as shown; 0: was not suggested
    str words;
};

// K4.  *hand_over: a team or level was suggested, and the asker has to hand it over.
fallible triage_case_accept(struct ctx *cx, struct ticket_at *at, const struct triage_answer *a,
                            bool *hand_over);

// K5.  Nothing when nothing was suggested.
fallible triage_case_judge(struct ctx *cx, const struct ticket_at *at,
                           enum triage_target target, int64_t suggested, int64_t chosen);

struct triage_record {             // K5: of the last TRIAGE_DAYS
    int64_t answered, accepted;    // 0 while too few
};

fallible triage_case_record(struct ctx *cx, struct triage_record out[TRIAGE_TARGETS + 1]);
