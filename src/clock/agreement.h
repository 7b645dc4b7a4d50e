// SPDX-License-Identifier: GPL-3.0-or-later
// What a desk has agreed to do by when: towards customers (SLA), between its levels (OLA), and
// with vendors (UC).
//
//   G1  The agreement of a case is the one of its firm, else the one for VIPs if one asks, else of
//       its category (or the one above), else the one for everybody; of several the oldest.  One
//       that names several of these holds where all of them do, and comes first among its like.
//   G2  A desk without one works by the house's: DOMAIN 7.2 in hours of the wall clock.
//   G3  Each target belongs to a kind, a level and a priority; without a target there is no
//       clock.
//   G4  Times are working time of a calendar: one for customers, one for the teams, one for
//       the vendors.
//   G5  What pauses a clock towards the customer is agreed: waiting for an answer and for a date
//       pause it, a vendor does not, unless it says so.  Clocks of teams and vendors pause while
//       the customer or a date is waited for.
//   G6  One that is only tried is found by G1 as if it were saved: in place of what its number
//       says now, or as the youngest of all.
#pragma once

#include "clock/calendar_store.h"
#include "clock/clock.h"
#include "ticket/ticket.h"

KEY(agreement_id);

enum clock_kind {
    CLOCK_FIRST = 1,    // the first word
    CLOCK_NEXT,         // the next word to somebody who wrote again
    CLOCK_SOLVE,
    CLOCK_ACCEPT,    // OLA: a hand-over is accepted
    CLOCK_WORK,      // OLA: a level has solved it or passed it on
    CLOCK_ANSWER,    // OLA: a question between teams is answered
    CLOCK_ACK,       // UC: a vendor has confirmed
    CLOCK_FIX,       // UC: a vendor has answered
    CLOCK_KINDS,
};

enum { AGREEMENT_LEVELS = 5, AGREEMENT_PRIORITIES = 5 };

// One row of the form; level 0 is towards the customer.
struct agreement_row {
    enum clock_kind kind;
    int level;
    struct words name;
};

enum { AGREEMENT_ROWS = 12 };
extern const struct agreement_row agreement_rows[AGREEMENT_ROWS];

struct agreement {
    agreement_id id;    // 0: the house's (G2)
    int64_t version;
    str name, org;
    category_id category;
    bool vip;    // for cases of VIPs only (contact/contact.h, K11)
    calendar_id calendar, teams, vendors;
    unsigned pauses;    // bits 1 << enum clock_cause, towards the customer
    int seconds[CLOCK_KINDS][AGREEMENT_LEVELS][AGREEMENT_PRIORITIES];    // 0: none
    const struct calendar_store *of_customers, *of_teams, *of_vendors;
};

// With its calendars.  G1; ticket 0: of a case that is not there yet, from nobody's firm.
fallible agreement_of(struct ctx *cx, ticket_id ticket, struct agreement *out);

// The same with the targets of one kind alone: all that a promise just given needs.
fallible agreement_of_kind(struct ctx *cx, ticket_id ticket, enum clock_kind kind,
                           struct agreement *out);

fallible agreement_trying(struct ctx *cx, ticket_id ticket, const struct agreement *tried,
                          struct agreement *out);    // G6; tried NULL: none
fallible agreement_load(struct ctx *cx, agreement_id id, struct agreement *out);
fallible agreement_list(struct ctx *cx, struct agreement **out,
                        isize *n);    // without their targets
fallible agreement_save(struct ctx *cx, const struct agreement *a, agreement_id *out);

// A calendar and an agreement to begin with: Monday to Friday 8 to 18 in Berlin.
fallible agreement_begin(struct ctx *cx);

// --- pure ----------------------------------------------------------------------------------

const struct calendar_store *agreement_calendar(const struct agreement *a,
                                                enum clock_kind kind);
unsigned agreement_pauses(const struct agreement *a, enum clock_kind kind);    // G5
int agreement_seconds(const struct agreement *a, enum clock_kind kind, int level, int priority,
                      enum channel channel);
instant agreement_due(const struct agreement *a, enum clock_kind kind, int level, int priority,
                      enum channel channel, instant from);    // without a target: 0
