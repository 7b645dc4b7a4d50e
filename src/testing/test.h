// SPDX-License-Identifier: GPL-3.0-or-later
// A test is a function; a suite is a table of them.  A test left out of its table is an
// unused static function, which the compiler refuses.
//
// Each test gets a world of its own: a fresh database (SQLite, and the same again on
// PostgreSQL) with our clock and two desks:
//
//   desk 1  teams FIRST (level 1, intake), NET (2), EXPERTS (3)
//           ada, ben: agent_l1 in FIRST · cem: tech_l2 in NET · dora: expert_l3 in EXPERTS
//           eva: lead in FIRST · finn: knowledge_steward, no team · gero: admin
//   desk 2  team FOREIGN (1) · nina: agent_l1 there.  Whatever desk 1 sees of it is a leak.
#pragma once

#include "access/access.h"
#include "db/db.h"
#include "tenant/tenant.h"

enum { FIRST = 1, NET, EXPERTS, FOREIGN };
enum { ADA = 1, BEN, CEM, DORA, EVA, FINN, GERO, NINA };

struct world {
    struct db *db;
    struct db_place place;    // place.dir is a folder of this test alone
    struct arena arena;    // emptied by each begin()
    struct arena kept;     // lives as long as the world
    struct ctx cx;
    instant now;       // moves only when the test says so
    enum lang lang;    // of who asks: English, unless the test says otherwise
};

struct test {
    const char *name;
    void (*run)(struct world *);
};

// clang-format off
#define T(name) {#name, name}
// clang-format on
#define check(c) check_((c), #c, __FILE__, __LINE__)

void check_(bool ok, const char *what, const char *file, int line);
void check_str(str got, str expect, const char *file, int line);
#define check_text(got, expect) check_str((got), (expect), __FILE__, __LINE__)

struct ctx *begin(struct world *w);                   // desk 1's system: new arena, new transaction
struct ctx *begin_as(struct world *w, int person);    // in a person's name

// The same in two parts, for EACH_FAULT: to find out who asks is not what shall fail there.
struct who who_is(struct world *w, int person);
struct ctx *begin_with(struct world *w, struct who who);

enum err end(struct world *w, enum err err);          // commit, or roll back if err
// From here on somebody else is always faster: a statement that shall "insert" into the table
// or "update" it finds nothing to do.
void overtaken(struct world *w, const char *act, const char *table);
int64_t ask(struct world *w, const char *sql);         // the one number a query gives, on both
str keep(struct world *w, str s);                      // beyond the next begin()
void later(struct world *w, int64_t seconds);         // our clock goes on

// Run the body again and again, failing its 1st, 2nd, 3rd... statement, until it runs
// through without reaching the fault.
#define EACH_FAULT(w)                                                 \
    for (int nth_ = 1; nth_ > 0 && (db_fail_at((w)->db, nth_), true); \
         nth_ = db_failed((w)->db) ? nth_ + 1 : 0)

// Real data that is not ours to ship lies outside the tree; NULL when it is not here.
const char *shared_data(void);
str slurp(struct arena *a, const char *path);
