// SPDX-License-Identifier: GPL-3.0-or-later
// PostgreSQL behind db.h: parameters and results travel in binary, every statement is
// prepared once for each connection.
#include "db/backend.h"

#include "base/limits.h"
#include "base/now.h"

#include <endian.h>
#include <libpq-fe.h>

enum {
    OID_BYTEA = 17,
    OID_INT8 = 20,
    OID_INT2 = 21,
    OID_INT4 = 23,
    OID_TEXT = 25,
    ARGS_MAX = 64
};

struct postgres {
    struct db head;
    PGconn *conn;
    bool *prepared;    // by statement id
    int count;
};

static struct postgres *self(struct db *db)
{
    return (struct postgres *)(void *)db;
}

// What the five-letter SQLSTATE means to us (PostgreSQL manual, appendix A).
static enum err report(struct ctx *cx, const char *what, PGresult *r)
{
    const char *state = r == NULL ? NULL : PQresultErrorField(r, PG_DIAG_SQLSTATE);
    str why = str_trim(str_from_z(PQerrorMessage(self(cx->db)->conn)));
    str why_here = arena_str(cx->arena, why);
    enum err err = ERR_BROKEN;
    if (state == NULL || strncmp(state, "08", 2) == 0 || strncmp(state, "40", 2) == 0
        || strncmp(state, "53", 2) == 0 || strncmp(state, "55", 2) == 0
        || strncmp(state, "57", 2) == 0)
        err = ERR_BUSY;
    bool unique = state != NULL && strcmp(state, "23505") == 0;
    bool foreign = state != NULL && strcmp(state, "23503") == 0;
    PQclear(r);
    if (foreign)    // it went meanwhile, or something needs it
        return fail(cx, ERR_STALE, "Something has changed meanwhile; please look again.",
                    "Inzwischen hat sich etwas geändert. Bitte noch einmal nachsehen.");
    if (unique)
        return fail(cx, ERR_STALE, "Somebody was faster; please look again.",
                    "Jemand war schneller. Bitte noch einmal nachsehen.");
    return err == ERR_BUSY ? busy(cx, "%s: " STR_FMT, what, STR_ARG(why_here))
                           : broken(cx, "%s: " STR_FMT, what, STR_ARG(why_here));
}

static Oid oid_of(char type)
{
    return type == 'i' ? OID_INT8 : type == 't' ? OID_TEXT : OID_BYTEA;
}

// The result's own account of itself is checked once, when the statement is prepared.
static enum err check_signature(struct ctx *cx, const struct db_stmt *st)
{
    PGresult *r = PQdescribePrepared(self(cx->db)->conn, st->name);
    if (PQresultStatus(r) != PGRES_COMMAND_OK)
        return report(cx, st->name, r);
    bool fits = PQnfields(r) == st->cols && PQnparams(r) == st->args;
    for (int i = 0; i < PQnfields(r); i++) {
        Oid t = PQftype(r, i);
        fits &=
            t == OID_INT8 || t == OID_INT4 || t == OID_INT2 || t == OID_TEXT || t == OID_BYTEA;
    }
    PQclear(r);
    return fits ? OK : broken(cx, "%s: its signature does not fit the statement", st->name);
}

static enum err postgres_prepare(struct ctx *cx, const struct db_stmt *st)
{
    struct postgres *s = self(cx->db);
    if (s->prepared[st->id])
        return OK;
    Oid types[ARGS_MAX];
    for (int i = 0; i < st->args && i < ARGS_MAX; i++)
        types[i] = oid_of(st->types[i]);
    PGresult *r = PQprepare(s->conn, st->name, st->postgres, st->args, types);
    if (PQresultStatus(r) != PGRES_COMMAND_OK)
        return report(cx, st->name, r);
    PQclear(r);
    TRY(check_signature(cx, st));
    s->prepared[st->id] = true;
    return OK;
}

static int64_t big_endian(const char *p, int n)
{
    int64_t v = n > 0 && (p[0] & 0x80) ? -1 : 0;
    for (int i = 0; i < n; i++)
        v = (int64_t)((uint64_t)v << 8 | (unsigned char)p[i]);
    return v;
}

static struct db_value cell(struct ctx *cx, PGresult *r, int row, int col)
{
    if (PQgetisnull(r, row, col))
        return (struct db_value){0};
    str s = {PQgetvalue(r, row, col), PQgetlength(r, row, col)};
    switch (PQftype(r, col)) {
    case OID_TEXT:
        return db_text(arena_str(cx->arena, s));
    case OID_BYTEA:
        return db_bytes(arena_str(cx->arena, s));
    default:
        return db_int(big_endian(s.p, (int)s.n));
    }
}

static enum err fetch(struct ctx *cx, const char *name, PGresult *r, struct db_result *out)
{
    ExecStatusType status = PQresultStatus(r);
    if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK)
        return report(cx, name, r);
    int rows = PQntuples(r), cols = PQnfields(r);
    if (rows > LIMIT_ROWS) {
        PQclear(r);
        return broken(cx, "%s: more than %lld rows", name, (long long)LIMIT_ROWS);
    }
    struct db_cells cells = {0};
    for (int i = 0; i < rows; i++) {
        struct db_value *row = db_cells_row(cx, &cells, cols);
        for (int k = 0; k < cols; k++)
            row[k] = cell(cx, r, i, k);
    }
    int64_t changed = 0;
    str_to_int(str_from_z(PQcmdTuples(r)), &changed);
    PQclear(r);
    *out = (struct db_result){cells.cell, rows, cols, changed};
    return OK;
}

struct wire {    // the arguments as libpq wants them
    const char *value[ARGS_MAX];
    int length[ARGS_MAX], format[ARGS_MAX];
    uint64_t number[ARGS_MAX];
};

static void put(struct wire *w, int i, const struct db_value *v)
{
    w->format[i] = 1;
    w->value[i] = v->s.n > 0 ? v->s.p : "";
    w->length[i] = (int)v->s.n;
    if (v->kind == DB_NULL)
        w->value[i] = NULL;
    if (v->kind == DB_INT) {
        w->number[i] = htobe64((uint64_t)v->n);
        w->value[i] = (const char *)&w->number[i];
        w->length[i] = 8;
    }
}

static enum err reconnect(struct ctx *cx)
{
    struct postgres *s = self(cx->db);
    PQreset(s->conn);
    memset(s->prepared, 0, (size_t)s->count * sizeof(bool));
    return PQstatus(s->conn) == CONNECTION_OK ? OK : report(cx, "connect", NULL);
}

static enum err postgres_run(struct ctx *cx, const struct db_stmt *st,
                             const struct db_value *arg, struct db_result *out)
{
    struct postgres *s = self(cx->db);
    struct wire w;
    for (int i = 0; i < st->args; i++)
        put(&w, i, &arg[i]);
    if (st->id < 0) {
        PGresult *r =
            PQexecParams(s->conn, st->postgres, st->args, NULL, w.value, w.length, w.format, 1);
        return fetch(cx, st->name, r, out);
    }
    TRY(postgres_prepare(cx, st));
    PGresult *r = PQexecPrepared(s->conn, st->name, st->args, w.value, w.length, w.format, 1);
    return fetch(cx, st->name, r, out);
}

// A transaction starts here, so a connection that was cut is mended here.
static enum err postgres_script(struct ctx *cx, const char *sql)
{
    struct postgres *s = self(cx->db);
    if (PQstatus(s->conn) != CONNECTION_OK && strncmp(sql, "begin", 5) == 0)
        TRY(reconnect(cx));
    PGresult *r = PQexec(s->conn, sql);
    if (PQresultStatus(r) != PGRES_COMMAND_OK && PQresultStatus(r) != PGRES_TUPLES_OK)
        return report(cx, sql, r);
    PQclear(r);
    return OK;
}

// B7.  The answer of a commit that was under way when the connection broke.
enum { DOUBT_TRIES = 5, DOUBT_PAUSE_MS = 200 };

static enum err ask_one(struct ctx *cx, const char *sql, int64_t arg, int64_t *out)
{
    struct db_stmt ask = {.name = "commit", .id = -1, .args = 1, .types = "i", .postgres = sql};
    struct db_value v = db_int(arg);
    struct db_result r;
    TRY(postgres_run(cx, &ask, &v, &r));
    *out = r.rows == 1 ? r.cell[0].n : 0;
    return OK;
}

enum fate { FATE_NOT_STORED = 1, FATE_STORED = 2 };    // else it is under way, or forgotten

static int64_t fate_of(struct ctx *cx, int64_t xid)
{
    int64_t fate = 0;
    for (int i = 0; i < DOUBT_TRIES && fate == 0; i++) {
        if (i > 0)
            now_sleep_ms(DOUBT_PAUSE_MS);
        if (PQstatus(self(cx->db)->conn) != CONNECTION_OK && reconnect(cx) != OK)
            continue;
        if (ask_one(cx,
                    "select case pg_xact_status(cast(cast(cast($1 as bigint) as text) as xid8))"
                    " when 'committed' then 2 when 'aborted' then 1 else 0 end",
                    xid, &fate)
            != OK)
            fate = 0;
    }
    return fate;
}

static enum err check_fate(struct ctx *cx, int64_t xid, enum err err)
{
    struct words why = cx->detail;
    int64_t fate = xid == 0 ? FATE_NOT_STORED : fate_of(cx, xid);
    ctx_forgive(cx);
    cx->db->in_doubt = fate == 0;
    if (fate == FATE_STORED)
        return OK;
    cx->detail = why;
    return err;
}

// What a failed statement has spoilt is answered "ROLLBACK", without an error.
static enum err postgres_commit(struct ctx *cx)
{
    int64_t xid = 0;
    TRY(ask_one(
        cx,
        "select coalesce(cast(cast(pg_current_xact_id_if_assigned() as text) as bigint),"
        " $1)",
        0, &xid));
    PGresult *r = PQexec(self(cx->db)->conn, "commit");
    if (PQresultStatus(r) != PGRES_COMMAND_OK)
        return check_fate(cx, xid, report(cx, "commit", r));
    bool stored = strcmp(PQcmdStatus(r), "COMMIT") == 0;
    PQclear(r);
    return stored ? OK : busy(cx, "commit: the transaction had failed before");
}

static bool postgres_is_open(struct db *db)
{
    PGTransactionStatusType status = PQtransactionStatus(self(db)->conn);
    return status == PQTRANS_INTRANS || status == PQTRANS_INERROR;
}

static void postgres_rollback(struct db *db)
{
    if (PQtransactionStatus(self(db)->conn) != PQTRANS_IDLE)
        PQclear(PQexec(self(db)->conn, "rollback"));
}

static void postgres_close(struct db *db)
{
    PQfinish(self(db)->conn);
    free(self(db)->prepared);
    free(db);
}

// A commit that is not on disk is no commit (SECURITY 4.2.1).
static enum err check_durable(struct ctx *cx)
{
    static const struct db_stmt ask = {
        .name = "durable",
        .id = -1,
        .types = "",
        .postgres = "select cast(current_setting('fsync') = 'on'"
                    " and current_setting('synchronous_commit') <> 'off' as int)"};
    struct db_result r;
    TRY(postgres_run(cx, &ask, NULL, &r));
    if (r.cell[0].n != 1)
        return broken(cx, "PostgreSQL runs with fsync or synchronous_commit off");
    return OK;
}

static void hush(void *unused, const char *message)
{
    (void)unused;
    (void)message;
}

static enum err settle(struct ctx *cx)
{
    PGconn *conn = self(cx->db)->conn;
    if (PQstatus(conn) != CONNECTION_OK)
        return report(cx, "connect", NULL);
    PQsetNoticeProcessor(conn, hush, NULL);
    TRY(postgres_script(cx, "set client_encoding = 'UTF8'"));
    TRY(postgres_script(cx, "set lock_timeout = '10s'"));
    return check_durable(cx);
}

enum err postgres_open(struct ctx *cx, str url, enum db_mode mode, struct db **out)
{
    struct postgres *s = calloc(1, sizeof *s);
    if (s == NULL)
        abort();
    s->head = (struct db){.backend = &postgres_backend, .mode = mode};
    s->count = db_statement_count();
    s->prepared = calloc((size_t)s->count + 1, sizeof(bool));
    s->conn = PQconnectdb(arena_z(cx->arena, url));
    PQsetErrorVerbosity(s->conn, PQERRORS_TERSE);    // B8
    struct db *before = cx->db;
    cx->db = &s->head;
    enum err err = settle(cx);
    cx->db = before;
    if (err != OK) {
        postgres_close(&s->head);
        return err;
    }
    *out = &s->head;
    return OK;
}

const struct db_backend postgres_backend = {.run = postgres_run,
                                            .prepare = postgres_prepare,
                                            .script = postgres_script,
                                            .commit = postgres_commit,
                                            .rollback = postgres_rollback,
                                            .is_open = postgres_is_open,
                                            .close = postgres_close};
