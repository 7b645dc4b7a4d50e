// SPDX-License-Identifier: GPL-3.0-or-later
// A report that a mail of ours did not arrive: whose it was, and whether anything proves it
// (undelivered.h, U9).  What proves it is an address that only that mail carried: the envelope's
// sender, signed for it, or the signed Reply-To of its case, which some servers write to.
#pragma once

#include "intake/arrival.h"

// *ticket: whose mail it was, or 0.  Sets a->why.
fallible returned_note(struct ctx *cx, struct arrival *a, ticket_id *ticket);
