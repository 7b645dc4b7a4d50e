// SPDX-License-Identifier: GPL-3.0-or-later
// Triage: suggestions for category, product, priority, level and team, learned from this desk's
// own solved cases.
//
//   R1  What was solved teaches: subject and problem of a case, and the category, product,
//       priority, level and team it had when it was solved.  Spam and what was merged teach
//       nothing.  Solved again is learned again.
//   R2  Nothing about a person goes in: not who worked on it, not how fast, not who asked.
//   R3  A desk learns from its own cases only.
//   R4  A suggestion is made only when the desk's own cases, guessed before they were learned,
//       were right often enough at that confidence (learner.h L4).  Otherwise there is none.
//   R5  It says why: the words that decided.
//   R6  Learning is a job behind the events.  It waits until they are TRIAGE_REST_S old and
//       takes TRIAGE_CASES at a time; the mark of what was read moves in the same transaction
//       as what was learned, so no case is learned twice or missed by a job that failed.
#pragma once

#include "job/job.h"
#include "triage/learner.h"

enum triage_target {
    TRIAGE_CATEGORY = 1,
    TRIAGE_PRODUCT,
    TRIAGE_PRIORITY,
    TRIAGE_LEVEL,
    TRIAGE_TEAM,
};

enum { TRIAGE_TARGETS = TRIAGE_TEAM, TRIAGE_CASES = 50, TRIAGE_REST_S = 60 };

struct triage_hint {
    int64_t value;    // key of the category, product or team; the priority or level; 0: none
    double confidence;    // 0 to 1
    struct words why;     // R5: "because: drucker, papierstau"
};

// For a text that is not a case yet, or one that is.  value is 0 when there is none (R4).
fallible triage_suggest(struct ctx *cx, enum triage_target target, str text,
                        struct triage_hint *out);

extern const struct job_kind triage_jobs[];    // "triage.learn"
