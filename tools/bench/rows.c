// SPDX-License-Identifier: GPL-3.0-or-later
// What this disk and SQLite reach.  Two figures: durable rows a second of a table without an
// index, in commits of 100; and cases a second, if a case were nothing but its 11 rows and
// their 33 entries in indexes, in commits of 64.      rows FOLDER
#define _GNU_SOURCE
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { SECONDS = 3, ROWS_OF_CASE = 11 };

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void run(sqlite3 *db, const char *sql)
{
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK) {
        fprintf(stderr, "%s: %s\n", sql, sqlite3_errmsg(db));
        exit(1);
    }
}

static double rows_a_second(sqlite3 *db, const char *insert, int commit)
{
    sqlite3_stmt *st;
    sqlite3_prepare_v2(db, insert, -1, &st, NULL);
    double start = now();
    long rows = 0;
    while (now() - start < SECONDS) {
        run(db, "begin");
        for (int i = 0; i < commit; i++, rows++) {
            sqlite3_bind_int64(st, 1, rows);
            sqlite3_bind_int64(st, 2, rows * 7919 % 100003);
            sqlite3_step(st);
            sqlite3_reset(st);
        }
        run(db, "commit");
    }
    sqlite3_finalize(st);
    return (double)rows / (now() - start);
}

int main(int argc, char **argv)
{
    char path[4096];
    sqlite3 *db;
    snprintf(path, sizeof path, "%s/rows.db", argc > 1 ? argv[1] : ".");
    if (sqlite3_open(path, &db) != SQLITE_OK)
        return 1;
    run(db, "pragma journal_mode = wal; pragma synchronous = full");
    run(db, "create table bare (id integer primary key, at integer not null, text text not null) strict");
    run(db, "create table full (id integer primary key, at integer not null, who integer not null, text text not null) strict");
    run(db, "create index full_at on full (at); create index full_who on full (who, at); create index full_both on full (at, who)");
    double bare = rows_a_second(db, "insert into bare (at, text) values (?, 'a row of some fifty bytes, as rows are in life' || substr(?, 1, 0))", 100);
    double full = rows_a_second(db, "insert into full (at, who, text) values (?, ?, 'a row of some fifty bytes, as rows are in life')", 64 * ROWS_OF_CASE);
    printf("%.0f %.0f\n", bare, full / ROWS_OF_CASE);
    return 0;
}
