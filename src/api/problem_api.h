// SPDX-License-Identifier: GPL-3.0-or-later
// Problems: the list, one of them, opening one, and which case belongs to it.
//
//   B1  The same rules as on the pages (problem/problem.h): whoever works may open one and
//       link; another desk's is not there.
#pragma once

#include "web/route.h"

extern const struct route problem_api_routes[];
