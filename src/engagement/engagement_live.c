// SPDX-License-Identifier: GPL-3.0-or-later
#include "engagement/engagement_live.h"

#include "base/limits.h"
#include "base/now.h"
#include "engagement.sql.h"
#include "engagement/engagement_part.h"
#include "engagement_live.sql.h"
#include "event/event.h"
#include "job/job.h"
#include "tenant/tenant.h"

// --- who is ready (E8) -------------------------------------------------------------------

enum err engagement_live_set_ready(struct ctx *cx, bool ready)
{
    TRY(q_live_unready(cx));
    if (!ready)
        return OK;
    return q_live_ready(cx, instant_plus(cx->now, LIMIT_READY_S));
}

enum err engagement_live_is_ready(struct ctx *cx, bool *out)
{
    struct q_live_is_ready row;
    TRY(q_live_is_ready(cx, &row));
    *out = row.n > 0;
    return OK;
}

// --- nobody came (E4) --------------------------------------------------------------------

static enum err becomes_asynchronous(struct ctx *cx, const struct engagement *e,
                                     const struct ticket *t)
{
    instant due;
    int64_t changed;
    struct ticket_at at = ticket_at(t);
    TRY(engagement_accept_due(cx, t, e->to_level, e->mode, &due));
    TRY(q_live_missed(cx, e->id, due, &changed));
    if (changed == 0)    // E3: somebody was quicker
        return OK;
    TRY(engagement_give_ball(cx, &at));
    if (due.ms != 0)
        TRY(job_add(cx, "engagement_due", e->id.n, due));
    struct engagement now = *e;
    now.live = LIVE_MISSED;
    return engagement_tell(cx, "engagement.requested", &now, S(",\"missed\":true"));
}

enum err engagement_live_over(struct ctx *cx, struct job *job)
{
    struct q_engagement_desk_of *desk;
    struct engagement e;
    struct ticket t;
    isize n;
    TRY(q_engagement_desk_of(cx, (engagement_id){job->ref}, &desk, &n));
    if (n == 0)
        return OK;
    cx->who = tenant_system(desk->tenant);
    TRY(engagement_load(cx, (engagement_id){job->ref}, &e));
    TRY(ticket_load(cx, e.ticket, &t));
    if (e.state != ENGAGED_REQUESTED || e.live != LIVE_NOW || ticket_is_over(t.status))
        return OK;
    return becomes_asynchronous(cx, &e, &t);
}

// --- taking over (E7) --------------------------------------------------------------------

static enum err contract_of(struct ctx *cx, const struct ticket *t,
                            struct engagement_contract *out)
{
    TRY(engagement_contract_from(cx, t->id, out));
    out->cause = CAUSE_KNOWLEDGE;    // it was asked because nobody there knew
    if (out->promised.n == 0)
        out->promised = words_in(SAY("Nothing yet.", "Noch nichts."), t->lang);
    return OK;
}

enum err engagement_live_take_over(struct ctx *cx, struct engagement_at at, str line, bool care)
{
    struct engagement consult;
    struct ticket t;
    struct engagement_facts f;
    struct engagement e = {.mode = ENGAGE_HANDOVER};
    TRY(engagement_load(cx, at.id, &consult));
    TRY(ticket_load(cx, consult.ticket, &t));
    TRY(engagement_look(cx, &t, t.work_team, consult.to_team, consult.to_team, &f));
    TRY(engagement_check_take_over(cx, &consult, &f, line));
    TRY(engagement_answer(cx, at, line));
    TRY(contract_of(cx, &t, &e.contract));
    e.completeness = engagement_check_completeness(&e.contract);
    e.from_person = consult.from_person;
    TRY(ticket_load(cx, consult.ticket, &t));
    struct ticket_at now = ticket_at(&t);
    f.ticket = &t;
    TRY(engagement_request(cx, &now, &f, &e));
    return engagement_accept(cx, (struct engagement_at){e.id, 1}, line, care);
}

// --- who is on the line (E10) ------------------------------------------------------------

enum err engagement_live_calls(struct ctx *cx, ticket_id ticket, bool *out)
{
    struct q_live_calls row;
    TRY(q_live_calls(cx, ticket, instant_plus(cx->now, -LIMIT_CALL_S), &row));
    *out = row.n > 0;
    return OK;
}

// --- what rings --------------------------------------------------------------------------

enum { RECENT_S = 86400 };    // no talk about a question is longer

bool engagement_live_ended(const struct engagement_ring *r)
{
    return r->live == LIVE_MISSED || (r->state != ENGAGED_REQUESTED && r->state != ENGAGED_ACCEPTED);
}

static struct engagement_ring from_row(const struct q_live_rings *r)
{
    return (struct engagement_ring){.id = r->id,
                                    .version = r->version,
                                    .mode = r->mode,
                                    .state = r->state,
                                    .live = r->live,
                                    .mine = r->mine,
                                    .number = r->number,
                                    .subject = r->subject,
                                    .question = r->question,
                                    .tried = r->tried,
                                    .customer = r->customer,
                                    .vip = r->vip,
                                    .answer = r->answer,
                                    .from_name = {r->from_en, r->from_de},
                                    .to_name = {r->to_en, r->to_de},
                                    .from_level = (int)r->from_level,
                                    .to_level = (int)r->to_level,
                                    .asked_by = r->asked_by,
                                    .answered_by = r->answered_by,
                                    .rings_until = r->rings_until};
}

enum err engagement_live_rings(struct ctx *cx, struct engagement_ring **out, isize *n)
{
    struct q_live_rings *row;
    instant told = instant_plus(cx->now, -LIMIT_TOLD_S), recent = instant_plus(cx->now, -RECENT_S);
    TRY(q_live_rings(cx, (int64_t)LIMIT_CALL_S * 1000, told, recent, &row, n));
    *out = make(cx->arena, struct engagement_ring, *n);
    for (isize i = 0; i < *n; i++)
        (*out)[i] = from_row(&row[i]);
    return OK;
}
