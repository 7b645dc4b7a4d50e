// SPDX-License-Identifier: GPL-3.0-or-later
// How every change of a case is read and written; only for the files of this folder.
#pragma once

#include "event/event.h"
#include "ticket/ticket.h"

// The case, if it still is at this version (ERR_STALE).
fallible ticket_store_look(struct ctx *cx, const struct ticket_at *at, struct ticket *out);

// Write all of t: the version compared and one higher, the ball where W2 says.  e.kind NULL:
// the caller writes the event; else ticket, team and level are filled in.
fallible ticket_store_save(struct ctx *cx, struct ticket_at *at, struct ticket *t,
                           struct event e);
