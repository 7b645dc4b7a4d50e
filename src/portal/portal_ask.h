// SPDX-License-Identifier: GPL-3.0-or-later
// "Send me the links to my requests."
//
//   A1  Asking only notes the wish; a job looks, so the answer is the same and as fast for
//       what exists and for what does not.
//   A2  The mail goes to the address that is stored with the customer, whoever asked.
//   A3  At most LIMIT_LINKS_PER_ADDRESS an hour, and nothing a stranger may have typed is in
//       it: numbers, dates and links.
//   A4  What was asked is forgotten when it was looked at.
//   A5  The mail says "du" to whom our letters say it.
#pragma once

#include "job/job.h"

enum { PORTAL_ASK_CASES = 10 };    // the newest, unfinished ones first

fallible portal_ask(struct ctx *cx, str typed);    // ERR_INVALID when it is neither

extern const struct job_kind portal_ask_jobs[];    // "portal_ask"
