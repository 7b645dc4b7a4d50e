// SPDX-License-Identifier: GPL-3.0-or-later
// A mail that somebody passes on to us (mail/forward.h).
//
//   P1  Passed on by a member of staff, proven by our own mail server, it becomes the case of
//       who wrote it first.  He is what the mail says he is: unverified, as the page shows,
//       and no mail goes to him or to the staff by itself.  It gives his address nothing
//       that any mail from that address would not have given (SECURITY 4.7).
//   P2  What the passer wrote stands in the case as an internal line with his name.
//   P3  Passed on by anybody else it stays his own: the forwarded text is shown below his
//       words, with the name of who wrote it, who gets nothing.
//   P4  So is one that staff, the desk itself or nobody with an address wrote first, and one
//       that answers a case.
#pragma once

#include "intake/arrival.h"
#include "person/person.h"

// Finds out who passes it on; after arrival_look.  a->passer is NULL unless P1 applies.
fallible passing_look(struct ctx *cx, struct arrival *a);

// P3: the text to be shown, and nothing else of the arrival changed.
str passing_text(struct ctx *cx, const struct arrival *a);

str passing_problem(const struct arrival *a);    // the text that says what it is about

// P2: the internal line.
fallible passing_note(struct ctx *cx, const struct arrival *a, struct ticket_at *at);
