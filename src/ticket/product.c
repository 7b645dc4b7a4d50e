// SPDX-License-Identifier: GPL-3.0-or-later
#include "ticket/product.h"

#include "base/length.h"
#include "base/limits.h"
#include "ticket.sql.h"

enum err product_add(struct ctx *cx, const struct product *p, product_id *out)
{
    if (str_trim(p->name).n == 0)
        return invalid(cx, "name", "A product has a name.", "Ein Produkt hat einen Namen.");
    TRY(length_check(cx, "name", p->name, LIMIT_LINE));
    TRY(length_check(cx, "name", p->words, LIMIT_LINE));
    struct q_product_insert row;
    enum err err = q_product_insert(cx, str_trim(p->name), p->words, &row);
    if (err == ERR_STALE)
        return invalid(cx, "name", "“" STR_FMT "” exists already.",
                       "„" STR_FMT "“ gibt es schon.", STR_ARG(p->name));
    TRY(err);
    *out = row.id;
    return OK;
}

enum err product_list(struct ctx *cx, struct product **out, isize *n)
{
    struct q_product_list *row;
    TRY(q_product_list(cx, &row, n));
    *out = make(cx->arena, struct product, *n);
    for (isize i = 0; i < *n; i++)
        (*out)[i] = (struct product){row[i].id, row[i].name, row[i].words};
    return OK;
}

enum err product_by_name(struct ctx *cx, str name, product_id *out)
{
    struct q_product_by_name row;
    TRY(q_product_by_name(cx, name, &row));
    *out = row.id;
    return OK;
}
