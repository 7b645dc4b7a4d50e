// SPDX-License-Identifier: GPL-3.0-or-later
// What the tests of this folder share: a product that has outlived its support, and a case
// about one.
#pragma once

#include "base/zone.h"
#include "workplace/workplace_test.h"

static inline product_id outlived(struct world *w, product_id next, const char *offer)
{
    product_id id = {0};
    struct product p = {.name = S("Router Fjord 2"),
                        .words = S("Fjord 2"),
                        .life = {zone_days(2018, 12, 31), zone_days(2020, 6, 30)},
                        .successor = next,
                        .offer = {.de = str_from_z(offer)}};
    check(end(w, product_add(begin(w), &p, &id)) == OK);
    return id;
}

static inline struct made_case about(struct world *w, product_id product)
{
    struct made_case c = a_case(w);
    struct ctx *cx = begin_as(w, ADA);
    struct ticket_at at = {c.id, TICKET_ANY_VERSION};
    struct ticket_class k = {
        .type = TICKET_INCIDENT, .product = product, .impact = 1, .urgency = 2};
    check(end(w, ticket_classify(cx, &at, &k)) == OK);
    return c;
}
