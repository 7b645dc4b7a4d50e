// SPDX-License-Identifier: GPL-3.0-or-later
// Pages to read: start, search, help, contact, and what the law wants to be said.
#pragma once

#include "web/route.h"

extern const struct route portal_routes[];
