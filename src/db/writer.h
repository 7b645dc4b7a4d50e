// SPDX-License-Identifier: GPL-3.0-or-later
// Group commit: many waiting writes, one fsync.
//
//   W1  A work that fails takes nothing with it and leaves nothing behind.  The works of a group
//       run one after the other; if one fails, all is undone, and they run once more, each in a
//       savepoint of its own.
//   W2  done() is called after the commit that holds the work, never before: no answer, no
//       250, no 303 is given for what a power cut could still undo.
//   W3  If the commit fails, every work of the group is told so.
//   W4  A commit that fails because the disk does ends the process: after a failed fsync
//       nobody knows what is stored (SECURITY 4.2.7).
//   W5  A work that lost a race is tried once more, alone: for a lock (ERR_BUSY), or for a row
//       that another node made first, such as the same new customer (ERR_STALE).  Who saw an
//       old version is told so the second time.  Nothing is tried again while nobody knows
//       whether it is stored (db.h, B7).
//   W5a A work that ends the transaction of its group (SQLite does so when the disk is full)
//       takes all of them with it; each of them is tried once more, alone.
//   W6  What works made happen (cx->events) is handed on after the commit, in order.
//   W7  With one thread, what arrives while a group runs joins it for a moment: the fsync is
//       the dearest part of a commit, and whoever comes next would wait for the end of this one.
//
// With SQLite there is one thread; with PostgreSQL a few, each with its own connection.
#pragma once

#include "db/db.h"

struct writer;

struct work {
    enum err (*run)(struct ctx *cx, void *arg);
    void (*done)(struct ctx *cx, void *arg, enum err err);
    void *arg;
    struct ctx *cx;    // its arena, actor and language; db and now are set by the writer
    struct work *next;
    enum err err;
};

struct writer_config {
    const struct db_place *place;
    int threads;
    void (*committed)(void *arg, struct ctx *cx);    // once for each work that is stored
    void *arg;
};

fallible writer_start(struct ctx *cx, const struct writer_config *config, struct writer **out);

// The same with a connection that is already open and migrated; the writer owns it then.
fallible writer_start_on(struct ctx *cx, const struct writer_config *config, struct db *first,
                         struct writer **out);

// Finishes what waits, then stops.
void writer_stop(struct writer *w);

// False when too much waits already (LIMIT_WAITING_WRITES): answer 503 or 451.
bool writer_submit(struct writer *w, struct work *work);

// Submit and wait, for a thread that may block: a job, a mail session, a subcommand.
fallible writer_do(struct writer *w, struct ctx *cx, enum err (*run)(struct ctx *, void *),
                   void *arg);

struct writer_counts {
    int64_t works, commits, failed, waiting;
};
struct writer_counts writer_counts(struct writer *w);
