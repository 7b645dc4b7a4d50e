// SPDX-License-Identifier: GPL-3.0-or-later
// Statutory clocks of a case (legal.h): started and ended by a person, kept as events only.
//
//   OC1  A clock starts when we knew, which may be earlier than now and never later.
//   OC2  One of a kind runs at a time.
//   OC3  Ending says whether it was in time; it stays to be read.
#pragma once

#include "clock/legal.h"
#include "ticket/ticket.h"

struct legal_clock {
    int64_t id;    // of the event that started it
    enum legal_kind kind;
    instant known, due, ended;    // ended 0: it runs
    int64_t cents;                // TKG § 58: at least owed by now for a complete outage
};

fallible legal_case_list(struct ctx *cx, ticket_id id, struct legal_clock **out, isize *n);
fallible legal_case_start(struct ctx *cx, ticket_id id, enum legal_kind kind, instant known);
fallible legal_case_end(struct ctx *cx, ticket_id id, int64_t clock);
