// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers that other ticket systems write into subjects: "[TS#9001]", "[INC0012345]".  What we
// send them carries their number, or each mail of ours opens a new case there.
//
//   F1  A number is what stands in square brackets, short, with at least three digits, and is
//       not one of ours.  Nothing else of a stranger's subject is taken over.
//   F2  It is kept for the case and the address it came from, and written only to that address.
//   F3  At most FOREIGN_MOST for a case and an address: the first ones.
//   F4  It is a hint for the other system.  To us it moves nothing, but for a thread with somebody
//       outside, whose later mails find home by it (referral/referral.h, X7).
//   F5  It goes along into the case that its case was merged into.
#pragma once

#include "ticket/ticket.h"

enum { FOREIGN_MOST = 3 };

// The next number in *subject, which moves behind it; false when there is none.  Pure.
bool foreign_next(str *subject, str *out);

fallible foreign_keep(struct ctx *cx, ticket_id ticket, str address, str subject);

// subject, and behind it the numbers known for that address which it does not hold already.
fallible foreign_put(struct ctx *cx, ticket_id ticket, str address, str subject, str *out);
