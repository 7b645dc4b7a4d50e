// SPDX-License-Identifier: GPL-3.0-or-later
// Errors as answers: the table of err.h, as pages and as JSON.
//
//   Z1  What exists but is not for the asker looks like what does not exist.
//   Z2  Our own faults are told with no detail (that is in the log), the reader's with a
//       sentence that says what to do.
//   Z3  A person who is not signed in is sent to the sign-in page and comes back afterwards.
//   Z4  German says du to colleagues and Sie to customers (guard_is_staff).
//   Z5  What was typed into a form of ours that is refused without coming back (the session is
//       over, too often, our fault) stands on the page of the error, to be taken along; a
//       password never.  With it stands the way to sign in, if that was missing.
//   Z6  Before anybody is known the language is the path's, the chosen one or the browser's.
//   Z7  Whose role has no “My day” is sent to the own first page; an error keeps a colleague's
//       navigation and search in reach.
#pragma once

#include "web/request.h"

void error_reply(struct ctx *cx, struct request *rq, struct reply *rp, enum err err);
void error_status(struct ctx *cx, struct request *rq, struct reply *rp, int status);
