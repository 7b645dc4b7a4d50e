// SPDX-License-Identifier: GPL-3.0-or-later
#include "db/migrate.h"
#include "testing/test.h"

static void M2_a_newer_database_is_refused(struct world *w)
{
    struct ctx *cx = begin(w);
    check(db_script(cx, "insert into migration (number, applied) values (9999, 0)") == OK);
    check(end(w, OK) == OK);
    check(migrate_run(cx) == ERR_INVALID);
}

static void M4_nothing_pending_needs_no_right(struct world *w)
{
    struct ctx *cx = begin(w);
    if (db_is_postgres(w->db))
        check(db_script(cx, "drop role if exists staffel_reader; create role staffel_reader; "
                            "grant select on migration to staffel_reader; "
                            "set role staffel_reader")
              == OK);
    check(end(w, OK) == OK);
    check(migrate_run(cx) == OK);
    cx = begin(w);
    if (db_is_postgres(w->db))
        check(db_script(cx, "reset role; revoke all on migration from staffel_reader; "
                            "drop role staffel_reader")
              == OK);
    check(end(w, OK) == OK);
}

static void M5_how_old_it_is_without_a_change(struct world *w)
{
    int applied = 0, known = 0;
    struct ctx *cx = begin(w);
    check(end(w, OK) == OK);
    check(migrate_look(cx, &applied, &known) == OK && applied == known && known > 40);
    cx = begin(w);
    check(db_script(cx, "delete from migration where number > 17") == OK);
    check(end(w, OK) == OK);
    check(migrate_look(cx, &applied, &known) == OK && applied == 17 && known > 40);
    check(ask(w, "select max(number) from migration") == 17);
    cx = begin(w);
    check(db_script(cx, "drop table migration") == OK);
    check(end(w, OK) == OK);
    check(migrate_look(cx, &applied, &known) == ERR_ABSENT);
}

const struct test migrate_tests[] = {
    T(M2_a_newer_database_is_refused),
    T(M4_nothing_pending_needs_no_right),
    T(M5_how_old_it_is_without_a_change),
    {0},
};
