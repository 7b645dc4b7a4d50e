// SPDX-License-Identifier: GPL-3.0-or-later
// The levels of a desk: what they are called, and how many of them it has people for.
//
//   L1  There are five: 0 self-service, 1 to 3 the desk's own, 4 vendors and providers.
//   L2  A desk that never said otherwise has three staffed levels with the usual names.
//   L3  Names are given in both languages, and in the words customers hear.
//   L4  A level with a team of people is staffed; it cannot be taken away under them.
#pragma once

#include "base/ctx.h"

enum { LEVELS = 5, LEVEL_SELF = 0, LEVEL_LAST_OWN = 3, LEVEL_VENDOR = 4 };

struct level {
    struct words name;        // 2nd Level (Fachtechnik)
    struct words customer;    // bei der Fachtechnik / with our technicians
};

struct levels {
    int staffed;    // 1 to 3: how many of the own levels have people
    struct level level[LEVELS];
};

fallible level_load(struct ctx *cx, struct levels *out);
fallible level_save(struct ctx *cx, const struct levels *l);
