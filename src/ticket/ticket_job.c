// SPDX-License-Identifier: GPL-3.0-or-later
// What happens to a case by itself.  A job only asks again what the rules say now: a date that
// moved, a case opened again meanwhile, are simply not due.
#include "tenant/tenant.h"
#include "ticket.sql.h"
#include "ticket/ticket.h"

static enum err load(struct ctx *cx, const struct job *job, struct ticket *t)
{
    struct q_ticket_desk desk;
    TRY(q_ticket_desk(cx, (ticket_id){job->ref}, &desk));
    cx->who = tenant_system(desk.tenant);
    return ticket_load(cx, (ticket_id){job->ref}, t);
}

static enum err wake(struct ctx *cx, struct job *job)    // T10
{
    struct ticket t;
    TRY(load(cx, job, &t));
    if (t.status != TICKET_WAITING_DATE || t.wait_until.ms > cx->now.ms)
        return OK;
    struct ticket_at at = ticket_at(&t);
    return ticket_resume(cx, &at);
}

static enum err close_case(struct ctx *cx, struct job *job)    // T12
{
    struct ticket t;
    bool untold;
    TRY(load(cx, job, &t));
    TRY(ticket_is_untold(cx, t.id, &untold));
    if (t.status != TICKET_SOLVED || untold)    // who tells it asks for it again
        return OK;
    struct ticket_at at = ticket_at(&t);
    return ticket_close(cx, &at, false);
}

const struct job_kind ticket_jobs[] = {
    {.name = "ticket.wake", .apply = wake},
    {.name = "ticket.close", .apply = close_case},
    {0},
};
