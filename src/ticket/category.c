// SPDX-License-Identifier: GPL-3.0-or-later
#include "ticket/category.h"

#include "base/length.h"
#include "base/limits.h"
#include "choice.sql.h"
#include "event/event.h"
#include "mail/clean.h"
#include "ticket.sql.h"
#include "ticket/name_key.h"

static enum err check_parent(struct ctx *cx, const struct category *c)    // C1
{
    struct q_category_parent row;
    if (c->parent.n == 0)
        return OK;
    TRY(q_category_parent(cx, c->parent, &row));
    if (row.parent.n != 0)
        return invalid(cx, "parent", "Topics have two levels at most.",
                       "Themen haben höchstens zwei Ebenen.");
    if (row.ended.ms != 0 && c->ended.ms == 0)    // C5
        return invalid(cx, "parent", "The topic above it can no longer be chosen.",
                       "Das Thema darüber steht nicht mehr zur Auswahl.");
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

enum err category_add(struct ctx *cx, const struct category *given, category_id *out)
{
    struct q_category_insert row;
    struct category c = clean(cx->arena, given);
    TRY(check_names(cx, &c));
    TRY(check_parent(cx, &c));
    enum err err =
        q_category_insert(cx, c.parent, c.name.de, c.name.en, c.words, c.ended, &row);
    if (err == ERR_STALE)
        return taken(cx, &c);
    TRY(err);
    c.id = *out = row.id;
    TRY(name_key_topic(cx, &c));
    return event_config(cx, "category", row.id.n);
}

static enum err stale(struct ctx *cx)    // C3
{
    return fail(cx, ERR_STALE, "Somebody else has changed this topic meanwhile.",
                "Jemand anderes hat dieses Thema inzwischen geändert.");
}

static enum err check_place(struct ctx *cx, const struct category *c)    // C1
{
    struct q_category_below below;
    TRY(q_category_below(cx, c->id, &below));
    if (below.chosen && c->ended.ms != 0)    // C5
        return invalid(cx, "parent", "Topics stand below this one. Take those out first.",
                       "Unter diesem Thema stehen andere. Nimm zuerst die heraus.");
    if (c->parent.n == 0)
        return OK;
    if (c->parent.n == c->id.n)
        return invalid(cx, "parent", "A topic does not belong to itself.",
                       "Ein Thema gehört nicht zu sich selbst.");
    if (below.yes)
        return invalid(cx, "parent", "Topics stand below this one; it stays at the top.",
                       "Unter diesem Thema stehen andere, es bleibt oben.");
    return check_parent(cx, c);
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
    TRY(q_category_change(cx, c.id, c.version, c.parent, c.name.de, c.name.en, c.words, c.ended,
                          &changed));
    if (changed == 0)
        return stale(cx);
    TRY(name_key_topic(cx, &c));
    return event_config(cx, "category", c.id.n);
}

enum err category_remove(struct ctx *cx, category_id id, int64_t version)
{
    struct category c;
    int64_t changed;
    TRY(category_load(cx, id, &c));
    TRY(name_key_forget_topic(cx, id));
    enum err err = q_category_remove(cx, id, version, &changed);
    if (err == ERR_STALE)    // C6: the keys of other tables hold it
        return invalid(
            cx, "",
            "It cannot be deleted: something still has this topic. Stop offering it "
            "instead.",
            "Löschen geht nicht: Dieses Thema ist noch irgendwo eingetragen. Nimm es "
            "stattdessen aus der Auswahl.");
    TRY(err);
    return changed == 0 ? stale(cx) : event_config(cx, "category", id.n);
}

// A row of any statement that gives all of a topic.
#define FROM_ROW(r)                                           \
    ((struct category){.id = (r).id,                          \
                       .parent = (r).parent,                  \
                       .name = {(r).name_en, (r).name_de},    \
                       .above = {(r).above_en, (r).above_de}, \
                       .words = (r).words,                    \
                       .version = (r).version,                \
                       .ended = (r).ended})

struct words category_path(struct arena *a, const struct category *c)
{
    if (c->above.de.n == 0)
        return c->name;
    return (struct words){
        arena_fmt(a, STR_FMT " › " STR_FMT, STR_ARG(c->above.en), STR_ARG(c->name.en)),
        arena_fmt(a, STR_FMT " › " STR_FMT, STR_ARG(c->above.de), STR_ARG(c->name.de))};
}

enum err category_load(struct ctx *cx, category_id id, struct category *out)
{
    struct q_category_row *row;
    isize n = 0;
    if (id.n != 0)
        TRY(q_category_row(cx, id, &row, &n));
    if (n == 0)
        return db_absent(cx);
    *out = FROM_ROW(*row);
    return OK;
}

bool category_is_offered(const struct category *c)
{
    return c->ended.ms == 0;
}

static enum err offer(struct ctx *cx, category_id kept, bool top, struct category **out,
                      isize *n)
{
    struct q_category_offered *row;
    TRY(q_category_offered(cx, kept, top, LIMIT_CHOICES + 1, &row, n));
    *out = make(cx->arena, struct category, *n);
    for (isize i = 0; i < *n; i++)
        (*out)[i] = FROM_ROW(row[i]);
    return OK;
}

enum err category_offer(struct ctx *cx, category_id kept, struct category **out, isize *n)
{
    return offer(cx, kept, false, out, n);
}

enum err category_offer_tops(struct ctx *cx, category_id kept, struct category **out, isize *n)
{
    return offer(cx, kept, true, out, n);
}

enum err category_choose(struct ctx *cx, category_id id, category_id kept)
{
    struct category c;
    if (id.n == 0 || id.n == kept.n)
        return OK;
    TRY(category_load(cx, id, &c));
    return category_is_offered(&c)
               ? OK
               : invalid(cx, "category", "This topic can no longer be chosen.",
                         "Dieses Thema steht nicht mehr zur Auswahl.");
}

enum err category_by_name(struct ctx *cx, str name, category_id *out)
{
    struct q_category_by_name row;
    TRY(q_category_by_name(cx, name, &row));
    *out = row.id;
    return OK;
}

// C8
enum err category_said(struct ctx *cx, str text, category_id kept, int most,
                       struct category **out, isize *n)
{
    struct q_category_said *row;
    text = arena_lower(cx->arena, text);
    TRY(q_category_said(cx, name_key_text(cx->arena, text), text, kept, most, &row, n));
    *out = make(cx->arena, struct category, *n);
    for (isize i = 0; i < *n; i++)
        (*out)[i] = FROM_ROW(row[i]);
    return OK;
}

enum err category_page(struct ctx *cx, const struct choice_wish *wish, struct category **out,
                       isize *n)
{
    struct q_category_page *row;
    str like = choice_like(cx->arena, wish->typed);
    TRY(q_category_page(cx, like, wish->ended, wish->skip, wish->most, &row, n));
    *out = make(cx->arena, struct category, *n);
    for (isize i = 0; i < *n; i++)
        (*out)[i] = FROM_ROW(row[i]);
    return OK;
}

enum err category_count(struct ctx *cx, str typed, struct choice_count *out)
{
    struct q_category_count row;
    TRY(q_category_count(cx, choice_like(cx->arena, typed), &row));
    *out = (struct choice_count){row.offered, row.ended};
    return OK;
}

enum err category_used(struct ctx *cx, struct category **out, isize *n)
{
    struct q_category_used *row;
    TRY(q_category_used(cx, LIMIT_PAGE_ROWS, &row, n));
    *out = make(cx->arena, struct category, *n);
    for (isize i = 0; i < *n; i++)
        (*out)[i] = FROM_ROW(row[i]);
    return OK;
}

enum err category_find(struct ctx *cx, str typed, category_id kept, category_id *out,
                       enum choice_found *found)
{
    struct q_category_find *row;
    isize n;
    typed = str_trim(typed);
    TRY(q_category_find(cx, typed, choice_exact(cx->arena, typed), kept, &row, &n));
    bool several = n > 1 && row[0].exact == row[1].exact;
    *found = n == 0 ? CHOICE_NONE : several ? CHOICE_SEVERAL : CHOICE_ONE;
    if (*found == CHOICE_ONE)
        *out = row[0].id;
    return OK;
}

enum err category_among(struct ctx *cx, const int64_t *key, isize keys, struct category **out,
                        isize *n)
{
    struct q_category_among *row;
    TRY(q_category_among(cx, choice_keys(cx->arena, key, keys), &row, n));
    *out = make(cx->arena, struct category, *n);
    for (isize i = 0; i < *n; i++)
        (*out)[i] = FROM_ROW(row[i]);
    return OK;
}
