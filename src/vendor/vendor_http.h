// SPDX-License-Identifier: GPL-3.0-or-later
// /a/hersteller: where questions to the teams of level 4 go.
//
//   E1  What is typed comes back when it is refused.
//   E2  The list says how another vendor comes to be: as a team of level 4.
#pragma once

#include "vendor/vendor.h"
#include "web/frame.h"
#include "web/route.h"

struct vendor_list_page {
    const struct vendor *vendor;
    isize n;
};

extern const struct route vendor_routes[];
