// SPDX-License-Identifier: GPL-3.0-or-later
#include "clock/clock_watch.h"

#include "base/json.h"
#include "base/now.h"
#include "clock_watch.sql.h"
#include "event/event.h"
#include "tenant/tenant.h"

enum { AT_ONCE = 100 };

static const int steps[] = {80, 100, 150, 200};

// clang-format off
static const char *const codes[CLOCK_KINDS] = {
    [CLOCK_FIRST]  = "sla_first",  [CLOCK_NEXT] = "sla_next",  [CLOCK_SOLVE]  = "sla_solve",
    [CLOCK_ACCEPT] = "ola_accept", [CLOCK_WORK] = "ola_solve", [CLOCK_ANSWER] = "ola_answer",
    [CLOCK_ACK]    = "uc_ack",     [CLOCK_FIX]  = "uc_fix",
};
// clang-format on

struct watch {
    const struct clock_case *c;
    struct q_clock_watch_told *told;
    isize n;
    const struct reckon_clock *first;    // of those that run: with the earliest step to come
    instant next;
};

static bool tells_itself(const struct reckon_clock *k, int percent)    // N5
{
    return percent == 100
           && (k->kind == CLOCK_ACCEPT || k->kind == CLOCK_ANSWER || k->kind == CLOCK_FIX);
}

static str data_of(struct ctx *cx, const struct reckon_clock *k, int percent)
{
    return arena_fmt(cx->arena, "{\"clock\":\"%s\",\"level\":%d,\"of\":%lld,\"step\":%d}",
                     codes[k->kind], k->level, (long long)k->object, percent);
}

static bool was_told(struct ctx *cx, const struct watch *w, const struct reckon_clock *k,
                     int percent)
{
    str data = data_of(cx, k, percent);
    for (isize i = 0; i < w->n; i++)
        if (str_eq(w->told[i].data, data))
            return true;
    return false;
}

static enum err tell(struct ctx *cx, const struct watch *w, const struct reckon_clock *k,
                     int percent)
{
    const char *kind = percent < 100    ? "clock.warned"
                       : percent == 100 ? "clock.breached"
                                        : "clock.escalated";
    if (was_told(cx, w, k, percent) || tells_itself(k, percent))
        return OK;
    return event_add(cx, (struct event){.kind = kind,
                                        .ticket = w->c->ticket.id.n,
                                        .team = w->c->ticket.work_team.n,
                                        .level = w->c->ticket.level,
                                        .data = data_of(cx, k, percent)});
}

static enum err look(struct ctx *cx, struct watch *w, const struct reckon_clock *k)
{
    int reached = 0;
    for (isize i = 0; i < countof(steps); i++) {
        instant at = reckon_at_percent(k, steps[i]);
        if (at.ms == 0)
            break;
        if (at.ms <= cx->now.ms) {
            reached = steps[i];
            continue;
        }
        if (w->next.ms == 0 || at.ms < w->next.ms) {
            w->next = at;
            w->first = k;
        }
        break;
    }
    return reached == 0 ? OK : tell(cx, w, k, reached);    // N2
}

static instant earliest_due(const struct clock_case *c)
{
    instant due = {0};
    for (isize i = 0; i < c->clocks; i++) {
        const struct reckon_clock *k = &c->clock[i];
        if (reckon_runs(k) && k->due.ms != 0 && (due.ms == 0 || k->due.ms < due.ms))
            due = k->due;
    }
    return due;
}

enum err clock_watch(struct ctx *cx, ticket_id id)
{
    struct clock_case c;
    struct watch w = {.c = &c};
    TRY(clock_case(cx, id, &c));
    TRY(q_clock_watch_told(cx, id, &w.told, &w.n));
    for (isize i = 0; i < c.clocks; i++)
        if (reckon_runs(&c.clock[i]))    // N3
            TRY(look(cx, &w, &c.clock[i]));
    TRY(q_clock_watch_forget(cx, id));
    instant due = earliest_due(&c);
    if (w.next.ms == 0 && due.ms == 0)
        return OK;
    static const struct reckon_clock none = {0};
    const struct reckon_clock *k = w.first != NULL ? w.first : &none;
    return q_clock_watch_remember(cx, id, k->kind, k->level, k->object, due, w.next);
}

// --- jobs ------------------------------------------------------------------------------------

static enum err watch_of(struct ctx *cx, tenant_id tenant, ticket_id ticket)
{
    struct who who = cx->who;
    cx->who = tenant_system(tenant);
    enum err err = clock_watch(cx, ticket);
    cx->who = who;
    return err;
}

static bool seen_before(const struct q_clock_watch_events *e, isize i)
{
    for (isize k = 0; k < i; k++)
        if (e[k].ticket.n == e[i].ticket.n && !e[k].own)
            return true;
    return false;
}

// N6
static enum err alone(struct ctx *cx, tenant_id tenant, ticket_id ticket)
{
    (void)tenant;    // it is found again from the case
    return job_add(cx, "clock.case", ticket.n, cx->now);
}

// The cases of what came since the mark, and the mark behind it.
static enum err pass_on(struct ctx *cx, enum err (*act)(struct ctx *, tenant_id, ticket_id))
{
    struct q_clock_watch_mark *mark;
    struct q_clock_watch_events *e;
    isize marks, n;
    TRY(q_clock_watch_mark(cx, &mark, &marks));
    int64_t after = marks > 0 ? mark[0].event : 0;
    TRY(q_clock_watch_events(cx, after, event_settled(cx), AT_ONCE, &e, &n));
    for (isize i = 0; i < n; i++)
        if (e[i].ticket.n != 0 && !e[i].own && !seen_before(e, i))
            TRY(act(cx, e[i].tenant, e[i].ticket));
    return n == 0 ? OK : q_clock_watch_mark_set(cx, e[n - 1].id);
}

static enum err follow(struct ctx *cx, struct job *job)
{
    (void)job;
    return pass_on(cx, watch_of);
}

static enum err follow_due(struct ctx *cx, bool *yes)
{
    struct q_clock_watch_unread r;
    TRY(q_clock_watch_unread(cx, event_settled(cx), &r));
    *yes = r.yes;
    return OK;
}

static enum err look_again(struct ctx *cx, struct job *job)
{
    struct q_clock_watch_ready *r;
    isize n;
    (void)job;
    TRY(q_clock_watch_ready(cx, AT_ONCE, &r, &n));
    for (isize i = 0; i < n; i++)
        TRY(watch_of(cx, r[i].tenant, r[i].ticket));
    return OK;
}

// --- one that fails must not hold up the others (N6) -------------------------------------------

static enum err watch_one(struct ctx *cx, struct job *job)
{
    struct q_clock_watch_desk *desk;
    isize n;
    TRY(q_clock_watch_desk(cx, (ticket_id){job->ref}, &desk, &n));
    return n == 0 ? OK : watch_of(cx, desk[0].tenant, (ticket_id){job->ref});
}

static enum err follow_apart(struct ctx *cx, struct job *job, enum err err, struct words reason)
{
    if (job_may_pass(job, err))
        return job_failed(cx, job, reason.en);
    TRY(pass_on(cx, alone));
    return job_finish(cx, job);
}

static enum err look_apart(struct ctx *cx, struct job *job, enum err err, struct words reason)
{
    struct q_clock_watch_ready *r;
    isize n;
    if (job_may_pass(job, err))
        return job_failed(cx, job, reason.en);
    TRY(q_clock_watch_ready(cx, AT_ONCE, &r, &n));
    for (isize i = 0; i < n; i++) {
        TRY(q_clock_watch_leave(cx, r[i].ticket));
        TRY(alone(cx, r[i].tenant, r[i].ticket));
    }
    return job_finish(cx, job);
}

static enum err look_due(struct ctx *cx, bool *yes)
{
    struct q_clock_watch_time r;
    TRY(q_clock_watch_time(cx, &r));
    *yes = r.yes;
    return OK;
}

const struct job_kind clock_jobs[] = {
    {.name = "clock.follow", .apply = follow, .failed = follow_apart, .due = follow_due},
    {.name = "clock.look", .apply = look_again, .failed = look_apart, .due = look_due},
    {.name = "clock.case", .apply = watch_one},
    {0},
};
