// SPDX-License-Identifier: GPL-3.0-or-later
// A mail that was not taken at the door because it is too large leaves a line at its case: nothing
// else would tell the team that the customer has answered.
//
//   O1  Only a signed address of ours in the envelope (envelope.h) says which case that is.  A
//       stranger without one writes nothing anywhere.
//   O2  One line an hour at a case, however many mails are refused; and one of those that came in
//       and were put aside because of their size (sieve.h, V5), which can still be read.
//   O3  Nobody has seen the mail and nobody has proven its sender: the line is internal, names
//       the sender as one that the envelope names, and moves nothing.  A report of a mail server
//       (an envelope without a sender) leaves none.
#pragma once

#include "message/message.h"

// Of the recipients the first that leads to a case counts: it is the same mail.
// *noted: there is one.
fallible refused_note(struct ctx *cx, str sender, const str *rcpt, isize n, int64_t size,
                      bool *noted);

// O2, of whom and with what text: an author has who wrote a mail that came in.
fallible refused_line(struct ctx *cx, struct ticket_at *at, struct message_new *m);
