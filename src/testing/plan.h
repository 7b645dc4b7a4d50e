// SPDX-License-Identifier: GPL-3.0-or-later
// What SQLite intends to do for a statement, so that a test can ask for the index.
#pragma once

#include "testing/test.h"

// The statement of that name, as in its .sql file.
const struct db_stmt *plan_statement(const char *name);

// EXPLAIN QUERY PLAN, a line each.  Only on SQLite.
str plan_of(struct ctx *cx, const struct db_stmt *st);
