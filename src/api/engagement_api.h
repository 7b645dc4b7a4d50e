// SPDX-License-Identifier: GPL-3.0-or-later
// /api/v1/tickets/{number}/engagements and /api/v1/engagements/{id}: consult, hand over,
// return, swarm, and their answers.
#pragma once

#include "web/route.h"

extern const struct route engagement_api_routes[];
