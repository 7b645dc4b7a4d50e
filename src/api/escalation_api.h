// SPDX-License-Identifier: GPL-3.0-or-later
// /api/v1/escalations and /api/v1/tickets/{number}/escalations: a case goes to the lead, who
// takes it and decides.
#pragma once

#include "web/route.h"

extern const struct route escalation_api_routes[];
