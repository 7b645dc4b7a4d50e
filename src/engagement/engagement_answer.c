// SPDX-License-Identifier: GPL-3.0-or-later
// What becomes of a request: taken, declined, answered, passed on, taken back, or overtaken.
#include "engagement.sql.h"
#include "engagement/engagement_live.h"
#include "engagement/engagement_part.h"
#include "job/job.h"
#include "tenant/tenant.h"

// --- answers -----------------------------------------------------------------------------

// One engagement, its case, and the state the act leads to; nothing is written yet.
struct acting {
    struct engagement e;
    struct ticket t;
    struct ticket_at at;
    enum engagement_act act;
    enum engagement_state next;
};

// What was asked belongs to the case: when that has moved on meanwhile, who works on it now may
// take it back.  Nobody of a vendor's team works here: what it says is entered by who asked.
static team_id who_acts(const struct acting *a)
{
    bool sender =
        a->act == ENGAGE_WITHDRAW || a->act == ENGAGE_EXPIRE || a->e.to_level >= LEVEL_VENDOR;
    return sender ? a->t.work_team : a->e.to_team;
}

static enum err too_late(struct ctx *cx)    // G18
{
    return fail(cx, ERR_STALE, "Somebody has answered this meanwhile.",
                "Darauf hat inzwischen schon jemand reagiert.");
}

// The request is looked at again behind the case: another node may move both in between, and
// whose case it is no more is to hear that he was late, not that he may not.
static enum err load_both(struct ctx *cx, struct engagement_at at, struct acting *a)
{
    TRY(engagement_load(cx, at.id, &a->e));
    TRY(ticket_load(cx, a->e.ticket, &a->t));
    TRY(engagement_load(cx, at.id, &a->e));
    return a->e.version == at.version ? OK : too_late(cx);
}

static enum err act_on(struct ctx *cx, struct engagement_at at, enum engagement_act act,
                       str line, struct acting *a)
{
    struct engagement_facts f;
    a->act = act;
    TRY(load_both(cx, at, a));
    a->at = ticket_at(&a->t);
    TRY(engagement_look(cx, &a->t, a->e.from_team, a->e.to_team, who_acts(a), &f));
    return engagement_check_act(cx, &a->e, act, &f, line, &a->next);
}

static enum err settle(struct ctx *cx, struct acting *a, str answer, str reason)
{
    bool accepts = a->next == ENGAGED_ACCEPTED;
    bool ours = a->e.to_level < LEVEL_VENDOR;    // G6
    int64_t changed;
    TRY(q_engagement_settle(cx, a->e.id, a->e.version, a->next,
                            accepts && ours ? cx->who.person : (person_id){0}, str_trim(answer),
                            str_trim(reason), accepts ? cx->now : (instant){0},
                            accepts ? (instant){0} : cx->now, &changed));
    return changed == 0 ? too_late(cx) : OK;
}

// The vendor has spoken, or need not any more.
static enum err vendor_is_done(struct ctx *cx, struct acting *a)
{
    bool waits = a->e.mode == ENGAGE_CONSULT && a->e.to_level >= LEVEL_VENDOR
                 && a->t.status == TICKET_WAITING_VENDOR;
    return waits ? ticket_resume(cx, &a->at) : OK;
}

// Ends a request or a part that did not move the case.
static enum err finish(struct ctx *cx, struct acting *a, str answer, str reason,
                       const char *event)
{
    TRY(settle(cx, a, answer, reason));
    if (!ticket_is_over(a->t.status)) {
        TRY(engagement_give_ball(cx, &a->at));
        TRY(vendor_is_done(cx, a));
    }
    return engagement_tell(cx, event, &a->e, (str){0});
}

// The case has come to `now`: whoever had it has handed it on, or its part is done because the
// case went back; and what `now` was still asked about it asks itself.
static bool ends_with(const struct engagement *e, const struct engagement *now)
{
    if (e->id.n == now->id.n)
        return false;
    if (e->mode == ENGAGE_HANDOVER || e->mode == ENGAGE_RETURN)
        return e->state == ENGAGED_ACCEPTED;
    bool open = e->state == ENGAGED_REQUESTED || e->state == ENGAGED_ACCEPTED;
    return open && e->to_team.n == now->to_team.n;
}

static enum err close_part(struct ctx *cx, const struct engagement *e, enum engagement_act act)
{
    struct acting a = {.e = *e, .act = act};
    if (!engagement_check_next(e->mode, e->state, act, &a.next))
        return broken(cx, "engagement %lld cannot be closed", (long long)e->id.n);
    TRY(settle(cx, &a, (str){0}, (str){0}));
    return engagement_tell(cx,
                           act == ENGAGE_HAND_ON    ? "engagement.handed_on"
                           : act == ENGAGE_WITHDRAW ? "engagement.withdrawn"
                                                    : "engagement.concluded",
                           e, (str){0});
}

static enum err end_former(struct ctx *cx, const struct engagement *now)
{
    struct engagement *e;
    isize n;
    TRY(engagement_list(cx, now->ticket, &e, &n));
    for (isize i = 0; i < n; i++) {
        if (!ends_with(&e[i], now))
            continue;
        bool moved = e[i].mode == ENGAGE_HANDOVER || e[i].mode == ENGAGE_RETURN;
        bool asked = e[i].state == ENGAGED_REQUESTED;
        TRY(close_part(cx, &e[i],
                       moved && now->mode == ENGAGE_HANDOVER ? ENGAGE_HAND_ON
                       : asked                               ? ENGAGE_WITHDRAW
                                                             : ENGAGE_CONCLUDE));
    }
    return OK;
}

static enum err set_current(struct ctx *cx, struct acting *a, str line)    // G13
{
    line = str_trim(line);
    if (line.n == 0)
        return OK;
    line = arena_fmt(cx->arena, STR_FMT ": " STR_FMT, STR_ARG(words_in(a->e.to_name, cx->lang)),
                     STR_ARG(line));
    return ticket_set_lagebild(cx, &a->at, (struct lagebild){a->t.problem, a->t.tried, line});
}

// The case changes its owner here and nowhere else (G12).
static enum err take_over(struct ctx *cx, struct acting *a, str line, bool care)
{
    bool returned = a->e.mode == ENGAGE_RETURN;
    TRY(settle(cx, a, line, (str){0}));
    TRY(end_former(cx, &a->e));
    TRY(ticket_move(
        cx, &a->at,
        &(struct ticket_move){.team = a->e.to_team,
                              .level = a->e.to_level,
                              .person = cx->who.person,
                              .care_team = care && !returned ? a->e.to_team : (team_id){0},
                              .returned = returned}));
    TRY(engagement_give_ball(cx, &a->at));    // a question may still be open
    TRY(set_current(cx, a, line));
    return engagement_tell(cx, returned ? "engagement.returned" : "engagement.accepted", &a->e,
                           care && !returned ? S(",\"care\":true") : (str){0});
}

enum err engagement_accept(struct ctx *cx, struct engagement_at at, str line, bool care)
{
    struct acting a = {0};
    TRY(act_on(cx, at, ENGAGE_ACCEPT, line, &a));
    if (a.e.mode == ENGAGE_HANDOVER || a.e.mode == ENGAGE_RETURN)
        return take_over(cx, &a, line, care);
    TRY(settle(cx, &a, (str){0}, (str){0}));
    return engagement_tell(cx, "engagement.accepted", &a.e, (str){0});
}

enum err engagement_decline(struct ctx *cx, struct engagement_at at, str text)
{
    struct acting a = {0};
    TRY(act_on(cx, at, ENGAGE_DECLINE, text, &a));
    return finish(cx, &a, (str){0}, text, "engagement.declined");
}

enum err engagement_answer(struct ctx *cx, struct engagement_at at, str answer)
{
    struct acting a = {0};
    TRY(act_on(cx, at, ENGAGE_CONCLUDE, answer, &a));
    if (a.e.mode != ENGAGE_CONSULT)
        return fail(cx, ERR_INVALID, "This is not a question.", "Das ist keine Rückfrage.");
    if (str_trim(answer).n == 0)    // E6
        answer = words_in(SAY("Settled by talking.", "Im Gespräch geklärt."), a.t.lang);
    return finish(cx, &a, answer, (str){0}, "engagement.answered");
}

enum err engagement_end(struct ctx *cx, struct engagement_at at, str outcome)
{
    struct acting a = {0};
    TRY(act_on(cx, at, ENGAGE_CONCLUDE, outcome, &a));
    if (a.e.mode != ENGAGE_SWARM)
        return fail(cx, ERR_INVALID, "This is not a swarm.", "Das ist kein Schwarm.");
    return finish(cx, &a, outcome, (str){0}, "engagement.concluded");
}

enum err engagement_withdraw(struct ctx *cx, struct engagement_at at)
{
    struct acting a = {0};
    TRY(act_on(cx, at, ENGAGE_WITHDRAW, (str){0}, &a));
    return finish(cx, &a, (str){0}, (str){0}, "engagement.withdrawn");
}

enum err engagement_expire(struct ctx *cx, struct engagement_at at)
{
    struct acting a = {0};
    TRY(act_on(cx, at, ENGAGE_EXPIRE, (str){0}, &a));
    if (a.e.accept_due.ms > cx->now.ms)
        return fail(cx, ERR_INVALID, "There is still time to accept this.",
                    "Für die Annahme ist noch Zeit.");
    return finish(cx, &a, (str){0}, (str){0}, "engagement.expired");
}

// The sender still has the case and answers for it; only the door was the wrong one.
static enum err forward_request(struct ctx *cx, struct acting *a, team_id to,
                                engagement_id *out)
{
    struct engagement_facts f;
    TRY(engagement_look(cx, &a->t, a->e.from_team, to, a->e.to_team, &f));
    f.passed_on |= to.n == a->e.to_team.n;    // G16
    TRY(engagement_check_forward(cx, &f));
    TRY(settle(cx, a, (str){0}, (str){0}));
    TRY(engagement_tell(cx, "engagement.handed_on", &a->e, (str){0}));
    struct engagement e = {.mode = ENGAGE_HANDOVER,
                           .contract = a->e.contract,
                           .from_person = a->e.from_person,
                           .completeness = a->e.completeness};
    TRY(engagement_request(cx, &a->at, &f, &e));
    *out = e.id;
    return OK;
}

enum err engagement_forward(struct ctx *cx, struct engagement_at at, team_id to,
                            engagement_id *out)
{
    struct acting a = {0};
    TRY(act_on(cx, at, ENGAGE_HAND_ON, (str){0}, &a));
    if (a.e.state == ENGAGED_REQUESTED)
        return forward_request(cx, &a, to, out);
    // Accepted: an ordinary hand-over with the contract it came with (G12).
    struct engagement_contract c = a.e.contract;
    if (a.e.mode == ENGAGE_RETURN)
        TRY(engagement_contract_from(cx, a.t.id, &c));
    return engagement_hand_over(cx, &a.at, to, &c, out);
}

// --- when the case is solved -------------------------------------------------------------

enum err engagement_was_assisted(struct ctx *cx, ticket_id ticket, bool *out)
{
    struct q_engagement_assisted row;
    TRY(q_engagement_assisted(cx, ticket, &row));
    *out = row.n > 0;
    return OK;
}

enum err engagement_conclude_all(struct ctx *cx, struct ticket_at *at)
{
    struct engagement *e;
    isize n, open = 0;
    TRY(engagement_list(cx, at->id, &e, &n));
    for (isize i = 0; i < n; i++) {
        bool asked = e[i].state == ENGAGED_REQUESTED;
        if (!asked && e[i].state != ENGAGED_ACCEPTED)
            continue;
        TRY(close_part(cx, &e[i], asked ? ENGAGE_WITHDRAW : ENGAGE_CONCLUDE));
        open++;
    }
    return open > 0 ? engagement_give_ball(cx, at) : OK;
}

// --- what happens by itself --------------------------------------------------------------

// A question is waited for until it is answered, also where somebody said he is looking at it.
static bool waits(const struct engagement *e)
{
    return e->state == ENGAGED_REQUESTED
           || (e->state == ENGAGED_ACCEPTED && e->mode == ENGAGE_CONSULT);
}

static str clock_of(const struct engagement *e)    // as in clock_watch.c
{
    return e->to_level >= LEVEL_VENDOR ? S(",\"clock\":\"uc_fix\"")
           : e->mode == ENGAGE_CONSULT ? S(",\"clock\":\"ola_answer\"")
                                       : S(",\"clock\":\"ola_accept\"");
}

static enum err return_is_due(struct ctx *cx, const struct engagement *e,
                              const struct ticket *t)    // G17
{
    struct engagement_at at = {e->id, e->version};
    struct engagement_facts f;
    TRY(engagement_look(cx, t, e->from_team, e->to_team, e->to_team, &f));
    return engagement_check_takes(&f) ? engagement_accept(cx, at, (str){0}, false)
                                      : engagement_withdraw(cx, at);
}

static enum err due_job(struct ctx *cx, struct job *job)
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
    if (!waits(&e))
        return OK;
    if (ticket_is_over(t.status))    // merged or spam meanwhile: nobody waits for it any more
        return close_part(
            cx, &e, e.state == ENGAGED_REQUESTED ? ENGAGE_WITHDRAW : ENGAGE_CONCLUDE);
    if (e.mode == ENGAGE_RETURN)
        return return_is_due(cx, &e, &t);
    return engagement_tell(cx, "clock.breached", &e, clock_of(&e));
}

const struct job_kind engagement_jobs[] = {
    {.name = "engagement_due", .apply = due_job},
    {.name = "engagement_ring", .apply = engagement_live_over},
    {0},
};
