// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/limits.h"
#include "person/team.h"
#include "testing/test.h"

// One row more than any page shows is our bug, and said as one.
static void a_query_has_an_end(struct world *w)
{
    struct team *all;
    isize n;
    struct ctx *cx = begin(w);
    str sql =
        arena_fmt(cx->arena,
                  "with recursive n(i) as (select 4 union all select i + 1 from n where i < "
                  "%lld) insert into team (tenant, name_de, name_en, level) "
                  "select 1, 'x' || i, 'x' || i, 1 from n",
                  (long long)LIMIT_ROWS);
    check(db_script(cx, arena_z(cx->arena, sql)) == OK && end(w, OK) == OK);
    cx = begin(w);
    check(team_list(cx, &all, &n) == OK && n == LIMIT_ROWS);
    sql = S("insert into team (tenant, name_de, name_en, level) values (1, 'y', 'y', 1)");
    check(db_script(cx, arena_z(cx->arena, sql)) == OK);
    check(team_list(cx, &all, &n) == ERR_BROKEN);
    check_text(cx->detail.en, S("team_list: more than 1000 rows"));
    end(w, ERR_BROKEN);
}

// PostgreSQL would add the whole row, and the reason goes into the log (base/log.h, G1).
static void B8_an_error_tells_no_content(struct world *w)
{
    struct ctx *cx = begin(w);
    check(db_script(cx, "insert into team (tenant, name_de, name_en, level) "
                        "values (1, 'my pass' || 'word', null, 1)")
          == ERR_BROKEN);
    check(str_find(cx->detail.en, S("name_en")) >= 0);
    check(str_find(cx->detail.en, S("password")) < 0);
    end(w, ERR_BROKEN);
}

const struct test db_tests[] = {
    T(a_query_has_an_end),
    T(B8_an_error_tells_no_content),
    {0},
};
