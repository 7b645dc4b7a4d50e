// SPDX-License-Identifier: GPL-3.0-or-later
// The public holidays of Germany, Austria and Switzerland, by rule: 61 states, cantons and
// parts of them where another law holds (Augsburg, Catholic communities, Eichsfeld ...).
//
//   F1  Days come from the laws of the regions and from the date of Easter; there is no list of
//       dates, so every year works.
//   F2  A law counts from the year it came into force: 8 March in Berlin since 2019.
//   F3  Some days are holidays from noon on only (1 May in Solothurn).
//   F4  Some days are holidays on some weekdays only (26 December in Uri).
#pragma once

#include "base/base.h"

enum { HOLIDAY_REGIONS = 61 };

struct holiday_region {
    const char *code;    // ISO 3166-2, with a part: "DE-BY-A"
    struct words name;
};

extern const struct holiday_region holiday_regions[];    // [1] to [HOLIDAY_REGIONS]

int holiday_region(str code);    // 0: there is none

struct holiday {
    struct words name;
    bool afternoon;    // F3
};

// day: days since 1970.  False when it is none there.
bool holiday_on(int region, int64_t day, struct holiday *out);

int64_t holiday_easter(int year);    // days since 1970
