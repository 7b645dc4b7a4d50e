// SPDX-License-Identifier: GPL-3.0-or-later
// The clocks of one case, read from its events.
//
//   E1  Nothing is stored to know a clock: events, agreement and calendars are read, and the pure
//       functions of reckon.h do the rest.
//   E2  A case that is not the asker's has no clocks: ERR_ABSENT.
//   E3  However many letters come in a row (a stranger's loop), they are one event: the first of
//       them.  Of what is left, the beginning and the newest thousand count, so that what ended a
//       clock is always seen.
//   E4  A reply that was written to leave later counts from the time it was to leave, and until
//       then not at all.
#pragma once

#include "clock/reckon.h"

struct clock_case {
    struct ticket ticket;
    struct agreement rules;
    struct reckon_case facts;
    struct reckon_clock *clock;
    isize clocks;
};

fallible clock_case(struct ctx *cx, ticket_id id, struct clock_case *out);

// What happened to it, as reckon.h wants it.  Of cases reckoned by other rules, too.
fallible clock_case_facts(struct ctx *cx, const struct ticket *t, struct reckon_case *out);
