// SPDX-License-Identifier: GPL-3.0-or-later
// One way to the data, whichever database holds it.
//
//   B1  A result is plain data in the ctx's arena: no cursors to close, nothing to leak.
//   B2  Statements live in .sql files; tools/sqlgen.py turns each into a typed function named
//       q_<statement>.  Only generated code, db/filter.c and db/migrate.c call db_run().
//   B3  Every statement is prepared on both databases before the program serves anybody.
//   B4  SQLite has ONE connection that writes and checkpoints, and a lock file keeps a second
//       process out (Debian 12's 3.40.1 has the WAL-reset bug, which needs two).  Readers
//       open the file read-only.
//   B5  What was set is read back: a pragma that failed silently is found at start.
//   B6  The transaction belongs to the edge (db/writer.c, web/, tests), never to a feature.
//   B7  A commit whose answer never came is asked for: PostgreSQL knows what became of a
//       transaction (pg_xact_status).  Where nobody can say it, the commit is in doubt.
//   B8  An error names the statement and the column, never what was to be stored.
#pragma once

#include "base/ctx.h"

enum db_kind { DB_NULL, DB_INT, DB_TEXT, DB_BYTES };

struct db_value {
    enum db_kind kind;
    int64_t n;
    str s;
};

struct db_stmt {
    const char *name;        // as in the .sql file, for the log and EXPLAIN
    int id;                  // its place in db_statements
    const char *sqlite;      // ?1 ?2 ...
    const char *postgres;    // $1 $2 ...
    int args;
    const char *types;    // one of i t b for each argument
    int cols;
    bool makes_id;    // SQLite: one row is inserted, and the answer is its number
};

extern const struct db_stmt *const db_statements[];    // generated; ends with NULL

struct db_result {
    struct db_value *cell;    // row after row
    isize rows, cols;
    int64_t changed;    // rows an insert, update or delete touched
};

// Where the data is: a directory (SQLite in DIR/staffel.db) or a PostgreSQL address.
struct db_place {
    str dir;         // always there: files, sockets, locks
    str postgres;    // postgres://..., or empty for SQLite
};

enum db_mode { DB_READER = 1, DB_WRITER };

// ERR_BUSY if another process holds the directory or the server does not answer.
fallible db_open(struct ctx *cx, const struct db_place *place, enum db_mode mode, struct db **out);
void db_close(struct db *db);
fallible db_prepare_all(struct ctx *cx);    // B3
bool db_is_postgres(const struct db *db);

fallible db_run(struct ctx *cx, const struct db_stmt *st, const struct db_value *arg,
                struct db_result *out);

fallible db_begin(struct ctx *cx);         // on a reader: a snapshot
fallible db_commit(struct ctx *cx);
bool db_in_doubt(const struct db *db);     // B7: the last commit; until the next begin
bool db_is_open(struct db *db);            // a transaction: a full disk may have ended it
void db_rollback(struct ctx *cx);
fallible db_savepoint(struct ctx *cx);     // one level deep
fallible db_release(struct ctx *cx);
fallible db_undo(struct ctx *cx);          // back to the savepoint, which is gone then

// SQL from our own files that is not one statement: migrations, tests.
fallible db_script(struct ctx *cx, const char *sql);

// A consistent copy of the database as one file, while others go on writing.  SQLite only;
// PostgreSQL has its own tools for that (ERR_INVALID says which).
fallible db_copy(struct ctx *cx, str file);

// ERR_ABSENT with the sentence that also hides what exists but is not for the asker.
// Inline, so that the compiler sees: after it nothing is OK, and what was to be loaded is not read.
static inline fallible db_absent(struct ctx *cx)
{
    enum err err = fail(cx, ERR_ABSENT, "There is nothing here, or nothing that you may see.",
                        "Hier ist nichts, oder nichts, was du sehen darfst.");
    return err != OK ? err : ERR_ABSENT;
}

// Tests: make the nth statement from now fail with ERR_BUSY.  0 turns it off.  Returns how many
// were left until the one before.
int db_fail_at(struct db *db, int nth);
bool db_failed(const struct db *db);

static inline struct db_value db_int(int64_t n)
{
    return (struct db_value){.kind = DB_INT, .n = n};
}

static inline struct db_value db_int_or_null(int64_t n)
{
    return (struct db_value){.kind = n == 0 ? DB_NULL : DB_INT, .n = n};
}

static inline struct db_value db_text(str s)
{
    return (struct db_value){.kind = DB_TEXT, .s = s};
}

static inline struct db_value db_text_or_null(str s)
{
    return (struct db_value){.kind = s.n == 0 ? DB_NULL : DB_TEXT, .s = s};
}

static inline struct db_value db_bytes(str s)
{
    return (struct db_value){.kind = DB_BYTES, .s = s};
}

static inline struct db_value db_bytes_or_null(str s)
{
    return (struct db_value){.kind = s.n == 0 ? DB_NULL : DB_BYTES, .s = s};
}
