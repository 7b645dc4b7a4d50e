// SPDX-License-Identifier: GPL-3.0-or-later
// What rings: a question or a live transfer that wants somebody now (engagement_live.h), shown
// on whatever page of ours is open.
//
//   K1  /w/klingel shows what rings for the asker, and what the asker lets ring.  Pages fetch it
//       when the events say that something changed (Y2); without JavaScript it is a page, and
//       the question stands in "Mein Tag" besides.
//   K2  One key answers; the form carries the version it was shown with, so of two who answer
//       one has it (E3) and the other is told so.
//   K3  Whether one is ready is a switch of one's own in "Mein Tag".
//   K4  The answer's sheet takes the case over with one line (E7).
//   K5  What lies at the asker as a lead rings nowhere: its number stands in the navigation.
//   K6  Who asked reads there how it ended (E9): the answer comes to the page that is open, and
//       at the case it goes once it was shown.  Without JavaScript the case says where to look.
#pragma once

#include "engagement/engagement_live.h"
#include "escalation/escalation.h"
#include "web/route.h"

struct ring_page {
    const struct engagement_ring *ring;
    isize rings;
    bool ready;
    int64_t leads;    // K5: nobody has taken them yet
};

extern const struct route ring_routes[];
