// SPDX-License-Identifier: GPL-3.0-or-later
// /api/v1/contacts.
#pragma once

#include "web/route.h"

extern const struct route contact_api_routes[];
