// SPDX-License-Identifier: GPL-3.0-or-later
// The list of what is known, narrowed by what one looks for.
//
//   Q1  The number of a solution typed as a search goes straight to it.
//   Q2  The filters stand in the address, so a list can be kept as a bookmark.
//   Q3  Only what is meant for the reader is counted or listed (K2).
#pragma once

#include "solution/solution_http.h"

struct solution_rows {
    const struct solution *row;
    isize n;
    bool more;
    struct solution_filter filter;
    str q;
    str keep;    // the filters, for the links to other pages: "fuer=1&stufe=3"
    struct pick topic, goods;
    const struct product *product;    // of the rows
    isize products;
    bool may_write;
};

struct url solution_list_page(const struct page *p, const struct solution_rows *v, isize skip);
str solution_list_product(const struct solution_rows *v, product_id id);

extern const struct route solution_list_routes[];
