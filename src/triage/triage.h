// SPDX-License-Identifier: GPL-3.0-or-later
// Triage: suggestions for category, product, priority, level and team, learned from this desk's
// own solved cases.
//
//   R1  What was solved teaches: subject and problem of a case, and the category, product,
//       priority, level and team it had when it was solved.  Spam, what was merged and what was
//       solved elsewhere (exchange/exchange.h, I8) teach nothing.  Solved again is learned again.
//   R2  Nothing about a person goes in: not who worked on it, not how fast, not who asked.
//   R3  A desk learns from its own cases only.
//   R4  A suggestion is made only when the desk's own cases, guessed before they were learned,
//       were right often enough at that confidence (learner.h L4).  Otherwise there is none,
//       and a model that is sure of nothing is not even read.
//   R5  It says why: the words that decided.
//   R6  Learning is a job behind the events.  It waits until they are TRIAGE_REST_S old and
//       takes TRIAGE_CASES at a time; the mark of what was read moves in the same transaction
//       as what was learned, so no case is learned twice or missed by a job that failed.
//   R7  What was reckoned for a case is kept with it (triage_kept.h).
//   R8  A topic or product that has ended (category.h C5, product.h R7), or is not there any more,
//       is never suggested.
#pragma once

#include "job/job.h"
#include "ticket/ticket.h"
#include "triage/learner.h"

enum triage_target {
    TRIAGE_CATEGORY = 1,
    TRIAGE_PRODUCT,
    TRIAGE_PRIORITY,
    TRIAGE_LEVEL,
    TRIAGE_TEAM,
};

enum { TRIAGE_TARGETS = TRIAGE_TEAM, TRIAGE_CASES = 500, TRIAGE_REST_S = 60 };

struct triage_hint {
    int64_t value;    // key of the category, product or team; the priority or level; 0: none
    double confidence;          // 0 to 1
    str word[LEARNER_WORDS];    // R5: those of the text that decided, the strongest first
    int words;
};

// By target; the 0th is empty.
struct triage_hints {
    struct triage_hint of[TRIAGE_TARGETS + 1];
};

// The targets from first to last.  value is 0 where there is none (R4).  The words of a hint are
// parts of triage_text() or of the text that was given.
fallible triage_suggest(struct ctx *cx, enum triage_target first, enum triage_target last,
                        const struct ticket *t, struct triage_hints *out);

// From the models themselves, for n texts: a look, and one statement for each model that is sure.
fallible triage_reckon(struct ctx *cx, enum triage_target first, enum triage_target last,
                       const str *text, isize n, struct triage_hints *out);

// What a suggestion looks at of a case; a case is learned by the same.
str triage_text(struct arena *a, str subject, str problem);

// R5: "because: drucker, papierstau"
struct words triage_why(struct arena *a, const struct triage_hint *h);

extern const struct job_kind triage_jobs[];    // "triage.learn", "triage.keep"
