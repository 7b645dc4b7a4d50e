// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/io.h"
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

// A database of before the migration of that number, in a folder of its own.
static struct db *old_data(struct world *w, int before)
{
    struct db_place place = {.dir = arena_join(&w->kept, w->place.dir, S("/old"))};
    struct ctx *cx = &w->cx;
    check(io_mkdir(cx, place.dir) == OK && db_open(cx, &place, DB_WRITER, &cx->db) == OK);
    check(db_script(cx, "create table migration (number bigint primary key, applied bigint)")
          == OK);
    for (int i = 0; i < before - 1; i++)
        check(db_script(cx, db_migrations[i].sqlite) == OK);
    check(db_script(
              cx, arena_z(&w->kept, arena_fmt(&w->kept, "insert into migration values (%d, 0)",
                                              before - 1)))
          == OK);
    return cx->db;
}

static const char *const topics =
    "insert into tenant (id, name, language, mail_address, base_url, secret, created) "
    "values (1, 'n', 1, 'a@b', '', x'00', 1);"
    "insert into team (id, tenant, name_de, name_en, level) values (1, 1, 't', 't', 1);"
    "insert into category (id, tenant, parent, name_de, name_en, needs, version, ended) values "
    "(3, 1, null, 'Netz', 'Network', 1, 4, 0), (2, 1, 3, 'WLAN', 'Wi-Fi', 0, 5, 6);"
    "insert into product (id, tenant, name, successor, offer) values (8, 1, 'Fjord 4', null, "
    "''), (7, 1, 'Fjord 3', 8, 'o');"
    "insert into team_category (team, category) values (1, 2);"
    "insert into team_product (team, product) values (1, 7);";

static void M6_a_table_made_anew_keeps_its_rows(struct world *w)
{
    struct ctx *cx = begin(w);
    struct db *desk = w->db;
    check(end(w, OK) == OK);
    if (db_is_postgres(desk))
        return;
    w->db = old_data(w, 71);
    check(db_script(cx, topics) == OK && migrate_run(cx) == OK);
    check(ask(w, "select count(*) from category where (id = 2 and parent = 3 and version = 5 "
                 "and ended = 6) or (id = 3 and needs = 1 and name_en = 'Network')")
          == 2);
    check(ask(w,
              "select count(*) from product where (id = 7 and successor = 8 and offer_de = 'o') "
              "or id = 8")
          == 2);
    check(ask(w, "select count(*) from pragma_foreign_key_check") == 0);
    check(ask(w, "select count(*) from sqlite_master where name like '%_was'") == 0);
    check(ask(w, "select count(*) from sqlite_master where type = 'index' "
                 "and name in ('category_parent', 'product_successor')")
          == 2);
    db_close(w->db);
    w->db = cx->db = desk;
}

const struct test migrate_tests[] = {
    T(M6_a_table_made_anew_keeps_its_rows),
    T(M2_a_newer_database_is_refused),
    T(M4_nothing_pending_needs_no_right),
    T(M5_how_old_it_is_without_a_change),
    {0},
};
