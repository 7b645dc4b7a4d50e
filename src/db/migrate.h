// SPDX-License-Identifier: GPL-3.0-or-later
// Migrations: numbered files, applied in order, never edited after release.
//
//   M1  All pending migrations run in one transaction: a crash leaves the old schema.
//   M2  A database newer than the program is refused, not guessed at.
//   M3  Two nodes that start at once do not run a migration twice.
//   M4  With nothing pending it only reads: on PostgreSQL the server runs as a role that may not
//       change tables, and `staffel migrate` as one that may.
//   M5  How old the data is can be asked without changing it.
//   M6  A table that is made anew keeps its rows, and whatever refers to them.
#pragma once

#include "db/db.h"

struct db_migration {
    int number;
    const char *name;
    const char *sqlite, *postgres;
};

extern const struct db_migration db_migrations[];    // generated; ends with number 0

fallible migrate_run(struct ctx *cx);    // cx->db is a writer outside a transaction
// M5, the same; ERR_ABSENT: no data yet.
fallible migrate_look(struct ctx *cx, int *applied, int *known);
fallible migrate_state(struct ctx *cx, int *applied, int *known);
