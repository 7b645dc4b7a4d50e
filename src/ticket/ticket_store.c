// SPDX-License-Identifier: GPL-3.0-or-later
#include "ticket/ticket_store.h"

#include "ticket.sql.h"

static enum err stale(struct ctx *cx)
{
    return fail(cx, ERR_STALE, "Somebody changed this case meanwhile; please look again.",
                "Der Vorgang wurde inzwischen geändert. Bitte noch einmal nachsehen.");
}

enum err ticket_missed(struct ctx *cx, const struct ticket_at *at)
{
    struct ticket t;
    TRY(ticket_load(cx, at->id, &t));
    return stale(cx);
}

enum err ticket_store_look(struct ctx *cx, const struct ticket_at *at, struct ticket *out)
{
    struct ticket t;
    TRY(ticket_load(cx, at->id, &t));
    if (at->version != TICKET_ANY_VERSION && at->version != t.version)
        return stale(cx);
    *out = t;
    return OK;
}

static enum err write(struct ctx *cx, const struct ticket *t, int64_t *changed)
{
    return q_ticket_save(cx, t->id, t->version, t->type, t->status, t->level, t->ball,
                         t->ball_team, t->pending_team, t->work_team, t->work_person,
                         t->care_team, t->care_person, t->category, t->product, t->impact,
                         t->urgency, t->priority, t->priority_why, t->problem, t->tried,
                         t->current, t->wait_until, t->unanswered, t->reopened, t->returns,
                         t->solved_at, t->solved_level, (int64_t)t->solved_how, t->solved_text,
                         t->assisted, t->solution, t->ended, t->merged_into, changed);
}

enum err ticket_store_save(struct ctx *cx, struct ticket_at *at, struct ticket *t,
                           struct event e)
{
    struct ticket_pending pending = {.asked = t->pending_team};
    struct ticket_ball ball = ticket_ball(t->status, t->work_team, pending);
    t->ball = ball.ball;
    t->ball_team = ball.team;
    int64_t changed;
    TRY(write(cx, t, &changed));
    if (changed == 0)
        return stale(cx);
    t->version++;
    if (at->version != TICKET_ANY_VERSION)
        at->version = t->version;
    if (e.kind == NULL)
        return OK;
    e.ticket = t->id.n;
    e.team = t->work_team.n;
    e.level = t->level;
    return event_add(cx, e);
}
