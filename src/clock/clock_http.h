// SPDX-License-Identifier: GPL-3.0-or-later
// /w/t/{nr}/uhren: the clocks of a case, each with its ledger, and those that the law sets.
#pragma once

#include "clock/ledger.h"
#include "clock/legal_case.h"
#include "web/frame.h"
#include "web/route.h"

struct clock_view {
    const struct reckon_clock *clock;
    struct words name, state;
    const char *tone;    // of the badge: good, bad, warn, info
    str used, target, paused;
    const struct ledger_line *line;
    isize lines;
    bool open;    // its ledger is shown unfolded
};

struct clock_page {
    const struct clock_case *c;
    str number;
    const struct clock_view *view;
    isize views;
    const struct legal_clock *legal;
    isize legals;
    str kind, day, clock;    // the form that starts one
};

const char *clock_legal_tone(const struct page *p, const struct legal_clock *l);
struct words clock_legal_state(const struct page *p, const struct legal_clock *l);
str clock_money(const struct page *p, int64_t cents);

const char *clock_line_class(const struct ledger_line *l);

extern const struct route clock_routes[];
