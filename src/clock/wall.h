// SPDX-License-Identifier: GPL-3.0-or-later
// What the clock on the wall says anywhere on earth, by the IANA name of the place's zone.
//
//   A1  An hour that the spring leaves out counts from before the change, one that the autumn
//       repeats means its first pass (as in PEP 495 with fold 0, and base/zone.h).
//   A2  Zones are known from 2000 to 2099; before and after, the nearest offset holds.
//   A3  The tables are constants made from the tz database when Staffel is built
//       (tools/zonegen.py): nothing to read, to cache or to lack on the machine that serves.
//
// Local times are milliseconds as if 1970-01-01 00:00 on that wall were zero.
#pragma once

#include "base/base.h"

struct wall_change {
    int32_t from_min;      // minutes since 1970, UTC
    int16_t offset_min;    // ahead of UTC from then on
};

struct wall {
    const char *name;    // "Europe/Berlin"
    const struct wall_change *change;
    int changes;
};

const struct wall *wall_find(str name);    // NULL: there is no such zone

// How far the wall is ahead of UTC at t.  *until: the first instant at which that changes.
int64_t wall_offset_ms(const struct wall *w, instant t, instant *until);

int64_t wall_local(const struct wall *w, instant t);
instant wall_instant(const struct wall *w, int64_t local);    // A1

extern const struct wall wall_table[];    // by name
extern const isize wall_table_n;
