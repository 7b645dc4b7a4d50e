// SPDX-License-Identifier: GPL-3.0-or-later
// The page behind a signed link, and asking for such links.
#pragma once

#include "portal/portal_case.h"
#include "portal/portal_page_http.h"
#include "web/route.h"

extern const struct route portal_case_routes[];
