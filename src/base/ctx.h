// SPDX-License-Identifier: GPL-3.0-or-later
// What a piece of work knows: its memory, its transaction, its time, its actor.
//
// One ctx per request, job run or incoming mail, always the first parameter.  It replaces
// every global variable; a test makes its own.
#pragma once

#include "base/arena.h"
#include "base/err.h"

struct db;
struct event;

KEY(tenant_id);
KEY(person_id);
KEY(contact_id);

// Which tickets the actor can reach at all.  The data layer adds it to every statement that
// touches a ticket (tools/sqlgen.py, @scope), so a handler cannot forget it.
enum see {
    SEE_NOTHING = 1,    // administration: configuration, no content
    SEE_TENANT,         // leads, jobs and the intake: every ticket of the tenant
    SEE_TEAMS,          // staff: tickets one of the own teams works on, cares for or was
                        // asked about
    SEE_OWN,            // a customer: the own tickets
};

struct who {
    tenant_id tenant;
    person_id person;      // a member of staff, or 0
    contact_id contact;    // a customer, or 0
    enum see see;
    uint64_t can;          // bits of enum permission (access/access.h)
    int level;             // highest level of the own teams; decides which solutions are seen
};

// Something wrong with one field of the input, in words for the person who typed it.
struct problem {
    const char *field;    // the field's name, or "" when it concerns the whole
    struct words text;
    struct problem *next;
};

struct ctx {
    struct arena *arena;    // dies with the ctx
    struct db *db;          // one connection, inside one transaction
    instant now;            // read once, so all rules see the same time
    struct who who;         // who asks
    enum lang lang;         // the reader's language
    str data_dir;           // where large contents lie (message/blob.h)

    struct words detail;         // set by fail(): the reason, fit to be shown
    struct problem *problems;    // set by invalid(), oldest first; at most LIMIT_PROBLEMS
    struct event *events;        // what this work made happen; published after the commit
};

// Record why, in both languages, and return err.
fallible fail(struct ctx *cx, enum err err, const char *en, const char *de, ...)
    __attribute__((format(printf, 3, 5), format(printf, 4, 5)));

// The same for one field of a form.  May be called for several fields before returning.
fallible invalid(struct ctx *cx, const char *field, const char *en, const char *de, ...)
    __attribute__((format(printf, 3, 5), format(printf, 4, 5)));

// For the log, never shown to a customer: our bug, damaged data (ERR_BROKEN) or a peer that
// does not answer (ERR_BUSY).
fallible broken(struct ctx *cx, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
fallible busy(struct ctx *cx, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

// What went wrong in `from`, whose arena ends before that of cx.
void ctx_keep_detail(struct ctx *cx, const struct ctx *from);

// Forget what went wrong, for a second try.
void ctx_forgive(struct ctx *cx);

// For what may fail and is nobody's mistake: what is said there does not reach the reader, and
// what was said here stays.
struct ctx ctx_quiet(const struct ctx *cx);
