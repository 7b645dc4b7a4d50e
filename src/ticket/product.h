// SPDX-License-Identifier: GPL-3.0-or-later
// Which product a case is about.  A desk has each name once.
#pragma once

#include "base/ctx.h"

KEY(product_id);

struct product {
    product_id id;
    str name;
    str words;    // what customers call it, blanks between
};

fallible product_add(struct ctx *cx, const struct product *p, product_id *out);
fallible product_list(struct ctx *cx, struct product **out, isize *n);    // by name
fallible product_by_name(struct ctx *cx, str name, product_id *out);
