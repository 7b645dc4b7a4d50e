// SPDX-License-Identifier: GPL-3.0-or-later
// Why is this deadline what it is: the life of one clock in lines that anybody can check.
//
//   U1  It says when and by what the clock started, the rule, the hours, each day with what it
//       counted, each pause with its cause, each change, and how it ended or until when.
//   U2  What the days counted adds up to what has elapsed, or to the target where it is due,
//       in the minutes that are shown.
//   U3  A closed day says why: the holiday, the calendar's own day.  Days that are closed as
//       every week stand in one line for as many as follow each other.
//   U4  Lines are in the order of time; long rows of days are drawn together.
//
// Pure, but for the arena.
#pragma once

#include "clock/clock_case.h"

enum ledger_mark {
    LEDGER_START = 1,
    LEDGER_RULE,
    LEDGER_DAY,
    LEDGER_PAUSE,
    LEDGER_CHANGE,
    LEDGER_END
};

struct ledger_line {
    instant at;
    enum ledger_mark mark;
    struct words text;
    int64_t counted_ms;    // of a day
};

enum { LEDGER_MOST = 200, LEDGER_DAYS = 21 };

isize ledger_lines(struct arena *a, const struct clock_case *c, const struct reckon_clock *k,
                   instant now, struct ledger_line *out);    // room for LEDGER_MOST

struct words ledger_name(struct arena *a, const struct reckon_clock *k);    // what runs
struct words ledger_state(const struct reckon_clock *k);    // Läuft, Angehalten ...
str ledger_span(struct arena *a, int64_t ms);               // 7 h 30 min
