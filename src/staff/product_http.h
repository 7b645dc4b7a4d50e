// SPDX-License-Identifier: GPL-3.0-or-later
// /a/produkte: what cases are about, how long it is sold and supported, and what comes after it.
//
//   H1  What is typed comes back when it is refused.
//   H2  A day is typed as anywhere else (base/when.h); nothing is no end.
//   H3  What is no longer offered (product.h, R7) stands folded below, and is brought back there.
//   H4  More than a page of them are shown by the page, and looked for by a field above.
#pragma once

#include "staff/staff_http.h"
#include "ticket/pick_http.h"
#include "ticket/product.h"

struct product_list {
    const struct product *product;
    isize n;
    struct staff_list list;
};

struct product_page {
    struct product_list offered, ended;    // H3
};

struct product_form {
    struct product p;
    str sold, supported;    // days, as typed or as they are
    struct pick next;       // what may come after it
};

extern const struct route product_routes[];
