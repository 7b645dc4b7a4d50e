// SPDX-License-Identifier: GPL-3.0-or-later
// Does what the levels and vendors have agreed fit into what the customer was told?
// (DOMAIN 7.7)
//
//   Q1  The chain is: 1st accepts and works, 2nd accepts and works, and with a vendor: he
//       answers.  Links without a target take no time.
//   Q2  It is tried from every hour of two weeks in which the desk is open for customers, each
//       link in its own calendar; the worst beginning counts.
//   Q3  The weakest link is the one that takes the longest on the wall from there.
//
// Pure.
#pragma once

#include "clock/agreement.h"

enum { CHAIN_LINKS = 5 };

struct chain_link {
    enum clock_kind kind;
    int level;
    struct words name;
};

extern const struct chain_link chain_links[CHAIN_LINKS];

struct chain {
    bool fits;
    instant start, promised, reached;    // of the worst beginning
    int weakest;                         // index of chain_links
};

// From `monday` on.  False when nothing is promised for this priority.
bool chain_check(const struct agreement *a, int priority, bool vendor, instant monday,
                 struct chain *out);
