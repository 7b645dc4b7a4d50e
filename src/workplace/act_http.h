// SPDX-License-Identifier: GPL-3.0-or-later
// What one press does to a case: take, release, go on, close, put away; and its Lagebild.
//
//   A1  Each carries the version its reader saw; a case that changed meanwhile is shown as it
//       is now, and nothing is done to it.
#pragma once

#include "web/route.h"

extern const struct route act_routes[];
