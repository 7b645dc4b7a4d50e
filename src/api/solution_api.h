// SPDX-License-Identifier: GPL-3.0-or-later
// /api/v1/solutions.
#pragma once

#include "web/route.h"

#include "base/json.h"
#include "solution/solution.h"

struct solution solution_api_empty(const struct ctx *cx);

// What the body does not name stays as it is in *s.
fallible solution_api_take(struct ctx *cx, const struct json *o, struct solution *s);

extern const struct route solution_api_routes[];
