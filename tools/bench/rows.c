// SPDX-License-Identifier: GPL-3.0-or-later
// What this disk and SQLite reach.  Four figures: durable rows a second of a table without an
// index, in commits of 100; cases a second, if a case were nothing but its 11 rows and their 33
// entries in indexes, in commits of 64; mails a second, if a mail were nothing but its 20 KB
// added to a file, with one fsync for 16; and if it were its own row, stored and read back, that
// of its HTML, and the rows of its case, in commits of 16.      rows FOLDER
#define _GNU_SOURCE
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { SECONDS = 3, ROWS_OF_CASE = 11, MAIL = 20480, GROUP = 16 };

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

static double appended_a_second(const char *path)
{
    static char mail[MAIL];
    int fd = open(path, O_CREAT | O_WRONLY | O_APPEND, 0600);
    double start = now();
    long mails = 0;
    while (fd >= 0 && now() - start < SECONDS) {
        for (int i = 0; i < GROUP; i++, mails++)
            if (write(fd, mail, MAIL) != MAIL)
                exit(1);
        if (fdatasync(fd) != 0)
            exit(1);
    }
    close(fd);
    return (double)mails / (now() - start);
}

static void step(sqlite3_stmt *st, long n)
{
    sqlite3_bind_int64(st, 1, n);
    while (sqlite3_step(st) == SQLITE_ROW)
        (void)sqlite3_column_blob(st, 0);
    sqlite3_reset(st);
}

static double mails_a_second(sqlite3 *db)
{
    sqlite3_stmt *in, *out, *html, *row;
    run(db, "create table mail (id integer primary key, digest blob not null, bytes blob not null) strict");
    run(db, "create unique index mail_digest on mail (digest)");
    run(db, "create table html (id integer primary key, text text not null) strict");
    sqlite3_prepare_v2(db, "insert into mail (id, digest, bytes) values (?1, randomblob(32), zeroblob(20480))", -1, &in, NULL);
    sqlite3_prepare_v2(db, "select bytes from mail where id = ?1", -1, &out, NULL);
    sqlite3_prepare_v2(db, "insert into html (id, text) values (?1, printf('%.15000c', 'x'))", -1, &html, NULL);
    sqlite3_prepare_v2(db, "insert into full (at, who, text) values (?1, ?1 * 7919 % 100003, 'a row of some fifty bytes, as rows are in life')", -1, &row, NULL);
    double start = now();
    long mails = 0;
    while (now() - start < SECONDS) {
        run(db, "begin");
        for (int i = 0; i < GROUP; i++)
            step(in, ++mails);
        run(db, "commit; begin");    // it is stored before it is read, and answered
        for (long n = mails - GROUP + 1; n <= mails; n++) {
            step(out, n);
            step(html, n);
            for (int k = 0; k < ROWS_OF_CASE; k++)
                step(row, n);
        }
        run(db, "commit");
    }
    return (double)mails / (now() - start);
}

int main(int argc, char **argv)
{
    char path[4096], file[4096];
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
    snprintf(file, sizeof file, "%s/mails", argc > 1 ? argv[1] : ".");
    printf("%.0f %.0f %.0f %.0f\n", bare, full / ROWS_OF_CASE, appended_a_second(file), mails_a_second(db));
    return 0;
}
