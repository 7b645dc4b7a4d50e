// SPDX-License-Identifier: GPL-3.0-or-later
// What SQLite and PostgreSQL each provide; only db/ includes this.
#pragma once

#include "db/db.h"

struct db_backend {
    enum err (*run)(struct ctx *cx, const struct db_stmt *st, const struct db_value *arg,
                    struct db_result *out);
    enum err (*prepare)(struct ctx *cx, const struct db_stmt *st);
    enum err (*script)(struct ctx *cx, const char *sql);
    enum err (*commit)(struct ctx *cx);
    void (*rollback)(struct db *db);
    bool (*is_open)(struct db *db);    // a transaction
    void (*close)(struct db *db);
};

// The head of each backend's own struct.
struct db {
    const struct db_backend *backend;
    enum db_mode mode;
    int fail_at;    // counts down; see db_fail_at()
    bool failed;
    bool in_doubt;    // B7
};

fallible sqlite_open(struct ctx *cx, str dir, enum db_mode mode, struct db **out);
fallible postgres_open(struct ctx *cx, str url, enum db_mode mode, struct db **out);

extern const struct db_backend sqlite_backend, postgres_backend;

// Cells are collected row by row; the array doubles inside the arena.
struct db_cells {
    struct db_value *cell;
    isize n, cap;
};
struct db_value *db_cells_row(struct ctx *cx, struct db_cells *c, isize cols);
int db_statement_count(void);
