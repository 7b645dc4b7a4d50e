// SPDX-License-Identifier: GPL-3.0-or-later
#include "staff/skill.h"

#include "base/limits.h"
#include "event/event.h"
#include "staff.sql.h"

const struct words skill_depths[4] = {
    WORDS("none", "keine"),
    WORDS("1 basic", "1 Grundlagen"),
    WORDS("2 good", "2 gut"),
    WORDS("3 specialist", "3 Spezialwissen"),
};

enum err skill_add(struct ctx *cx, struct words name, skill_id *out)
{
    struct q_staff_skill_insert row;
    str de = str_trim(name.de), en = str_trim(name.en);
    if (de.n == 0 || en.n == 0 || str_characters(de) > LIMIT_LINE
        || str_characters(en) > LIMIT_LINE)
        return invalid(cx, "name", "A skill has a name in both languages.",
                       "Eine Fähigkeit hat einen Namen in beiden Sprachen.");
    enum err err = q_staff_skill_insert(cx, de, en, &row);
    if (err == ERR_STALE)
        return invalid(cx, "name", "“" STR_FMT "” exists already.",
                       "„" STR_FMT "“ gibt es schon.", STR_ARG(de));
    TRY(err);
    *out = row.id;
    return event_config(cx, "skill", row.id.n);
}

enum err skill_by_name(struct ctx *cx, str name, skill_id *out)
{
    struct q_staff_skill_by_name row;
    TRY(q_staff_skill_by_name(cx, name, &row));
    *out = row.id;
    return OK;
}

enum err skill_list(struct ctx *cx, struct skill **out, isize *n)
{
    struct q_staff_skills *row;
    TRY(q_staff_skills(cx, &row, n));
    *out = make(cx->arena, struct skill, *n);
    for (isize i = 0; i < *n; i++)
        (*out)[i] = (struct skill){row[i].id, {row[i].name_en, row[i].name_de}};
    return OK;
}

enum err skill_need_count(struct ctx *cx, str typed, isize *out)
{
    struct q_staff_need_count row;
    TRY(q_staff_need_count(cx, choice_like(cx->arena, typed), &row));
    *out = (isize)row.n;
    return OK;
}

enum err skill_needs(struct ctx *cx, const struct choice_wish *wish, struct skill_need **out,
                     isize *n)
{
    struct q_staff_needs *row;
    TRY(q_staff_needs(cx, choice_like(cx->arena, wish->typed), wish->skip, wish->most, &row,
                      n));
    *out = make(cx->arena, struct skill_need, *n);
    for (isize i = 0; i < *n; i++)
        (*out)[i] = (struct skill_need){.id = row[i].id,
                                        .skill = row[i].skill,
                                        .skill_name = {row[i].name_en, row[i].name_de},
                                        .category = row[i].category,
                                        .product = row[i].product,
                                        .about = {row[i].about_en, row[i].about_de},
                                        .depth = (int)row[i].depth};
    return OK;
}

enum err skill_need_add(struct ctx *cx, const struct skill_need *n)
{
    int64_t changed;
    if (n->depth < 1 || n->depth > 3)
        return invalid(cx, "tiefe", "A depth is 1, 2 or 3.", "Die Tiefe ist 1, 2 oder 3.");
    if ((n->category.n == 0) == (n->product.n == 0))    // S2
        return invalid(cx, "thema", "Choose a topic or a product.",
                       "Wähle ein Thema oder ein Produkt.");
    TRY(q_staff_need_same(cx, n->skill, n->category, n->product));
    TRY(q_staff_need_insert(cx, n->skill, n->category, n->product, n->depth, &changed));
    if (changed == 0)
        return invalid(cx, "thema", "There is no such skill, topic or product.",
                       "Diese Fähigkeit, dieses Thema oder dieses Produkt gibt es nicht.");
    return event_config(cx, "skill", 0);
}

enum err skill_need_forget(struct ctx *cx, int64_t id)
{
    TRY(q_staff_need_forget(cx, id));
    return event_config(cx, "skill", 0);
}

enum err skill_of_person(struct ctx *cx, person_id person, struct skill_own **out, isize *n)
{
    struct q_staff_skill_of *row;
    TRY(q_staff_skill_of(cx, person, &row, n));
    *out = make(cx->arena, struct skill_own, *n);
    for (isize i = 0; i < *n; i++)
        (*out)[i] = (struct skill_own){
            {row[i].id, {row[i].name_en, row[i].name_de}}, (int)row[i].depth, row[i].learns};
    return OK;
}

enum err skill_say(struct ctx *cx, skill_id skill, int depth, bool learns)
{
    int64_t changed;
    if (depth < 0 || depth > 3)
        return invalid(cx, "tiefe", "A depth is 0 to 3.", "Die Tiefe geht von 0 bis 3.");
    TRY(q_staff_skill_say(cx, skill, depth, learns, &changed));
    return changed == 0 ? db_absent(cx) : OK;
}
