// SPDX-License-Identifier: GPL-3.0-or-later
#include "promise/promise.h"

#include "base/length.h"
#include "base/limits.h"
#include "base/now.h"
#include "event/event.h"
#include "promise.sql.h"
#include "tenant/tenant.h"
#include "ticket/ticket_check.h"

enum { STEP_MS = 5 * 60 * 1000, LATE_AT_ONCE = 500 };

// clang-format off
const struct ticket_word promise_states[] = {
    {"", WORDS("", "")},
    [PROMISE_OPEN]    = {"open",    WORDS("Open", "Offen")},
    [PROMISE_KEPT]    = {"kept",    WORDS("Kept", "Gehalten")},
    [PROMISE_MOVED]   = {"moved",   WORDS("Moved", "Verschoben")},
    [PROMISE_DROPPED] = {"dropped", WORDS("No longer needed", "Nicht mehr nötig")},
    {0},
};
// clang-format on

instant promise_round(instant due)
{
    return (instant){(due.ms + STEP_MS - 1) / STEP_MS * STEP_MS};    // Z6
}

enum err promise_first_due(struct ctx *cx, ticket_id ticket, int priority, enum channel channel,
                           instant from, instant *out)
{
    struct agreement a;
    TRY(agreement_of_kind(cx, ticket, CLOCK_FIRST, &a));
    instant due = agreement_due(&a, CLOCK_FIRST, 0, priority, channel, from);
    *out = promise_round(due.ms != 0 ? due : instant_plus(from, DAY_S));
    return OK;
}

bool promise_is_late(const struct promise *p, instant now)
{
    return p->state == PROMISE_OPEN && p->due.ms <= now.ms;
}

// Z1, and the version of the case.
static enum err refresh(struct ctx *cx, struct ticket_at *at, struct q_promise_refresh *row)
{
    enum err err = q_promise_refresh(cx, at->id, at->version, row);
    if (err == ERR_ABSENT)
        return ticket_missed(cx, at);
    TRY(err);
    if (at->version != TICKET_ANY_VERSION)
        at->version = row->version;
    return OK;
}

static enum err tell(struct ctx *cx, const char *kind, ticket_id ticket, promise_id id,
                     const struct q_promise_refresh *now)
{
    return event_add(cx, (struct event){.kind = kind,
                                        .ticket = ticket.n,
                                        .object = id.n,
                                        .team = now->team.n,
                                        .level = (int)now->level});
}

static enum err insert(struct ctx *cx, ticket_id ticket, const struct promise_new *p,
                       promise_id *out)
{
    struct q_promise_insert row;
    TRY(q_promise_insert(cx, ticket, p->kind, p->what, p->due, p->team, &row));
    TRY(job_by(cx, "promise.late", cx->who.tenant.n, p->due));    // Z2
    *out = row.id;
    return OK;
}

static enum err check_due(struct ctx *cx, instant due)
{
    if (due.ms <= cx->now.ms)
        return invalid(cx, "due", "The time must be in the future.",
                       "Der Zeitpunkt muss in der Zukunft liegen.");
    return OK;
}

static enum err check(struct ctx *cx, const struct promise_new *p)
{
    if (p->kind != PROMISE_ANSWER && p->kind != PROMISE_OTHER)
        return invalid(cx, "kind", "There is no such kind of promise.",
                       "Diese Art von Zusage gibt es nicht.");
    if (p->kind == PROMISE_OTHER && str_trim(p->what).n == 0)
        return invalid(cx, "what", "Say what you promise.", "Sag, was du zusagst.");
    TRY(length_check(cx, "what", p->what, LIMIT_LINE));
    return check_due(cx, p->due);
}

static enum err give(struct ctx *cx, struct ticket_at *at, const struct promise_new *p,
                     promise_id *out)
{
    struct q_promise_refresh now;
    promise_id id;
    TRY(insert(cx, at->id, p, &id));
    TRY(refresh(cx, at, &now));
    TRY(tell(cx, "promise.given", at->id, id, &now));
    *out = id;
    return OK;
}

enum err promise_give(struct ctx *cx, struct ticket_at *at, const struct promise_new *p,
                      promise_id *out)
{
    struct ticket t;
    struct team team;
    struct promise_new n = *p;
    TRY(ticket_load(cx, at->id, &t));
    TRY(ticket_check_work(cx, &t));
    TRY(check(cx, p));
    if (n.team.n == 0)
        n.team = t.care_team;
    TRY(team_load(cx, n.team, &team));
    return give(cx, at, &n, out);
}

// The case was made a moment ago in this transaction: nothing about it needs to be read.
enum err promise_first(struct ctx *cx, struct ticket_made *made, enum channel channel,
                       instant *due)
{
    struct promise_new p = {.kind = PROMISE_ANSWER, .team = made->team};
    promise_id id;
    TRY(promise_first_due(cx, made->at.id, made->priority, channel, cx->now, &p.due));
    TRY(give(cx, &made->at, &p, &id));
    *due = p.due;
    return OK;
}

static enum err load_open(struct ctx *cx, const struct ticket_at *at, promise_id id,
                          struct promise *p)
{
    ticket_id ticket;
    TRY(promise_load(cx, id, &ticket, p));
    if (ticket.n != at->id.n)
        return db_absent(cx);
    if (p->state != PROMISE_OPEN)
        return invalid(cx, "", "This promise is settled already.",
                       "Diese Zusage ist schon erledigt.");
    return OK;
}

static enum err close_one(struct ctx *cx, promise_id id, enum promise_state state, str reason)
{
    int64_t changed;
    TRY(q_promise_close(cx, id, state, reason, &changed));
    if (changed == 0)
        return fail(cx, ERR_STALE, "Somebody has settled this promise meanwhile.",
                    "Die Zusage wurde inzwischen von jemand anderem erledigt.");
    return OK;
}

enum err promise_keep(struct ctx *cx, struct ticket_at *at, promise_id id)
{
    struct promise p;
    struct q_promise_refresh now;
    TRY(load_open(cx, at, id, &p));
    TRY(close_one(cx, id, PROMISE_KEPT, S("")));
    TRY(refresh(cx, at, &now));
    return tell(cx, "promise.kept", at->id, id, &now);
}

enum err promise_move(struct ctx *cx, struct ticket_at *at, promise_id id, instant due,
                      str reason, promise_id *out)
{
    struct promise p;
    struct q_promise_refresh now;
    TRY(load_open(cx, at, id, &p));
    TRY(check_due(cx, due));
    if (str_trim(reason).n == 0 || str_characters(reason) > LIMIT_LINE)    // Z3
        return invalid(cx, "reason", "Say in a line why it takes longer.",
                       "Sag in einer Zeile, warum es länger dauert.");
    struct promise_new n = {p.kind, p.what, due, p.team};
    TRY(close_one(cx, id, PROMISE_MOVED, str_trim(reason)));
    TRY(insert(cx, at->id, &n, out));
    TRY(refresh(cx, at, &now));
    return tell(cx, "promise.moved", at->id, *out, &now);
}

static enum err close_all(struct ctx *cx, struct ticket_at *at, int kind,
                          enum promise_state state, const char *event)
{
    struct q_promise_close_all *row;
    struct q_promise_refresh now;
    isize n;
    TRY(q_promise_close_all(cx, at->id, kind, state, &row, &n));
    if (n == 0)
        return OK;
    TRY(refresh(cx, at, &now));
    for (isize i = 0; i < n; i++)
        TRY(tell(cx, event, at->id, row[i].id, &now));
    return OK;
}

enum err promise_answered(struct ctx *cx, struct ticket_at *at)
{
    return close_all(cx, at, PROMISE_ANSWER, PROMISE_KEPT, "promise.kept");
}

// `ended`: with the case; else what took its place goes.
static enum err open_again(struct ctx *cx, struct ticket_at *at, instant when, bool ended)
{
    struct q_promise_open_again *row;
    struct q_promise_drop_given *given = NULL;
    struct q_promise_refresh now;
    isize n, dropped = 0;
    if (!ended)
        TRY(q_promise_drop_given(cx, at->id, when, &given, &dropped));
    TRY(q_promise_open_again(cx, at->id, when, ended, &row, &n));
    if (n == 0)
        return OK;
    TRY(refresh(cx, at, &now));
    for (isize i = 0; i < dropped; i++)
        TRY(tell(cx, "promise.dropped", at->id, given[i].id, &now));
    for (isize i = 0; i < n; i++) {
        TRY(job_by(cx, "promise.late", cx->who.tenant.n, row[i].due));    // Z2
        TRY(tell(cx, "promise.reopened", at->id, row[i].id, &now));
    }
    return OK;
}

enum err promise_unanswered(struct ctx *cx, struct ticket_at *at, instant answered)
{
    return open_again(cx, at, answered, false);
}

enum err promise_unended(struct ctx *cx, struct ticket_at *at, instant ended)
{
    return open_again(cx, at, ended, true);
}

enum err promise_drop_all(struct ctx *cx, struct ticket_at *at)
{
    return close_all(cx, at, 0, PROMISE_DROPPED, "promise.dropped");
}

enum err promise_reply(struct ctx *cx, struct ticket_at *at, const struct message_new *m,
                       message_id *out)
{
    message_id id;
    TRY(message_add(cx, at, m, &id));
    if (m->kind == MESSAGE_REPLY)
        TRY(promise_answered(cx, at));
    *out = id;
    return OK;
}

enum err promise_list(struct ctx *cx, ticket_id ticket, struct promise **out, isize *n)
{
    struct q_promise_list *r;
    TRY(q_promise_list(cx, ticket, &r, n));
    *out = make(cx->arena, struct promise, *n);
    for (isize i = 0; i < *n; i++)
        (*out)[i] = (struct promise){r[i].id,      r[i].kind,  r[i].state,
                                     r[i].what,    r[i].due,   r[i].broken,
                                     r[i].reason,  r[i].team,  {r[i].team_en, r[i].team_de},
                                     r[i].created, r[i].closed};
    return OK;
}

enum err promise_load(struct ctx *cx, promise_id id, ticket_id *ticket, struct promise *out)
{
    struct q_promise_row r;
    TRY(q_promise_row(cx, id, &r));
    *ticket = r.ticket;
    *out = (struct promise){id,        r.kind,  r.state,
                            r.what,    r.due,   r.broken,
                            r.reason,  r.team,  {r.team_en, r.team_de},
                            r.created, r.closed};
    return OK;
}

enum err promise_merge(struct ctx *cx, struct ticket_at *from, struct ticket_at *into)
{
    struct q_promise_refresh now;
    TRY(message_merge(cx, from, into));
    TRY(q_promise_merge(cx, from->id, into->id));
    TRY(refresh(cx, from, &now));
    return refresh(cx, into, &now);
}

// --- Z2 ------------------------------------------------------------------------------------

// Nobody waits for a case that is over; whoever ended it may have forgotten to say so.
static enum err late_one(struct ctx *cx, const struct q_promise_late *p)
{
    struct ticket_at at = {p->ticket, TICKET_ANY_VERSION};
    if (p->over)
        return promise_drop_all(cx, &at);
    TRY(q_promise_break(cx, p->id));
    return event_add(cx, (struct event){.kind = "promise.broken",
                                        .ticket = p->ticket.n,
                                        .object = p->id.n,
                                        .team = p->team.n,
                                        .level = (int)p->level});
}

static enum err look_again(struct ctx *cx, struct job *job)
{
    struct q_promise_next next;
    enum err err = q_promise_next(cx, &next);
    if (err == ERR_ABSENT)
        return OK;
    TRY(err);
    return job_add(cx, "promise.late", job->ref, next.due);
}

static enum err late(struct ctx *cx, struct job *job)
{
    struct q_promise_late *row;
    isize n;
    cx->who = tenant_system((tenant_id){job->ref});
    TRY(q_promise_late(cx, LATE_AT_ONCE, &row, &n));
    for (isize i = 0; i < n; i++)
        TRY(late_one(cx, &row[i]));
    return look_again(cx, job);
}

const struct job_kind promise_jobs[] = {
    {.name = "promise.late", .apply = late},
    {0},
};
