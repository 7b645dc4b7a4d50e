// SPDX-License-Identifier: GPL-3.0-or-later
// Read connections, each with an arena, lent to whoever renders a page or prepares a job.
#pragma once

#include "db/db.h"

struct pool;

struct reader {
    struct db *db;
    struct arena arena;
    struct reader *next;
};

fallible pool_open(struct ctx *cx, const struct db_place *place, int most, struct pool **out);
void pool_close(struct pool *p);

// Waits when all are lent.  The arena is empty; the connection is outside a transaction.
// NULL when the database cannot be reached.
struct reader *pool_take(struct pool *p);
void pool_give(struct pool *p, struct reader *r);
