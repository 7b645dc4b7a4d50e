// SPDX-License-Identifier: GPL-3.0-or-later
#include "engagement/engagement.h"

#include "access/access.h"
#include "base/buf.h"
#include "base/limits.h"
#include "base/now.h"
#include "duty/duty.h"
#include "engagement.sql.h"
#include "engagement/engagement_need.h"
#include "engagement/engagement_part.h"
#include "engagement/release_customer.h"
#include "event/event.h"
#include "job/job.h"
#include "promise/promise.h"
#include "routing/routing.h"
#include "staff/authority.h"
#include "ticket/ticket_said.h"

enum {
    RETURN_S = 30 * 60,    // G17
};

// --- reading -----------------------------------------------------------------------------

static struct engagement from_row(const struct q_engagement_rows *r)
{
    return (struct engagement){
        .id = r->id,
        .version = r->version,
        .ticket = r->ticket,
        .mode = r->mode,
        .state = r->state,
        .from_team = r->from_team,
        .from_name = {r->from_en, r->from_de},
        .from_level = (int)r->from_level,
        .from_person = r->from_person,
        .to_team = r->to_team,
        .to_name = {r->to_en, r->to_de},
        .to_level = (int)r->to_level,
        .to_person = r->to_person,
        .contract = {r->problem, r->tried, r->situation, r->promised, r->asked_for, r->cause},
        .live = r->live,
        .rings_until = r->rings_until,
        .completeness = (int)r->completeness,
        .reason = r->reason,
        .reason_text = r->reason_text,
        .solution = r->solution,
        .answer = r->answer,
        .requested = r->requested,
        .accept_due = r->accept_due,
        .accepted = r->accepted,
        .concluded = r->concluded};
}

enum err engagement_load(struct ctx *cx, engagement_id id, struct engagement *out)
{
    struct q_engagement_rows *row;
    isize n;
    TRY(q_engagement_rows(cx, id, (ticket_id){0}, &row, &n));
    if (n == 0)
        return db_absent(cx);
    *out = from_row(row);
    return OK;
}

enum err engagement_list(struct ctx *cx, ticket_id ticket, struct engagement **out, isize *n)
{
    struct q_engagement_rows *row;
    TRY(q_engagement_rows(cx, (engagement_id){0}, ticket, &row, n));
    *out = make(cx->arena, struct engagement, *n);
    for (isize i = 0; i < *n; i++)
        (*out)[i] = from_row(&row[i]);
    return OK;
}

static bool waits(const struct engagement *e, bool question)
{
    if (question)
        return e->mode == ENGAGE_CONSULT && e->to_level < LEVEL_VENDOR
               && (e->state == ENGAGED_REQUESTED || e->state == ENGAGED_ACCEPTED);
    return (e->mode == ENGAGE_HANDOVER || e->mode == ENGAGE_RETURN)
           && e->state == ENGAGED_REQUESTED;
}

static enum err find_waiting(struct ctx *cx, ticket_id ticket, bool question,
                             struct engagement *out)
{
    struct engagement *e;
    isize n;
    TRY(engagement_list(cx, ticket, &e, &n));
    *out = (struct engagement){0};
    for (isize i = 0; i < n; i++)
        if (waits(&e[i], question))
            *out = e[i];
    return OK;
}

enum err engagement_pending(struct ctx *cx, ticket_id ticket, struct engagement *out)
{
    return find_waiting(cx, ticket, false, out);
}

enum err engagement_question(struct ctx *cx, ticket_id ticket, struct engagement *out)
{
    return find_waiting(cx, ticket, true, out);
}

// --- what all operations need ------------------------------------------------------------

// The program itself (jobs) is nobody and belongs to no team.
static bool is_program(const struct ctx *cx)
{
    return cx->who.person.n == 0 && cx->who.see == SEE_TENANT;
}

// G2 and G7, of a hand-over to that team.
static enum err look_at_rights(struct ctx *cx, bool learns, struct engagement_facts *f)
{
    const struct ticket *t = f->ticket;
    team_id ruled = {0};
    if (!team_works(&f->to))
        return OK;
    TRY(authority_of_level(cx, f->to.level, AUTHORITY_SOLVE, t->category, &f->able));
    f->able |= learns;
    if (f->to.level - f->from.level > 1)
        TRY(routing_ruled(cx, t, &ruled));
    f->ruled = ruled.n != 0 && ruled.n == f->to.id.n;
    return OK;
}

// actor: the team that has to act; to: who takes part, or 0.
enum err engagement_look(struct ctx *cx, const struct ticket *t, team_id from, team_id to,
                         team_id actor, struct engagement_facts *f)
{
    struct q_engagement_facts r;
    *f = (struct engagement_facts){.ticket = t};
    TRY(team_load(cx, from, &f->from));
    if (to.n != 0)
        TRY(team_load(cx, to, &f->to));    // of this desk, or absent
    TRY(q_engagement_facts(cx, t->id, from, to, f->to.level < LEVEL_VENDOR, actor, &r));
    TRY(engagement_need_of(cx, t->category, &f->needs));
    f->member = r.member || is_program(cx);
    f->lead = access_can(&cx->who, CAN_LEAD);
    f->pending = r.pending;
    f->question = r.question;
    f->swarming = r.swarming;
    f->returned = r.returned;
    f->came_from = r.came_from;
    f->passed_on = r.passed_on;
    f->members = r.members;
    f->ready = r.ready;
    return to.n == 0 ? OK : look_at_rights(cx, r.learns, f);
}

// By and to the team that works on it, at the version the asker saw.
static enum err look_at(struct ctx *cx, const struct ticket_at *at, team_id to,
                        struct ticket *t, struct engagement_facts *f)
{
    TRY(ticket_load(cx, at->id, t));
    return engagement_look(cx, t, t->work_team, to, t->work_team, f);
}

enum err engagement_give_ball(struct ctx *cx, struct ticket_at *at)    // G15
{
    struct q_engagement_wanted w;
    TRY(q_engagement_wanted(cx, at->id, &w));
    return ticket_set_ball(cx, at,
                           (struct ticket_pending){.asked = w.asked, .sender = w.sender});
}

enum err engagement_tell(struct ctx *cx, const char *kind, const struct engagement *e, str more)
{
    str data = arena_fmt(cx->arena, "{\"mode\":\"%s\",\"from\":%lld,\"to\":%lld" STR_FMT "}",
                         engagement_words_mode[e->mode].code, (long long)e->from_team.n,
                         (long long)e->to_team.n, STR_ARG(more));
    return event_add(cx, (struct event){.kind = kind,
                                        .ticket = e->ticket.n,
                                        .object = e->id.n,
                                        .team = e->to_team.n,
                                        .level = e->to_level,
                                        .data = data});
}

enum err engagement_accept_due(struct ctx *cx, const struct ticket *t, int level,
                               enum engagement_mode mode, instant *out)
{
    struct agreement a;
    enum clock_kind kind = mode != ENGAGE_CONSULT  ? CLOCK_ACCEPT
                           : level >= LEVEL_VENDOR ? CLOCK_FIX
                                                   : CLOCK_ANSWER;
    if (mode == ENGAGE_RETURN) {
        *out = instant_plus(cx->now, RETURN_S);
        return OK;
    }
    TRY(agreement_of(cx, t->id, &a));
    *out = agreement_due(&a, kind, level, t->priority, t->channel, cx->now);
    if (out->ms == 0 && kind == CLOCK_FIX)
        *out = agreement_due(&a, CLOCK_ANSWER, 0, t->priority, t->channel, cx->now);
    return OK;
}

// What rings has no time to be accepted by; that begins when nobody came (E4).
static enum err start_time(struct ctx *cx, const struct ticket *t, struct engagement *e)
{
    if (e->live != LIVE_NOW)
        return engagement_accept_due(cx, t, e->to_level, e->mode, &e->accept_due);
    e->rings_until = instant_plus(cx->now, LIMIT_RING_S);
    return OK;
}

static enum err start_job(struct ctx *cx, const struct engagement *e)
{
    if (e->live == LIVE_NOW)
        return job_add(cx, "engagement_ring", e->id.n, e->rings_until);
    return e->accept_due.ms == 0 ? OK : job_add(cx, "engagement_due", e->id.n, e->accept_due);
}

// --- requests ----------------------------------------------------------------------------

// Stores e, lets the team see the case (G19, but G8), starts its clock, gives the ball.
enum err engagement_request(struct ctx *cx, struct ticket_at *at,
                            const struct engagement_facts *f, struct engagement *e)
{
    e->ticket = f->ticket->id;
    e->from_team = f->from.id;
    e->from_level = f->from.level;
    e->to_team = f->to.id;
    e->to_level = f->to.level;
    TRY(start_time(cx, f->ticket, e));
    struct engagement_contract *c = &e->contract;
    struct q_engagement_insert row;
    TRY(q_engagement_insert(cx, e->ticket, e->mode, e->from_team, e->from_level,
                            e->from_person.n != 0 ? e->from_person : cx->who.person, e->to_team,
                            e->to_level, c->asked_for, c->problem, c->tried, c->situation,
                            c->promised, e->completeness, e->reason, e->reason_text,
                            e->solution, e->accept_due, e->live, e->rings_until, c->cause,
                            &row));
    e->id = row.id;
    TRY(engagement_give_ball(cx, at));
    if (e->to_level < LEVEL_VENDOR)
        TRY(ticket_see(cx, e->ticket, e->to_team));
    TRY(start_job(cx, e));
    bool skips = e->mode == ENGAGE_HANDOVER && e->to_level - e->from_level > 1;
    return engagement_tell(cx, e->live == LIVE_NOW ? "engagement.rung" : "engagement.requested",
                           e,
                           arena_fmt(cx->arena, ",\"completeness\":%d%s", e->completeness,
                                     skips ? ",\"skip\":true" : ""));    // G7
}

// The earliest open promise, with its day: colleagues read it tomorrow, too.
static str promised_so_far(struct ctx *cx, const struct ticket *t, const struct promise *p,
                           isize n)
{
    const struct promise *first = NULL;
    for (isize i = 0; i < n; i++)
        if (p[i].state == PROMISE_OPEN && (first == NULL || p[i].due.ms < first->due.ms))
            first = &p[i];
    if (first == NULL)
        return (str){0};
    return ticket_said_promised(cx->arena, first->what, first->due, t->lang);
}

static str situation_of(struct arena *a, const struct ticket *t)
{
    const str part[] = {t->product_name, t->contact_name, t->contact_phone, t->contact_reach};
    struct buf b = buf_new(a, 200);
    for (isize i = 0; i < countof(part); i++) {
        if (part[i].n == 0)
            continue;
        if (b.n > 0)
            buf_put(&b, S(", "));
        buf_put(&b, part[i]);
    }
    return buf_str(&b);
}

enum err engagement_contract_from(struct ctx *cx, ticket_id ticket,
                                  struct engagement_contract *out)
{
    struct ticket t;
    struct promise *promise;
    isize n;
    TRY(ticket_load(cx, ticket, &t));
    TRY(promise_list(cx, ticket, &promise, &n));
    *out = (struct engagement_contract){.problem = t.problem.n > 0 ? t.problem : t.subject,
                                        .tried = t.tried,
                                        .situation = situation_of(cx->arena, &t),
                                        .promised = promised_so_far(cx, &t, promise, n),
                                        .asked_for = ASK_SOLVE};
    return OK;
}

static enum err keep_tried(struct ctx *cx, struct ticket_at *at, const struct ticket *t,
                           str told)    // G21
{
    told = str_trim(told);
    str known = str_trim(t->tried);
    if (told.n <= known.n || (known.n > 0 && str_find(told, known) < 0))
        return OK;
    return ticket_set_lagebild(cx, at, (struct lagebild){t->problem, told, t->current});
}

enum err engagement_hand_over(struct ctx *cx, struct ticket_at *at, team_id to,
                              const struct engagement_contract *c, engagement_id *out)
{
    struct ticket t;
    struct engagement_facts f;
    TRY(look_at(cx, at, to, &t, &f));
    TRY(engagement_check_handover(cx, &f, c));
    TRY(keep_tried(cx, at, &t, c->tried));
    struct engagement e = {.mode = ENGAGE_HANDOVER,
                           .live = c->live ? LIVE_NOW : 0,
                           .contract = *c,
                           .completeness = engagement_check_completeness(c)};
    TRY(engagement_request(cx, at, &f, &e));
    *out = e.id;
    return OK;
}

// By whom the team that works on it got it, and what the guards say to a way back.
static enum err look_back(struct ctx *cx, const struct ticket *t, struct engagement *came,
                          struct engagement_facts *f)
{
    struct q_engagement_previous *row;
    isize n;
    *came = (struct engagement){0};
    TRY(q_engagement_previous(cx, t->id, t->work_team, &row, &n));
    if (n > 0)
        TRY(engagement_load(cx, row->id, came));
    return engagement_look(cx, t, t->work_team, came->from_team, t->work_team, f);
}

enum err engagement_way_back(struct ctx *cx, const struct ticket *t,
                             struct engagement_way_back *out)
{
    struct engagement came;
    struct engagement_facts f;
    TRY(look_back(cx, t, &came, &f));
    *out = (struct engagement_way_back){.came = came, .again = f.returned};
    out->blocked = came.id.n != 0 && !engagement_check_takes(&f);
    return OK;
}

// G4.  What is named has to be there for who is to solve the case with it.
static enum err check_named(struct ctx *cx, const struct engagement_return *r,
                            const struct team *to)
{
    struct solution s;
    if (r->reason != RETURN_KNOWN || r->solution.n == 0)
        return OK;
    TRY(solution_load(cx, r->solution, &s));
    if (solution_serves(s.audience, s.confidence, to->level))
        return OK;
    str key = solution_key_text(cx->arena, s.key);
    return invalid(cx, "solution",
                   "Level %d may not see " STR_FMT ". Release it, name another one, or none: then "
                   "your team owes it.",
                   "Das %d. Level darf " STR_FMT " nicht sehen. Gib sie frei, nenn eine andere oder "
                   "keine: Dann schuldet dein Team sie.",
                   to->level, STR_ARG(key));
}

enum err engagement_return(struct ctx *cx, struct ticket_at *at,
                           const struct engagement_return *r, engagement_id *out)
{
    struct ticket t;
    struct engagement_facts f;
    struct engagement came;
    struct engagement_return fresh = *r;
    duty_id owed;
    TRY(ticket_load(cx, at->id, &t));
    TRY(look_back(cx, &t, &came, &f));
    if (r->reason == RETURN_INCOMPLETE && str_trim(r->text).n == 0 && f.came_from)
        fresh.text = engagement_check_missing(cx->arena, &came.contract, t.lang);
    TRY(engagement_check_return(cx, &f, &fresh));
    TRY(check_named(cx, r, &f.to));
    if (r->reason == RETURN_KNOWN)    // G4
        TRY(duty_on_return(cx, t.id, f.from.id, r->solution, &owed));
    if (r->reason == RETURN_KNOWN && r->solution.n != 0)
        TRY(solution_link(cx, t.id, r->solution, LINK_NAMED));
    struct engagement e = {.mode = ENGAGE_RETURN,
                           .reason = r->reason,
                           .reason_text = str_trim(fresh.text),
                           .solution = r->solution,
                           .contract = {.asked_for = ASK_SOLVE}};
    TRY(engagement_request(cx, at, &f, &e));
    *out = e.id;
    return OK;
}

// A vendor's team has no ball of ours: the case waits for the vendor, or with us.
static enum err wait_for_vendor(struct ctx *cx, struct ticket_at *at, const struct ticket *t)
{
    if (t->status == TICKET_NEW)
        TRY(ticket_open(cx, at));
    else if (t->status != TICKET_OPEN)
        return OK;
    return ticket_wait(cx, at, &(struct ticket_waiting){.for_what = TICKET_WAITING_VENDOR});
}

enum err engagement_ask(struct ctx *cx, struct ticket_at *at, team_id to,
                        const struct engagement_question *q, engagement_id *out)
{
    struct ticket t;
    struct engagement_facts f;
    TRY(look_at(cx, at, to, &t, &f));
    struct engagement_question asked = *q;
    if (q->live && str_trim(q->text).n == 0)    // E5
        asked.text = t.problem.n > 0 ? t.problem : t.subject;
    if (f.to.level >= LEVEL_VENDOR)
        TRY(release_customer_of(cx, &t, &f.customer));
    TRY(engagement_check_ask(cx, &f, &asked));
    struct engagement e = {
        .mode = ENGAGE_CONSULT,
        .live = q->live ? LIVE_NOW : 0,
        .contract = {.problem = str_trim(asked.text), .asked_for = ASK_KNOWHOW}};
    TRY(engagement_request(cx, at, &f, &e));
    if (f.to.level >= LEVEL_VENDOR)
        TRY(wait_for_vendor(cx, at, &t));
    *out = e.id;
    return OK;
}

enum err engagement_swarm(struct ctx *cx, struct ticket_at *at, team_id to, str why,
                          engagement_id *out)
{
    struct ticket t;
    struct engagement_facts f;
    TRY(look_at(cx, at, to, &t, &f));
    TRY(engagement_check_swarm(cx, &f, why));
    struct engagement e = {.mode = ENGAGE_SWARM,
                           .contract = {.problem = str_trim(why), .asked_for = ASK_KNOWHOW}};
    TRY(engagement_request(cx, at, &f, &e));
    *out = e.id;
    return OK;
}
