// SPDX-License-Identifier: GPL-3.0-or-later
// What was reckoned for a case that nobody has classified is kept with it: its page reads one
// row, not five models of 1.6 MB (docs/decisions/0033-suggestions-are-kept.md).
//
//   H1  It is kept for cases that want suggestions, new ones and open ones whose topic nobody
//       knows, by a job behind the events, TRIAGE_KEEP at a time; a desk that was never sure of
//       anything keeps nothing.
//   H2  It holds for the text it was reckoned from, and for no other.
//   H3  A model that has become sure, is so no longer, or has learned an eighth more, says that
//       it suggests otherwise now (triage_model.made): then all cases of the desk that want
//       suggestions are reckoned again, and what was kept for others goes.
//   H4  Figures, no words: where in the text the words stand that decided.
//   H5  What is not kept is reckoned on the page.  So an event that came late, a case of long
//       ago or a job that failed costs time and loses no suggestion.
#pragma once

#include "job/job.h"
#include "ticket/ticket.h"
#include "triage/triage.h"

enum { TRIAGE_KEEP = 200 };

// H2.  The words are parts of `text`.
fallible triage_kept_find(struct ctx *cx, ticket_id id, str text, struct triage_hints *out,
                          bool *found);

// The job "triage.keep".
fallible triage_kept_due(struct ctx *cx, bool *yes);
fallible triage_kept_prepare(struct ctx *cx, struct job *job);
fallible triage_kept_apply(struct ctx *cx, struct job *job);
