// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/plan.h"

const struct db_stmt *plan_statement(const char *name)
{
    for (int i = 0; db_statements[i] != NULL; i++)
        if (strcmp(db_statements[i]->name, name) == 0)
            return db_statements[i];
    check(false);
    return db_statements[0];
}

str plan_of(struct ctx *cx, const struct db_stmt *st)
{
    str sql = arena_join(cx->arena, S("explain query plan "), str_from_z(st->sqlite));
    struct db_stmt explain = {
        .name = st->name, .id = -1, .sqlite = arena_z(cx->arena, sql), .types = ""};
    struct db_result r = {0};
    str plan = S("");
    check(db_run(cx, &explain, NULL, &r) == OK);
    for (isize i = 0; i < r.rows; i++)
        plan = arena_fmt(cx->arena, STR_FMT STR_FMT "\n", STR_ARG(plan),
                         STR_ARG(r.cell[i * r.cols + 3].s));
    return plan;
}
