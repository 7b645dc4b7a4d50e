// SPDX-License-Identifier: GPL-3.0-or-later
// /a/zeiten: calendars and agreements, with the check of the chain and the rehearsal.
//
//   H1  What is typed comes back when it is refused, and when it is only tried.
//   H2  Trying writes nothing.
//   H3  A new agreement begins with what holds so far: the firm's (?org=, where the page of an
//       agreement with a firm leads), else everybody's.
#pragma once

#include "clock/chain.h"
#include "clock/rehearsal.h"
#include "ticket/pick_http.h"
#include "web/frame.h"
#include "web/route.h"

enum { RULES_DAYS_MOST = 200 };

// One priority of an agreement whose chain does not fit.
struct rules_warning {
    struct words priority;
    bool vendor;
    struct chain chain;
    str over;
};

struct rules_agreement {
    const struct agreement *a;
    str first, solve;    // of priority 3
    const struct rules_warning *warning;
    isize warnings;
};

struct rules_page {
    const struct calendar_store *calendar;
    const struct rules_agreement *agreement;
    isize calendars, agreements;
};

struct rules_calendar_page {
    struct calendar_store c;
    str days;
    const struct rehearsal *tried;
};

struct rules_agreement_page {
    struct agreement a;
    const struct calendar_store *calendar;
    isize calendars;
    struct pick category;
    str typed[AGREEMENT_ROWS][AGREEMENT_PRIORITIES];
    const struct rules_warning *warning;
    isize warnings;
    const struct rehearsal *tried;
};

// "15 min", "4 h", "1 h 30 min", "90" (minutes), or nothing: 0.  False: not understood.
bool rules_span_read(str s, int *seconds);

str rules_hours(const struct page *p, const struct calendar_store *c);    // Mo 8-18, ...
str rules_number(const struct page *p, int64_t number);
str rules_field(const struct page *p, int row, int priority);
str rules_word(const struct page *p, const struct reckon_clock *k);    // due, in words

extern const struct route rules_routes[];
