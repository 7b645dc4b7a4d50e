// SPDX-License-Identifier: GPL-3.0-or-later
// SQLite behind db.h.  One struct is used by one thread at a time (NOMUTEX).
#include "db/backend.h"

#include "base/limits.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/file.h>
#include <unistd.h>

enum { CONTROLS = 8, BUSY_MS = 5000 };

struct sqlite {
    struct db head;
    sqlite3 *conn;
    sqlite3_stmt **prepared;    // by statement id, filled at first use
    int count;
    struct {    // begin, commit, savepoint...: literals, so the pointer is their name
        const char *sql;
        sqlite3_stmt *st;
    } control[CONTROLS];
    int lock;    // the writer's hold on the directory
};

static struct sqlite *self(struct db *db)
{
    return (struct sqlite *)(void *)db;
}

static enum err report(struct ctx *cx, const char *what)
{
    struct sqlite *s = self(cx->db);
    int code = sqlite3_extended_errcode(s->conn);
    const char *why = sqlite3_errmsg(s->conn);
    if (code == SQLITE_CONSTRAINT_UNIQUE || code == SQLITE_CONSTRAINT_PRIMARYKEY)
        return fail(cx, ERR_STALE, "Somebody was faster; please look again.",
                    "Jemand war schneller. Bitte noch einmal nachsehen.");
    if (code == SQLITE_CONSTRAINT_FOREIGNKEY)    // it went meanwhile, or something needs it
        return fail(cx, ERR_STALE, "Something has changed meanwhile; please look again.",
                    "Inzwischen hat sich etwas geändert. Bitte noch einmal nachsehen.");
    int low = code & 0xff;
    bool wait = low == SQLITE_BUSY || low == SQLITE_LOCKED || low == SQLITE_FULL;
    return wait ? busy(cx, "%s: %s", what, why) : broken(cx, "%s: %s", what, why);
}

static bool bind(sqlite3_stmt *s, int i, struct db_value v)
{
    const char *p = v.s.n > 0 ? v.s.p : "";
    switch (v.kind) {
    case DB_NULL:
        return sqlite3_bind_null(s, i) == SQLITE_OK;
    case DB_INT:
        return sqlite3_bind_int64(s, i, v.n) == SQLITE_OK;
    case DB_TEXT:
        return sqlite3_bind_text64(s, i, p, (sqlite3_uint64)v.s.n, SQLITE_STATIC, SQLITE_UTF8)
               == SQLITE_OK;
    case DB_BYTES:
        return sqlite3_bind_blob64(s, i, p, (sqlite3_uint64)v.s.n, SQLITE_STATIC) == SQLITE_OK;
    }
    return false;
}

// By its value: asking the statement for type, bytes and length each looks it up anew, and a
// page reads a thousand of them.
static struct db_value column(struct ctx *cx, sqlite3_stmt *s, int i)
{
    sqlite3_value *v = sqlite3_column_value(s, i);
    switch (sqlite3_value_type(v)) {
    case SQLITE_NULL:
        return (struct db_value){0};
    case SQLITE_INTEGER:
        return db_int(sqlite3_value_int64(v));
    case SQLITE_FLOAT:
        return db_int((int64_t)sqlite3_value_double(v));
    case SQLITE_BLOB: {
        const char *p = sqlite3_value_blob(v);
        return db_bytes(arena_str(cx->arena, (str){p, sqlite3_value_bytes(v)}));
    }
    default: {
        const char *p = (const char *)sqlite3_value_text(v);
        return db_text(arena_str(cx->arena, (str){p, sqlite3_value_bytes(v)}));
    }
    }
}

static enum err fetch(struct ctx *cx, sqlite3_stmt *s, const char *name, struct db_result *out)
{
    int cols = sqlite3_column_count(s);
    struct db_cells cells = {0};
    isize rows = 0;
    int rc;
    while ((rc = sqlite3_step(s)) == SQLITE_ROW) {
        if (rows++ == LIMIT_ROWS)
            return broken(cx, "%s: more than %lld rows", name, (long long)LIMIT_ROWS);
        struct db_value *row = db_cells_row(cx, &cells, cols);
        for (int i = 0; i < cols; i++)
            row[i] = column(cx, s, i);
    }
    if (rc != SQLITE_DONE)
        return report(cx, name);
    *out = (struct db_result){cells.cell, rows, cols, sqlite3_changes64(self(cx->db)->conn)};
    return OK;
}

static void number_made(struct ctx *cx, struct db_result *out)
{
    out->cell = make(cx->arena, struct db_value, 1);
    out->cell[0] = db_int(sqlite3_last_insert_rowid(self(cx->db)->conn));
    out->rows = out->cols = 1;
}

static enum err sqlite_prepare(struct ctx *cx, const struct db_stmt *st)
{
    struct sqlite *s = self(cx->db);
    if (st->id < s->count && s->prepared[st->id] != NULL)
        return OK;
    sqlite3_stmt *p;
    if (sqlite3_prepare_v3(s->conn, st->sqlite, -1, SQLITE_PREPARE_PERSISTENT, &p, NULL)
        != SQLITE_OK)
        return report(cx, st->name);
    int cols = st->makes_id ? 0 : st->cols;
    if (sqlite3_bind_parameter_count(p) != st->args || sqlite3_column_count(p) != cols) {
        sqlite3_finalize(p);
        return broken(cx, "%s: its signature does not fit the statement", st->name);
    }
    s->prepared[st->id] = p;
    return OK;
}

static enum err run_prepared(struct ctx *cx, sqlite3_stmt *p, const struct db_stmt *st,
                             const struct db_value *arg, struct db_result *out)
{
    enum err err = OK;
    for (int i = 0; i < st->args && err == OK; i++)
        if (!bind(p, i + 1, arg[i]))
            err = report(cx, st->name);
    if (err == OK)
        err = fetch(cx, p, st->name, out);
    if (err == OK && st->makes_id)
        number_made(cx, out);
    sqlite3_reset(p);
    return err;
}

// Statements that are not in the table (id < 0) come from filter.c and tests.
static enum err run_once(struct ctx *cx, const struct db_stmt *st, const struct db_value *arg,
                         struct db_result *out)
{
    sqlite3_stmt *p;
    if (sqlite3_prepare_v2(self(cx->db)->conn, st->sqlite, -1, &p, NULL) != SQLITE_OK)
        return report(cx, st->name);
    enum err err = run_prepared(cx, p, st, arg, out);
    sqlite3_finalize(p);
    return err;
}

static enum err sqlite_run(struct ctx *cx, const struct db_stmt *st, const struct db_value *arg,
                           struct db_result *out)
{
    if (st->id < 0)
        return run_once(cx, st, arg, out);
    TRY(sqlite_prepare(cx, st));
    return run_prepared(cx, self(cx->db)->prepared[st->id], st, arg, out);
}

static sqlite3_stmt *control(struct sqlite *s, const char *sql)
{
    for (int i = 0; i < CONTROLS; i++) {
        if (s->control[i].sql == sql)
            return s->control[i].st;
        if (s->control[i].sql == NULL
            && sqlite3_prepare_v3(s->conn, sql, -1, SQLITE_PREPARE_PERSISTENT,
                                  &s->control[i].st, NULL)
                   == SQLITE_OK) {
            s->control[i].sql = sql;
            return s->control[i].st;
        }
    }
    return NULL;
}

static bool is_control(const char *sql)
{
    return memchr("bcsr", sql[0], 4) != NULL && strchr(sql, ';') == NULL && strlen(sql) < 40;
}

static enum err sqlite_script(struct ctx *cx, const char *sql)
{
    struct sqlite *s = self(cx->db);
    sqlite3_stmt *p = is_control(sql) ? control(s, sql) : NULL;
    if (p != NULL) {
        int rc = sqlite3_step(p);
        sqlite3_reset(p);
        return rc == SQLITE_DONE ? OK : report(cx, sql);
    }
    return sqlite3_exec(s->conn, sql, NULL, NULL, NULL) == SQLITE_OK ? OK
                                                                     : report(cx, "script");
}

static enum err sqlite_commit(struct ctx *cx)
{
    return sqlite_script(cx, "commit");
}

static bool sqlite_is_open(struct db *db)
{
    return !sqlite3_get_autocommit(self(db)->conn);
}

static void sqlite_rollback(struct db *db)
{
    struct sqlite *s = self(db);
    if (!sqlite_is_open(db))
        return;
    sqlite3_stmt *p = control(s, "rollback");
    if (p == NULL) {
        sqlite3_exec(s->conn, "rollback", NULL, NULL, NULL);
        return;
    }
    sqlite3_step(p);
    sqlite3_reset(p);
}

static void sqlite_close_(struct db *db)
{
    struct sqlite *s = self(db);
    for (int i = 0; i < s->count; i++)
        sqlite3_finalize(s->prepared[i]);
    for (int i = 0; i < CONTROLS; i++)
        sqlite3_finalize(s->control[i].st);
    sqlite3_close(s->conn);
    if (s->lock >= 0)
        close(s->lock);
    free(s->prepared);
    free(s);
}

// clang-format off
static const struct {
    const char *set, *ask;
    int64_t expect;
    bool writer_only;
} pragmas[] = {
    {"pragma journal_mode = wal",        "select journal_mode = 'wal' from pragma_journal_mode", 1, true},
    {"pragma synchronous = full",        "pragma synchronous",                                   2, true},
    {"pragma foreign_keys = on",         "pragma foreign_keys",                                  1, true},
    {"pragma secure_delete = on",        "pragma secure_delete",                                 1, true},
    {"pragma wal_autocheckpoint = 8000", "pragma wal_autocheckpoint",                         8000, true},
    {"pragma temp_store = memory",       "pragma temp_store",                                    2, true},
    {"pragma mmap_size = 0",             "pragma mmap_size",                                     0, false},
    {"pragma cache_size = -4000",        "pragma cache_size",                                -4000, false},
    {"pragma trusted_schema = off",      "pragma trusted_schema",                                0, false},
};
// clang-format on

static enum err ask(struct ctx *cx, const char *sql, int64_t *out)
{
    struct db_stmt st = {.name = sql, .id = -1, .sqlite = sql};
    struct db_result r;
    TRY(sqlite_run(cx, &st, NULL, &r));
    *out = r.rows == 1 ? r.cell[0].n : 0;
    return OK;
}

static enum err settle(struct ctx *cx, enum db_mode mode)
{
    struct sqlite *s = self(cx->db);
    sqlite3_extended_result_codes(s->conn, 1);
    sqlite3_busy_timeout(s->conn, BUSY_MS);
    sqlite3_db_config(s->conn, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    // A plan that looks at the bound values is made anew at every bind: a quarter of a write.
    sqlite3_db_config(s->conn, SQLITE_DBCONFIG_ENABLE_QPSG, 1, NULL);
    for (isize i = 0; i < countof(pragmas); i++) {
        int64_t got;
        if (pragmas[i].writer_only && mode != DB_WRITER)
            continue;
        TRY(sqlite_script(cx, pragmas[i].set));
        TRY(ask(cx, pragmas[i].ask, &got));
        if (got != pragmas[i].expect)
            return broken(cx, "“%s” had no effect", pragmas[i].set);
    }
    return OK;
}

static enum err take_lock(struct ctx *cx, str dir, int *out)
{
    int fd = open(arena_z(cx->arena, arena_fmt(cx->arena, STR_FMT "/lock", STR_ARG(dir))),
                  O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0)
        return broken(cx, "cannot open the lock file in " STR_FMT, STR_ARG(dir));
    if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
        close(fd);
        return fail(cx, ERR_BUSY, "Another Staffel process is using " STR_FMT ".",
                    "Ein anderer Staffel-Prozess benutzt " STR_FMT ".", STR_ARG(dir));
    }
    *out = fd;
    return OK;
}

static enum err connect_to(struct ctx *cx, str dir, enum db_mode mode)
{
    struct sqlite *s = self(cx->db);
    if (mode == DB_WRITER)
        TRY(take_lock(cx, dir, &s->lock));
    const char *path =
        arena_z(cx->arena, arena_fmt(cx->arena, STR_FMT "/staffel.db", STR_ARG(dir)));
    int flags =
        mode == DB_WRITER ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY;
    if (sqlite3_open_v2(path, &s->conn, flags | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
        return broken(cx, "cannot open %s: %s", path, sqlite3_errmsg(s->conn));
    return settle(cx, mode);
}

enum err sqlite_open(struct ctx *cx, str dir, enum db_mode mode, struct db **out)
{
    // Counting every allocation takes a lock that all readers share: 4 % of a page's time.
    // Refused, without harm, when the library runs already.
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    struct sqlite *s = calloc(1, sizeof *s);
    if (s == NULL)
        abort();
    s->head = (struct db){.backend = &sqlite_backend, .mode = mode};
    s->lock = -1;
    s->count = db_statement_count();
    s->prepared = calloc((size_t)s->count + 1, sizeof(sqlite3_stmt *));
    struct db *before = cx->db;
    cx->db = &s->head;
    enum err err = connect_to(cx, dir, mode);
    cx->db = before;
    if (err != OK) {
        sqlite_close_(&s->head);
        return err;
    }
    *out = &s->head;
    return OK;
}

const struct db_backend sqlite_backend = {.run = sqlite_run,
                                          .prepare = sqlite_prepare,
                                          .script = sqlite_script,
                                          .commit = sqlite_commit,
                                          .rollback = sqlite_rollback,
                                          .is_open = sqlite_is_open,
                                          .close = sqlite_close_};
