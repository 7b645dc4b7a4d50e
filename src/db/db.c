// SPDX-License-Identifier: GPL-3.0-or-later
#include "db/db.h"

#include "db/backend.h"

enum err db_open(struct ctx *cx, const struct db_place *place, enum db_mode mode,
                 struct db **out)
{
    if (place->postgres.n > 0)
        return postgres_open(cx, place->postgres, mode, out);
    return sqlite_open(cx, place->dir, mode, out);
}

void db_close(struct db *db)
{
    if (db != NULL)
        db->backend->close(db);
}

bool db_is_postgres(const struct db *db)
{
    return db->backend == &postgres_backend;
}

int db_statement_count(void)
{
    int n = 0;
    while (db_statements[n] != NULL)
        n++;
    return n;
}

enum err db_prepare_all(struct ctx *cx)
{
    for (int i = 0; db_statements[i] != NULL; i++)
        TRY(cx->db->backend->prepare(cx, db_statements[i]));
    return OK;
}

static bool fault(struct db *db)
{
    if (db->fail_at == 0 || --db->fail_at > 0)
        return false;
    return db->failed = true;
}

enum err db_run(struct ctx *cx, const struct db_stmt *st, const struct db_value *arg,
                struct db_result *out)
{
    if (fault(cx->db))
        return busy(cx, "%s: fault put here by a test", st->name);
    return cx->db->backend->run(cx, st, arg, out);
}

struct db_value *db_cells_row(struct ctx *cx, struct db_cells *c, isize cols)
{
    if (c->n + cols > c->cap) {
        // Most results are one row: room for eight more only when there is a second.
        isize cap = c->cap == 0 ? int_max(cols, 1) : int_max(c->cap * 2, cols * 8);
        struct db_value *cell = make(cx->arena, struct db_value, cap);
        if (c->n > 0)
            memcpy(cell, c->cell, (size_t)c->n * sizeof *cell);
        c->cell = cell;
        c->cap = cap;
    }
    c->n += cols;
    return c->cell + c->n - cols;
}

enum err db_script(struct ctx *cx, const char *sql)
{
    return cx->db->backend->script(cx, sql);
}

// A reader of SQLite takes its snapshot at its first statement; PostgreSQL must be told that
// the whole page is to see one state.
enum err db_begin(struct ctx *cx)
{
    cx->db->in_doubt = false;
    if (cx->db->mode == DB_WRITER)
        return db_script(cx, db_is_postgres(cx->db) ? "begin" : "begin immediate");
    return db_script(cx, db_is_postgres(cx->db)
                             ? "begin isolation level repeatable read read only"
                             : "begin");
}

enum err db_commit(struct ctx *cx)
{
    if (fault(cx->db))
        return busy(cx, "commit: fault put here by a test");
    return cx->db->backend->commit(cx);
}

bool db_in_doubt(const struct db *db)
{
    return db->in_doubt;
}

bool db_is_open(struct db *db)
{
    return db->backend->is_open(db);
}

void db_rollback(struct ctx *cx)
{
    cx->db->backend->rollback(cx->db);
}

enum err db_savepoint(struct ctx *cx)
{
    return db_script(cx, "savepoint one");
}

enum err db_release(struct ctx *cx)
{
    return db_script(cx, "release savepoint one");
}

enum err db_undo(struct ctx *cx)
{
    TRY(db_script(cx, "rollback to savepoint one"));
    return db_script(cx, "release savepoint one");
}

enum err db_copy(struct ctx *cx, str file)
{
    if (db_is_postgres(cx->db))
        return fail(cx, ERR_INVALID, "Back up PostgreSQL with pg_dump or its archive.",
                    "Sichere PostgreSQL mit pg_dump oder seinem Archiv.");
    static const struct db_stmt copy = {
        .name = "copy", .id = -1, .sqlite = "vacuum into ?1", .args = 1, .types = "t"};
    struct db_value to = db_text(file);
    struct db_result r;
    return db_run(cx, &copy, &to, &r);
}

int db_fail_at(struct db *db, int nth)
{
    int left = db->fail_at;
    db->fail_at = nth;
    if (nth > 0)
        db->failed = false;
    return left;
}

bool db_failed(const struct db *db)
{
    return db->failed;
}
