// SPDX-License-Identifier: GPL-3.0-or-later
#include "ticket/category.h"

#include "base/length.h"
#include "base/limits.h"
#include "event/event.h"
#include "mail/clean.h"
#include "ticket.sql.h"

static enum err check_parent(struct ctx *cx, category_id parent)    // C1
{
    struct q_category_parent row;
    if (parent.n == 0)
        return OK;
    TRY(q_category_parent(cx, parent, &row));
    if (row.parent.n != 0)
        return invalid(cx, "parent", "Topics have two levels at most.",
                       "Themen haben höchstens zwei Ebenen.");
    return OK;
}

static enum err check_names(struct ctx *cx, const struct category *c)
{
    if (str_trim(c->name.de).n == 0)
        return invalid(cx, "name_de", "A topic has a name in both languages.",
                       "Ein Thema hat einen Namen in beiden Sprachen.");
    if (str_trim(c->name.en).n == 0)
        return invalid(cx, "name_en", "A topic has a name in both languages.",
                       "Ein Thema hat einen Namen in beiden Sprachen.");
    TRY(length_check(cx, "name_de", c->name.de, LIMIT_LINE));
    TRY(length_check(cx, "name_en", c->name.en, LIMIT_LINE));
    return length_check(cx, "words", c->words, LIMIT_LINE);
}

// C4
static struct category clean(struct arena *a, const struct category *given)
{
    struct category c = *given;
    c.name = (struct words){clean_name(a, c.name.en), clean_name(a, c.name.de)};
    c.words = clean_name(a, c.words);
    return c;
}

static enum err taken(struct ctx *cx, const struct category *c)    // C2
{
    return invalid(cx, "name_de", "“" STR_FMT "” exists already.",
                   "„" STR_FMT "“ gibt es schon.", STR_ARG(c->name.de));
}

static enum err tell(struct ctx *cx, category_id id)
{
    return event_add(cx, (struct event){.kind = "config.changed",
                                        .object = id.n,
                                        .data = S("{\"of\":\"category\"}")});
}

enum err category_add(struct ctx *cx, const struct category *given, category_id *out)
{
    struct q_category_insert row;
    struct category c = clean(cx->arena, given);
    TRY(check_names(cx, &c));
    TRY(check_parent(cx, c.parent));
    enum err err = q_category_insert(cx, c.parent, c.name.de, c.name.en, c.words, &row);
    if (err == ERR_STALE)
        return taken(cx, &c);
    TRY(err);
    *out = row.id;
    return tell(cx, row.id);
}

static enum err check_place(struct ctx *cx, const struct category *c)    // C1
{
    struct q_category_below below;
    if (c->parent.n == 0)
        return OK;
    TRY(q_category_below(cx, c->id, &below));
    if (c->parent.n == c->id.n)
        return invalid(cx, "parent", "A topic does not belong to itself.",
                       "Ein Thema gehört nicht zu sich selbst.");
    if (below.yes)
        return invalid(cx, "parent", "Topics stand below this one; it stays at the top.",
                       "Unter diesem Thema stehen andere, es bleibt oben.");
    return check_parent(cx, c->parent);
}

enum err category_change(struct ctx *cx, const struct category *given)
{
    struct q_category_named same;
    struct category c = clean(cx->arena, given);
    int64_t changed;
    TRY(check_names(cx, &c));
    TRY(check_place(cx, &c));
    TRY(q_category_named(cx, c.name.de, c.id, &same));
    if (same.yes)
        return taken(cx, &c);
    TRY(q_category_change(cx, c.id, c.version, c.parent, c.name.de, c.name.en, c.words,
                          &changed));
    if (changed == 0)    // C3
        return fail(cx, ERR_STALE, "Somebody else has changed this topic meanwhile.",
                    "Jemand anderes hat dieses Thema inzwischen geändert.");
    return tell(cx, c.id);
}

static struct category from_row(const struct q_category_rows *r)
{
    return (struct category){r->id, r->parent, {r->name_en, r->name_de}, r->words, r->version};
}

enum err category_load(struct ctx *cx, category_id id, struct category *out)
{
    struct q_category_rows *row;
    isize n = 0;
    if (id.n != 0)
        TRY(q_category_rows(cx, id, &row, &n));
    if (n == 0)
        return db_absent(cx);
    *out = from_row(row);
    return OK;
}

enum err category_list(struct ctx *cx, struct category **out, isize *n)
{
    struct q_category_rows *row;
    TRY(q_category_rows(cx, (category_id){0}, &row, n));
    *out = make(cx->arena, struct category, *n);
    for (isize i = 0; i < *n; i++)
        (*out)[i] = from_row(&row[i]);
    return OK;
}

enum err category_by_name(struct ctx *cx, str name, category_id *out)
{
    struct q_category_by_name row;
    TRY(q_category_by_name(cx, name, &row));
    *out = row.id;
    return OK;
}
