// SPDX-License-Identifier: GPL-3.0-or-later
// The one clock.  Nobody else asks the operating system for the time (a test reads the
// symbol table): so tests can set it, and all rules of one piece of work see the same time.
#pragma once

#include "base/base.h"

instant now_utc(void);           // stored times
int64_t now_monotonic_ms(void);  // waiting, leases, rates: never jumps

void now_sleep_ms(int64_t ms);

enum {
    MINUTE_S = 60,
    HOUR_S = 60 * MINUTE_S,
    DAY_S = 24 * HOUR_S,
    MINUTE_MS = MINUTE_S * 1000,
    HOUR_MS = HOUR_S * 1000,
    DAY_MS = DAY_S * 1000,
};

instant instant_plus(instant t, int64_t seconds);
