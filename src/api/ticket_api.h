// SPDX-License-Identifier: GPL-3.0-or-later
// /api/v1/tickets and what hangs on them: messages and engagements.
#pragma once

#include "web/route.h"

extern const struct route ticket_api_routes[];
