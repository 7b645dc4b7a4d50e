// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/lossy.h"
#include "testing/test.h"

#include "base/io.h"

#include <sqlite3.h>

static sqlite3 *open_db(struct world *w, const char *synchronous)
{
    sqlite3 *db = NULL;
    str path = arena_fmt(&w->kept, STR_FMT "/lossy.db", STR_ARG(w->place.dir));
    check(sqlite3_open(arena_z(&w->kept, path), &db) == SQLITE_OK);
    str pragma = arena_fmt(
        &w->kept,
        "pragma journal_mode = wal; pragma synchronous = %s; pragma wal_autocheckpoint = 5;"
        "create table if not exists t (n integer primary key, x blob)",
        synchronous);
    check(sqlite3_exec(db, arena_z(&w->kept, pragma), NULL, NULL, NULL) == SQLITE_OK);
    return db;
}

static int one_number(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *st;
    int n = -1;
    if (sqlite3_prepare_v2(db, sql, -1, &st, NULL) == SQLITE_OK
        && sqlite3_step(st) == SQLITE_ROW)
        n = sqlite3_column_int(st, 0);
    sqlite3_finalize(st);
    return n;
}

static void add_rows(sqlite3 *db, int n)
{
    for (int i = 0; i < n; i++)
        check(sqlite3_exec(db, "insert into t (x) values (randomblob(3000))", NULL, NULL, NULL)
              == SQLITE_OK);
}

static void copy(struct world *w, const char *name, int nth)
{
    struct ctx cx = {.arena = &w->kept};
    str bytes = {0};
    str from = arena_fmt(&w->kept, STR_FMT "/%s", STR_ARG(w->place.dir), name);
    str to = arena_fmt(&w->kept, STR_FMT "/cut%d-%s", STR_ARG(w->place.dir), nth, name);
    int fd = -1;
    if (io_read_file(&cx, from, 1 << 24, &bytes) != OK)
        return;
    check(io_create(&cx, to, &fd) == OK && io_write(&cx, fd, bytes) == OK);
    io_close(fd);
}

// What a power cut leaves: the files as they are on the disk, in a new folder, read without
// the layer, while the process that wrote them goes on in its own world.
static int rows_after_cut(struct world *w, int nth, bool *whole)
{
    copy(w, "lossy.db", nth);
    copy(w, "lossy.db-wal", nth);
    sqlite3 *db = NULL;
    str path = arena_fmt(&w->kept, STR_FMT "/cut%d-lossy.db", STR_ARG(w->place.dir), nth);
    check(sqlite3_open_v2(arena_z(&w->kept, path), &db, SQLITE_OPEN_READWRITE, "unix")
          == SQLITE_OK);
    sqlite3_stmt *st;
    *whole = sqlite3_prepare_v2(db, "pragma integrity_check", -1, &st, NULL) == SQLITE_OK
             && sqlite3_step(st) == SQLITE_ROW
             && strcmp((const char *)sqlite3_column_text(st, 0), "ok") == 0;
    sqlite3_finalize(st);
    int n = one_number(db, "select count(*) from t");
    sqlite3_close(db);
    return n;
}

static void V1_what_was_synced_stays(struct world *w)
{
    check(lossy_start(7));
    sqlite3 *db = open_db(w, "full");
    for (int i = 1; i <= 20; i++) {
        bool whole = false;
        add_rows(db, 1);
        check(one_number(db, "select count(*) from t") == i);
        check(rows_after_cut(w, i, &whole) == i && whole);
    }
    sqlite3_close(db);
    lossy_stop();
}

// The layer is not blind: without syncs, rows are missing or the file is damaged.
static void V1_what_was_not_synced_is_gone(struct world *w)
{
    check(lossy_start(7));
    sqlite3 *db = open_db(w, "off");
    int lost = 0;
    for (int i = 1; i <= 20; i++) {
        bool whole = false;
        add_rows(db, 1);
        lost += rows_after_cut(w, i, &whole) != i || !whole;
    }
    check(lost > 10);
    sqlite3_close(db);
    lossy_stop();
}

static void V1_this_process_sees_everything_at_once(struct world *w)
{
    check(lossy_start(7));
    sqlite3 *db = open_db(w, "off");
    add_rows(db, 50);
    check(one_number(db, "select count(*) from t") == 50);
    check(one_number(db, "select sum(length(x)) from t") == 150000);
    sqlite3_close(db);
    lossy_forget();
    lossy_stop();
}

const struct test lossy_tests[] = {
    T(V1_what_was_synced_stays),
    T(V1_what_was_not_synced_is_gone),
    T(V1_this_process_sees_everything_at_once),
    {0},
};
