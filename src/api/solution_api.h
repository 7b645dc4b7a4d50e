// SPDX-License-Identifier: GPL-3.0-or-later
// /api/v1/solutions.
#pragma once

#include "web/route.h"

extern const struct route solution_api_routes[];
