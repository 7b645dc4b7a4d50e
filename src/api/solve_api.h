// SPDX-License-Identifier: GPL-3.0-or-later
// /api/v1/tickets/{number}/solve: by a known solution, by one written now, or in words.
#pragma once

#include "web/route.h"

extern const struct route solve_api_routes[];
