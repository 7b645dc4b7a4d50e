// SPDX-License-Identifier: GPL-3.0-or-later
// Choosing a topic or a product in a form.
//
//   P1  Up to LIMIT_CHOICES stand in a list.  Of more the name is typed, and what was solved most
//       of late is proposed, or what has the letters that were typed.
//   P2  What is typed is looked up among all that can be chosen and what is chosen already
//       (choice.h, N3), a topic also with the one above it: "Netz › WLAN".  Nothing typed is
//       nothing chosen.
//   P3  A name that nothing has, or several have, is refused at its field with what comes near it,
//       and stays typed.
#pragma once

#include "ticket/category.h"
#include "ticket/product.h"
#include "web/frame.h"

struct pick_option {
    int64_t value;
    struct words name;
};

struct pick {
    const char *field;    // of its key; of the typed name with "_name" behind
    int64_t chosen;
    struct pick_option *option;    // all, or proposals
    isize options;
    bool typed;    // P1: there are more
    str text;      // what stands in the field then
};

// What a form shows.  `kept`: what is stored; `chosen`: what the list shows as chosen.
fallible pick_topics(struct ctx *cx, const struct request *rq, const char *field,
                     category_id kept, int64_t chosen, struct pick *out);
fallible pick_tops(struct ctx *cx, const struct request *rq, const char *field,
                   category_id kept, int64_t chosen, struct pick *out);
fallible pick_products(struct ctx *cx, const struct request *rq, const char *field,
                       product_id kept, int64_t chosen, struct pick *out);

void pick_without(struct pick *p, int64_t value);    // a list offers that one not

// What it says (P2 P3); without the field, it stays as it is in *out.
fallible pick_topic(struct ctx *cx, const struct request *rq, const char *field,
                    category_id kept, category_id *out);
fallible pick_product(struct ctx *cx, const struct request *rq, const char *field,
                      product_id kept, product_id *out);
fallible pick_topic_named(struct ctx *cx, const char *field, str name, int64_t *out);
fallible pick_product_named(struct ctx *cx, const char *field, str name, int64_t *out);
