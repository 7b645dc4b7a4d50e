// SPDX-License-Identifier: GPL-3.0-or-later
// RFC 8601: what our own mail server found out about the sender of a mail.
//
//   R1  Only the first Authentication-Results field that names our server counts; what a
//       stranger wrote into the mail names others, or stands below.
//   R2  The sender is proven by dmarc=pass for the very domain in From.  SPF or DKIM alone
//       prove another domain than the one people see.
//   R3  From must be one field with one address: of two, nobody can say which was checked.
//   R4  Without the name of a server (the operator did not set one) nothing is proven.
//   R5  It is forged when that very field says dmarc=fail.
#pragma once

#include "mail/message.h"

bool auth_results_prove(struct arena *a, const struct mail *m, str server);
bool auth_results_forged(struct arena *a, const struct mail *m, str server);
