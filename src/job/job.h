// SPDX-License-Identifier: GPL-3.0-or-later
// Work that waits for later: parse this mail, send that one, index this case.
//
//   J1  A job is a row, written in the transaction that makes it necessary.
//   J2  Before a job is tried its try is counted and committed: one that kills the process
//       is seen to have been tried.
//   J3  A lease ends by itself, so the jobs of a node that died are taken by another.
//   J4  prepare() may be slow and read only; apply() is quick and runs with the other writes.
//   J5  A failed job waits longer each time (1 s doubling to 1 h); after LIMIT_JOB_TRIES it is
//       quarantined with its reason, visible, and can be started again.
//   J6  One job never delays the next: a failure concerns its own row only.
//   J7  job_add for the same kind and ref twice is one job, run after the later call.  A try ends
//       or puts off the wish it was begun for and its own lease only, never what came after it.
//   J8  What a worker must have stored before it goes on (a mail is about to be handed over)
//       it stores by job_commit, in a transaction of its own.
//   J9  job_by makes sure of one that runs at a time or earlier; where one waits already it
//       costs a look, no write.  One in work may have looked before the wish, so it runs once
//       more, at once; one in quarantine is tried again.
//   J10 A kind may decide itself what becomes of a job that failed (failed()): a mail that
//       cannot be read goes into the mail's own quarantine.
//   J11 A kind with due() has a job whenever due() says so.  So what follows the events needs
//       nobody who starts it, and writes nothing while nothing happens.  One in quarantine is
//       tried again every hour: it is one job for all desks.
//   J12 Jobs of a kind that goes `abreast` share a commit: the next is prepared while the last
//       ones wait for theirs.  So its prepare() looks at nothing that another's apply() writes.
//   J16 Such a kind has a thread of its own: a crowd of mails does not wait for what follows them
//       (the index, the promises), nor does that wait for the end of the crowd.
//   J13 A kind that waits for peers has threads of its own, and each takes one job at a time: a
//       peer that hangs holds up neither other kinds nor what waits behind it.
//   J14 A job may say whose it is: of each of those, a kind of J13 has one in work at a time.  Who
//       brings a thousand that take long keeps one thread from the others, not all of them.
//   J15 What follows the events of all desks takes many cases at a time, and one that cannot be
//       done must not hold up the others (J6): its failed() takes the batch apart, and each case
//       becomes a job of its own.  What may pass by itself (job_may_pass) is only tried again.
//   J17 What needs no peer stands back behind whoever works for somebody who waits
//       (base/thread.h).  Who waits for peers takes little, and has deadlines.
#pragma once

#include "db/db.h"

// How a runner gives a worker a transaction of its own (J8): the server by its writer.
struct job_edge {
    enum err (*commit)(void *arg, struct ctx *cx, enum err (*act)(struct ctx *, void *),
                       void *work);
    void *arg;
};

struct job {
    int64_t id;
    str kind;
    int64_t ref;
    int tries;
    int64_t wish;    // J7
    void *prepared;                 // what prepare() hands to apply(), in the same arena
    const void *config;             // of its kind
    const struct job_edge *edge;    // set by the runner
};

// One row of the table in app/features.c.
struct job_kind {
    const char *name;
    enum err (*prepare)(struct ctx *cx, struct job *job);    // may be NULL
    enum err (*apply)(struct ctx *cx, struct job *job);

    // J10, or NULL: in a transaction of its own, after everything else was undone.  Ends in
    // job_failed() or job_finish().
    enum err (*failed)(struct ctx *cx, struct job *job, enum err err, struct words reason);

    // J11, or NULL: is there anything to do?  Reads one thing, quickly, and often.
    enum err (*due)(struct ctx *cx, bool *yes);

    // J13.  Talks to peers and may block for long: its prepare() gets no database, so that no
    // transaction waits for a peer.  What it needs, it takes by job_commit.
    bool network;
    int threads;           // of one that is `network`; 0 is one
    bool abreast;          // J12 J16
    const void *config;    // what the operator set for it, handed on in job->config
};

fallible job_add(struct ctx *cx, const char *kind, int64_t ref, instant run_at);
fallible job_add_for(struct ctx *cx, const char *kind, int64_t ref, instant run_at,
                     int64_t whose);                                               // J14
fallible job_by(struct ctx *cx, const char *kind, int64_t ref, instant run_at);    // J9

// The parts of the runner, each one transaction; app/ and tests drive them.
fallible job_take(struct ctx *cx, const char *kind, int most, struct job **out,
                  isize *n);    // J2 J3
fallible job_make(struct ctx *cx,
                  const char *kind);    // J11: one with ref 0, unless there is one
fallible job_known(struct ctx *cx, const char *kind, bool *out);    // waiting, in work or aside
fallible job_finish(struct ctx *cx, const struct job *job);
fallible job_failed(struct ctx *cx, const struct job *job, str reason);    // J5
bool job_may_pass(const struct job *job, enum err err);                     // J15
fallible job_give_back(struct ctx *cx, const struct job *job);    // taken and not begun
fallible job_is_due(struct ctx *cx, const char *kind, bool *out);
fallible job_restart(struct ctx *cx, int64_t id);

struct job_counts {
    int64_t waiting, quarantined;
};

fallible job_count(struct ctx *cx, struct job_counts *out);

// Called in prepare(): `act` is stored when this returns OK.
fallible job_commit(struct ctx *cx, const struct job *job,
                    enum err (*act)(struct ctx *, void *), void *work);

// End the leases of a process that died.  Only at the start of one that has the database to
// itself, which the lock of SQLite's directory proves; on a shared one the lease does it (J3).
fallible job_recover(struct ctx *cx);

// Run every due job of these kinds until none is due, on cx's own connection: for tests and
// for subcommands without a server.  begin/commit happen inside.
fallible job_drain(struct ctx *cx, const struct job_kind *kinds);
