// SPDX-License-Identifier: GPL-3.0-or-later
// Whom a text that leaves the house must not name (release.h): the same for a question to a
// vendor, for what is sent to him, and for an issue at the developers'.
//
//   U1  Name and firm, all mail addresses, how to reach him, and the customer number we know.
//   U2  Of several customers all of it.
#pragma once

#include "engagement/release.h"
#include "ticket/ticket.h"

// The case's number is ours (release.h, D7).
fallible release_customer_of(struct ctx *cx, const struct ticket *t,
                             struct release_customer *out);

fallible release_customer_all(struct ctx *cx, const contact_id *contact, isize n,
                              struct release_customer *out);
