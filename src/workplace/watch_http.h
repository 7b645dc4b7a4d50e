// SPDX-License-Identifier: GPL-3.0-or-later
// Live pages (/live, web/live.h) and the list of keys (/w/tasten).
//
//   Y1  Who listens to a case must be able to see it; who listens to no case hears kinds only.
#pragma once

#include "web/route.h"

extern const struct route watch_routes[];
