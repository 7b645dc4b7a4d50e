// SPDX-License-Identifier: GPL-3.0-or-later
#include "person/team.h"

#include "person.sql.h"

bool team_works(const struct team *t)
{
    enum { VENDOR_LEVEL = 4 };
    return t->level < VENDOR_LEVEL && !t->department;
}

enum err team_add(struct ctx *cx, const struct team *t, team_id *out)
{
    struct q_team_insert row;
    TRY(q_team_insert(cx, t->name.de, t->name.en, t->level, t->intake, t->department, &row));
    *out = row.id;
    return OK;
}

enum err team_load(struct ctx *cx, team_id id, struct team *out)
{
    struct q_team_by_id t;
    TRY(q_team_by_id(cx, id, &t));
    *out = (struct team){id, {t.name_en, t.name_de}, (int)t.level, t.intake, t.department};
    return OK;
}

enum err team_by_name(struct ctx *cx, str name, struct team *out)
{
    struct q_team_by_name t;
    TRY(q_team_by_name(cx, name, &t));
    return team_load(cx, t.id, out);
}

enum err team_list(struct ctx *cx, struct team **out, isize *n)
{
    struct q_team_list *row;
    TRY(q_team_list(cx, &row, n));
    *out = make(cx->arena, struct team, *n);
    for (isize i = 0; i < *n; i++)
        (*out)[i] = (struct team){row[i].id,
                                  {row[i].name_en, row[i].name_de},
                                  (int)row[i].level,
                                  row[i].intake,
                                  row[i].department};
    return OK;
}

enum err team_of_person(struct ctx *cx, person_id id, struct team **out, isize *n)
{
    struct q_team_of_person *row;
    TRY(q_team_of_person(cx, id, &row, n));
    *out = make(cx->arena, struct team, *n);
    for (isize i = 0; i < *n; i++)
        (*out)[i] = (struct team){row[i].id,
                                  {row[i].name_en, row[i].name_de},
                                  (int)row[i].level,
                                  row[i].intake,
                                  row[i].department};
    return OK;
}

enum err team_for_intake(struct ctx *cx, struct team *out)
{
    struct q_team_for_intake row;
    TRY(q_team_for_intake(cx, &row));
    return team_load(cx, row.id, out);
}
