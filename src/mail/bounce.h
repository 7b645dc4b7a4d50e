// SPDX-License-Identifier: GPL-3.0-or-later
// RFC 3464: what a delivery report says, recipient by recipient.
//
//   B1  Each group of the report that names a recipient is one bounce, in its order.
//   B2  The mail that came back is known by its Message-ID only.
#pragma once

#include "mail/message.h"

// delivery: the message/delivery-status; returned: the mail that came back, or its header.
// Either may be empty.
void bounce_read(struct arena *a, str delivery, str returned, struct mail *m);
