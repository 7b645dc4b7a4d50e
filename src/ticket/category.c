// SPDX-License-Identifier: GPL-3.0-or-later
#include "ticket/category.h"

#include "base/length.h"
#include "base/limits.h"
#include "ticket.sql.h"

static enum err check_parent(struct ctx *cx, category_id parent)    // C1
{
    struct q_category_parent row;
    if (parent.n == 0)
        return OK;
    TRY(q_category_parent(cx, parent, &row));
    if (row.parent.n != 0)
        return invalid(cx, "parent", "Categories have two levels at most.",
                       "Einordnungen haben höchstens zwei Ebenen.");
    return OK;
}

enum err category_add(struct ctx *cx, const struct category *c, category_id *out)
{
    if (str_trim(c->name.de).n == 0 || str_trim(c->name.en).n == 0)
        return invalid(cx, "name", "A category has a name in both languages.",
                       "Eine Einordnung hat einen Namen in beiden Sprachen.");
    TRY(length_check(cx, "name", c->name.de, LIMIT_LINE));
    TRY(length_check(cx, "name", c->name.en, LIMIT_LINE));
    TRY(length_check(cx, "name", c->words, LIMIT_LINE));
    TRY(check_parent(cx, c->parent));
    struct q_category_insert row;
    enum err err = q_category_insert(cx, c->parent, c->name.de, c->name.en, c->words, &row);
    if (err == ERR_STALE)    // C2
        return invalid(cx, "name", "“" STR_FMT "” exists already.",
                       "„" STR_FMT "“ gibt es schon.", STR_ARG(c->name.de));
    TRY(err);
    *out = row.id;
    return OK;
}

enum err category_list(struct ctx *cx, struct category **out, isize *n)
{
    struct q_category_list *row;
    TRY(q_category_list(cx, &row, n));
    *out = make(cx->arena, struct category, *n);
    for (isize i = 0; i < *n; i++)
        (*out)[i] = (struct category){
            row[i].id, row[i].parent, {row[i].name_en, row[i].name_de}, row[i].words};
    return OK;
}

enum err category_by_name(struct ctx *cx, str name, category_id *out)
{
    struct q_category_by_name row;
    TRY(q_category_by_name(cx, name, &row));
    *out = row.id;
    return OK;
}
