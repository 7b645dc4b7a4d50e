// SPDX-License-Identifier: GPL-3.0-or-later
// "We have your request": what the sender of a new case hears at once.
//
//   B1  It says the number, the promise in plain words and where to look, in the language and
//       form of the case.
//   B2  Nothing of it was written by the sender: not the subject, not even a name.
//   B3  It goes out only where arrival_may_answer() allows, and only a few times (outbox.h, O7).
//   B4  It goes to an address of the case's own contact: it carries the link to the case.
//   B5  Who reports what looks like a known outage hears what is said in public about it.
#pragma once

#include "intake/arrival.h"

fallible receipt_send(struct ctx *cx, const struct arrival *a, const struct ticket *t,
                      struct ticket_at *at, instant due);
