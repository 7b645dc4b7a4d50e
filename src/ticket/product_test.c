// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/test.h"
#include "ticket/product.h"

static void products_have_one_name(struct world *w)
{
    struct ctx *cx = begin(w);
    product_id x2, other;
    struct product *all;
    isize n;
    check(product_add(cx, &(struct product){.name = S("Router X2"), .words = S("kasten")}, &x2)
          == OK);
    check(product_add(cx, &(struct product){.name = S(" ")}, &other) == ERR_INVALID);
    check(product_list(cx, &all, &n) == OK && n == 1 && all[0].id.n == x2.n);
    check(product_by_name(cx, S("Router X2"), &other) == OK && other.n == x2.n);
    end(w, OK);
    cx = begin(w);
    check(end(w, product_add(cx, &(struct product){.name = S("Router X2")}, &other))
          == ERR_INVALID);
}

const struct test product_tests[] = {
    T(products_have_one_name),
    {0},
};
