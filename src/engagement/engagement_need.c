// SPDX-License-Identifier: GPL-3.0-or-later
#include "engagement/engagement_need.h"

#include "engagement_need.sql.h"

enum err engagement_need_list(struct ctx *cx, const struct choice_wish *wish,
                              struct engagement_need **out, isize *n)
{
    struct q_need_list *row;
    TRY(q_need_list(cx, choice_like(cx->arena, wish->typed), wish->skip, wish->most, &row, n));
    *out = make(cx->arena, struct engagement_need, *n);
    for (isize i = 0; i < *n; i++)
        (*out)[i] = (struct engagement_need){.category = row[i].category,
                                             .name = {row[i].name_en, row[i].name_de},
                                             .below = row[i].below,
                                             .needs = (unsigned)row[i].needs};
    return OK;
}

enum err engagement_need_of(struct ctx *cx, category_id category, unsigned *out)
{
    struct q_need_of row;
    TRY(q_need_of(cx, category, &row));
    *out = (unsigned)row.needs;
    return OK;
}

enum err engagement_need_set(struct ctx *cx, category_id category, unsigned needs)
{
    return q_need_set(cx, category, needs & (NEED_TRIED | NEED_SITUATION));
}
