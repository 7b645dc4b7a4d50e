// SPDX-License-Identifier: GPL-3.0-or-later
// /api/v1/tickets/{number}/messages and the files that came with them.
#pragma once

#include "web/route.h"

extern const struct route message_api_routes[];
