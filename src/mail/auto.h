// SPDX-License-Identifier: GPL-3.0-or-later
// Did a machine write this mail?  Whoever answers machines automatically builds a loop.
//
//   A1  A delivery report, or a mail of a mailer daemon about one, is a bounce.  A postmaster
//       may be a person: a mail of his is one only if the mail that came back is with it.
//       So is what a mailbox refuses by its filter (RFC 5429 as Dovecot sends it), and what
//       calls itself bulk or automatic, bears the subject of a bounce and says the like.
//   A2  RFC 3834: Auto-Submitted decides, unless it says "no".
//   A3  Answers of programs older than RFC 3834 are known by their own fields, and by the
//       beginning of the subject that Exchange and its like write.
//   A4  Precedence, List-*: bulk.
//   A5  An empty return path, X-Auto-Response-Suppress or a sender that wants no answer:
//       a machine, too; and so are complaints (RFC 5965, and what is sent instead of them).
#pragma once

#include "mail/message.h"

// Reads what mail_parse() found so far, sets is_auto and auto_because.
void auto_judge(struct mail *m);
