// SPDX-License-Identifier: GPL-3.0-or-later
// What this disk and SQLite reach: durable rows a second in commits of 100.  rows FOLDER
#define _GNU_SOURCE
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

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

int main(int argc, char **argv)
{
    char path[4096];
    sqlite3 *db;
    sqlite3_stmt *st;
    snprintf(path, sizeof path, "%s/rows.db", argc > 1 ? argv[1] : ".");
    if (sqlite3_open(path, &db) != SQLITE_OK)
        return 1;
    run(db, "pragma journal_mode = wal; pragma synchronous = full");
    run(db, "create table row (id integer primary key, at integer not null, text text not null) strict");
    sqlite3_prepare_v2(db, "insert into row (at, text) values (?, 'a row of some fifty bytes, as rows are in life')", -1, &st, NULL);
    double start = now();
    long rows = 0;
    while (now() - start < 3) {
        run(db, "begin");
        for (int i = 0; i < 100; i++, rows++) {
            sqlite3_bind_int64(st, 1, rows);
            sqlite3_step(st);
            sqlite3_reset(st);
        }
        run(db, "commit");
    }
    printf("%.0f\n", (double)rows / (now() - start));
    return 0;
}
