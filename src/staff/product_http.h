// SPDX-License-Identifier: GPL-3.0-or-later
// /a/produkte: what cases are about, how long it is sold and supported, and what comes after it.
//
//   H1  What is typed comes back when it is refused.
//   H2  A day is typed as anywhere else (base/when.h); nothing is no end.
//   H3  What is no longer offered (product.h, R7) stands folded below, and is brought back there.
#pragma once

#include "staff/staff_http.h"
#include "ticket/product.h"

struct product_page {
    const struct product *product;
    isize n, ended;    // all of them, and those of H3
};

struct product_form {
    struct product p;
    str sold, supported;                // days, as typed or as they are
    const struct staff_choice *next;    // what may come after it
    isize nexts;
};

extern const struct route product_routes[];
