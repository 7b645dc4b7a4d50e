// SPDX-License-Identifier: GPL-3.0-or-later
#include "db/migrate.h"

static enum err ask(struct ctx *cx, const char *sql, int64_t arg, int64_t *out)
{
    struct db_stmt st = {.name = "migrate", .id = -1, .types = "i", .args = arg != 0};
    st.sqlite = st.postgres = sql;
    struct db_value v = db_int(arg);
    struct db_result r;
    TRY(db_run(cx, &st, &v, &r));
    if (out != NULL)
        *out = r.rows > 0 ? r.cell[0].n : 0;
    return OK;
}

static const char *const create =
    "create table if not exists migration (number bigint primary key, applied bigint not null)";

static int newest(void)
{
    int n = 0;
    while (db_migrations[n].number != 0)
        n++;
    return n;
}

enum err migrate_state(struct ctx *cx, int *applied, int *known)
{
    int64_t n;
    TRY(ask(cx, "select coalesce(max(number), 0) from migration", 0, &n));
    *applied = (int)n;
    *known = newest();
    return OK;
}

// PostgreSQL: a lock on the table itself, so the second node waits and then finds the work
// done (M3).  SQLite: the data directory's lock already keeps a second process out.
static enum err lock(struct ctx *cx)
{
    TRY(db_script(cx, create));
    return db_is_postgres(cx->db) ? db_script(cx, "lock table migration in exclusive mode")
                                  : OK;
}

static enum err is_there(struct ctx *cx, int64_t *out)
{
    if (!db_is_postgres(cx->db))
        return ask(cx, "select count(*) from sqlite_master where type = 'table' and name = 'migration'", 0,
                   out);
    return ask(cx,
               "select count(*) from information_schema.tables where table_name = 'migration' and "
               "table_schema = current_schema()",
               0, out);
}

// M4.  SQLite has no rights to lack.
static enum err is_current(struct ctx *cx, bool *out)
{
    int64_t there = 0, done = 0;
    *out = false;
    if (!db_is_postgres(cx->db))
        return OK;
    TRY(is_there(cx, &there));
    if (there > 0)
        TRY(ask(cx, "select coalesce(max(number), 0) from migration", 0, &done));
    *out = done == newest();
    return OK;
}

static enum err apply(struct ctx *cx)
{
    int64_t done;
    bool current;
    TRY(is_current(cx, &current));
    if (current)
        return OK;
    TRY(lock(cx));
    TRY(ask(cx, "select coalesce(max(number), 0) from migration", 0, &done));
    if (done > newest())
        return fail(
            cx, ERR_INVALID,    // M2
            "The data was written by a newer Staffel (schema %d, this program knows %d). "
            "Start the newer program.",
            "Die Daten stammen von einem neueren Staffel (Schema %d, dieses Programm kennt "
            "%d). Starte das neuere Programm.",
            (int)done, newest());
    for (const struct db_migration *m = db_migrations + done; m->number != 0; m++) {
        TRY(db_script(cx, db_is_postgres(cx->db) ? m->postgres : m->sqlite));
        TRY(ask(cx, "insert into migration (number, applied) values ($1, 0)", m->number, NULL));
    }
    return OK;
}

enum err migrate_run(struct ctx *cx)
{
    TRY(db_begin(cx));
    enum err err = apply(cx);
    if (err == OK)
        return db_commit(cx);
    db_rollback(cx);
    return err;
}

enum err migrate_look(struct ctx *cx, int *applied, int *known)
{
    int64_t there = 0;
    TRY(db_begin(cx));
    enum err err = is_there(cx, &there);
    if (err == OK && there > 0)
        err = migrate_state(cx, applied, known);
    db_rollback(cx);
    if (err == OK && there == 0)
        return fail(cx, ERR_ABSENT, "The desk is not set up yet. Try: staffel init",
                    "Der Helpdesk ist noch nicht eingerichtet. Hilfe: staffel init");
    return err;
}
