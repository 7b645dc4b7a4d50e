// SPDX-License-Identifier: GPL-3.0-or-later
// What begins, climbs and ends by itself.
#include "base/now.h"
#include "clock/agreement.h"
#include "escalation.sql.h"
#include "escalation/escalation_part.h"
#include "event/event.h"
#include "tenant/tenant.h"

enum { AT_ONCE = 100, FRESH_S = 86400 };

// --- climbing (E5) ---------------------------------------------------------------------------

// The one of the job, and until when it should be taken from now on; id 0: it is gone.
static enum err of_job(struct ctx *cx, const struct job *job, struct escalation *e,
                       instant *due)
{
    struct q_escalation_desk_of *desk;
    enum escalation_stage stage;
    struct ticket t;
    isize n;
    *e = (struct escalation){0};
    TRY(q_escalation_desk_of(cx, (escalation_id){job->ref}, &desk, &n));
    if (n == 0)
        return OK;
    cx->who = tenant_system(desk->tenant);
    TRY(escalation_load(cx, (escalation_id){job->ref}, e));
    TRY(ticket_load(cx, e->ticket, &t));
    TRY(escalation_outlook(cx, &t, e->team, &stage, due));
    e->stage = ESCALATION_DESK;
    return OK;
}

// It is then with all leads, unless it was taken or ended meanwhile.
static enum err to_all_leads(struct ctx *cx, struct job *job,
                             enum err (*move)(struct ctx *, escalation_id, instant, int64_t *),
                             const char *event)
{
    struct escalation e;
    int64_t changed = 0;
    instant due;
    TRY(of_job(cx, job, &e, &due));
    if (e.id.n != 0)
        TRY(move(cx, e.id, due, &changed));
    return changed == 0 ? OK : escalation_part_tell(cx, event, &e, S(""));
}

static enum err climb_job(struct ctx *cx, struct job *job)
{
    return to_all_leads(cx, job, q_escalation_climb, "escalation.climbed");
}

// Whoever took it has not ended it by the time that was said.
static enum err overdue_job(struct ctx *cx, struct job *job)
{
    return to_all_leads(cx, job, q_escalation_reopen, "escalation.overdue");
}

// --- beginning (E8) --------------------------------------------------------------------------

static enum err raise_once(struct ctx *cx, const struct ticket *t, team_id team,
                           enum escalation_reason reason)
{
    struct q_escalation_said said;
    TRY(q_escalation_said(cx, t->id, reason, &said));
    bool enough = reason == ESCALATE_COMPLAINT ? said.ever : said.now;
    struct escalation_new n = {.team = team, .reason = reason};
    return enough ? OK : escalation_part_raise(cx, t, &n);
}

static bool is_of_vendor(const struct q_escalation_events *e)
{
    return str_starts(e->kind, S("clock.")) && str_find(e->data, S("\"clock\":\"uc_")) >= 0;
}

// What is told about a day long gone comes from an import: nobody waits for the lead.
static enum err begins(struct ctx *cx, const struct q_escalation_events *e,
                       const struct ticket *t)
{
    if (e->at.ms < instant_plus(cx->now, -FRESH_S).ms)
        return OK;
    if (is_of_vendor(e))
        return raise_once(cx, t, t->work_team, ESCALATE_VENDOR);
    bool care = t->care_team.n != 0;
    return t->type == TICKET_COMPLAINT && str_starts(e->kind, S("ticket."))
               ? raise_once(cx, t, care ? t->care_team : t->work_team, ESCALATE_COMPLAINT)
               : OK;
}

// --- ending (E9) -----------------------------------------------------------------------------

static enum err open_of(struct ctx *cx, ticket_id ticket, const struct escalation **out)
{
    struct escalation *e;
    isize n;
    TRY(escalation_list(cx, ticket, &e, &n));
    *out = escalation_open(e, n);
    return OK;
}

// Into a case that is at the lead already: what was said goes there, too.
static enum err join(struct ctx *cx, struct escalation *e, const struct escalation *there)
{
    TRY(q_escalation_words_copy(cx, e->id, there->id));
    TRY(q_escalation_words_more(cx, there->id, e->words));
    TRY(escalation_part_tell(cx, "escalation.added", there, S("")));
    return escalation_part_end(cx, e, OUTCOME_OVER, S(""));
}

static enum err go_along(struct ctx *cx, struct escalation *e, ticket_id into)
{
    const struct escalation *there;
    int64_t changed;
    TRY(open_of(cx, into, &there));
    if (there != NULL)
        return join(cx, e, there);
    TRY(q_escalation_move(cx, e->id, into, &changed));
    if (changed == 0)    // one was raised there meanwhile: the next try joins it
        return fail(cx, ERR_STALE, "The other case is at the lead, too.",
                    "Der andere Vorgang liegt auch bei der Leitung.");
    e->ticket = into;
    return escalation_part_tell(cx, "escalation.moved", e, S(""));
}

static enum err ends(struct ctx *cx, const struct ticket *t)
{
    const struct escalation *open;
    TRY(open_of(cx, t->id, &open));
    if (open == NULL)
        return OK;
    struct escalation e = *open;
    struct ticket into;
    TRY(ticket_goes_on(cx, t->id, &into));
    return ticket_is_over(into.status) ? escalation_part_end(cx, &e, OUTCOME_OVER, S(""))
                                       : go_along(cx, &e, into.id);
}

// --- following the events --------------------------------------------------------------------

static enum err react(struct ctx *cx, const struct q_escalation_events *e)
{
    struct ticket t;
    struct who who = cx->who;
    cx->who = tenant_system(e->tenant);
    enum err err = ticket_load(cx, e->ticket, &t);
    if (err == OK)
        err = ticket_is_over(t.status) ? ends(cx, &t) : begins(cx, e, &t);
    cx->who = who;
    return err;
}

static enum err as_a_job(struct ctx *cx, const struct q_escalation_events *e)
{
    return job_add(cx, "escalation.event", e->id, cx->now);
}

// What came since the mark, and the mark behind it.
static enum err pass_on(struct ctx *cx,
                        enum err (*act)(struct ctx *, const struct q_escalation_events *))
{
    struct q_escalation_mark *mark;
    struct q_escalation_events *e;
    isize marks, n;
    TRY(q_escalation_mark(cx, &mark, &marks));
    TRY(q_escalation_events(cx, marks > 0 ? mark[0].event : 0, event_settled(cx), AT_ONCE, &e,
                            &n));
    for (isize i = 0; i < n; i++)
        if (e[i].concerns)
            TRY(act(cx, &e[i]));
    return n == 0 ? OK : q_escalation_mark_set(cx, e[n - 1].id);
}

static enum err follow(struct ctx *cx, struct job *job)
{
    (void)job;
    return pass_on(cx, react);
}

// J15: each event becomes a job of its own.
static enum err follow_apart(struct ctx *cx, struct job *job, enum err err, struct words reason)
{
    if (job_may_pass(job, err))
        return job_failed(cx, job, reason.en);
    TRY(pass_on(cx, as_a_job));
    return job_finish(cx, job);
}

static enum err react_alone(struct ctx *cx, struct job *job)
{
    struct q_escalation_events *e;
    isize n;
    TRY(q_escalation_events(cx, job->ref - 1, cx->now, 1, &e, &n));
    return n > 0 && e[0].id == job->ref && e[0].concerns ? react(cx, &e[0]) : OK;
}

static enum err follow_due(struct ctx *cx, bool *yes)
{
    struct q_escalation_unread r;
    TRY(q_escalation_unread(cx, event_settled(cx), &r));
    *yes = r.yes;
    return OK;
}

const struct job_kind escalation_jobs[] = {
    {.name = "escalation.climb", .apply = climb_job},
    {.name = "escalation.overdue", .apply = overdue_job},
    {.name = "escalation.follow", .apply = follow, .failed = follow_apart, .due = follow_due},
    {.name = "escalation.event", .apply = react_alone},
    {0},
};
