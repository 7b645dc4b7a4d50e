// SPDX-License-Identifier: GPL-3.0-or-later
// "Neu am Zug": which cases came to the asker since he last did something in them, and why; and
// the cases of those whom he stands in for.
//
//   N1  A case that one has taken is new as long as one has done nothing in it since the ball
//       came: the customer wrote, a reply was held, a vendor or another team answered or said
//       no, the date came, the lead decided, somebody gave it to one, it was opened again.
//       Looking changes nothing.
//   N2  Who stands in for somebody who is away has his cases where the team must act, new or
//       not.
//   N3  Only where the own team must act now; the newest reason counts.
#pragma once

#include "ticket/ticket.h"

struct news {
    ticket_id ticket;
    int64_t number;
    str subject, contact;
    int level;
    bool vip;
    instant due;         // earliest promise; 0: none
    instant at;          // when it came; 0: not new (N2)
    struct words why;    // "The customer wrote"
    str absent;          // N2: whose it is; empty: the asker's own
};

// The asker's own that are new, and all of N2: the latter first, each by its due time.
fallible news_list(struct ctx *cx, struct news **out, isize *n);

// The one about this case that is new, or NULL.  Pure.
const struct news *news_of(const struct news *news, isize n, ticket_id ticket);
