// SPDX-License-Identifier: GPL-3.0-or-later
// RFC 8601: what our own mail server found out about the sender of a mail.
//
//   R1  One server may write several Authentication-Results: SPF's in one, DMARC's in another.
//       They are read from the top while they name our server, over its own Received field,
//       up to a field of anybody else's; the first that says something of DMARC decides.  What
//       a forger wrote stands below what our server wrote: it would be heard only from a server
//       that neither checks each mail nor removes fields in its own name, and the manual asks for
//       both before --auth-server is set.
//   R2  The sender is proven by dmarc=pass for the very domain in From.  SPF or DKIM alone
//       prove another domain than the one people see.
//   R3  From must be one field with one address: of two, nobody can say which was checked.
//   R4  Without the name of a server (the operator did not set one) nothing is proven.
//   R5  It is forged when that very field (R1) says dmarc=fail.
#pragma once

#include "mail/message.h"

bool auth_results_prove(struct arena *a, const struct mail *m, str server);
bool auth_results_forged(struct arena *a, const struct mail *m, str server);
