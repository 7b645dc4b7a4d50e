// SPDX-License-Identifier: GPL-3.0-or-later
// The zone that a calendar file names: by IANA, by Windows, or by a path that ends in either.
#pragma once

#include "base/arena.h"

struct _icaltimezone;

// NULL: not known (I3).
struct _icaltimezone *ical_zone_find(struct arena *a, str name);
