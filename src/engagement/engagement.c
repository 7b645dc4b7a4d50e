// SPDX-License-Identifier: GPL-3.0-or-later
#include "engagement/engagement.h"

#include "access/access.h"
#include "base/buf.h"
#include "base/limits.h"
#include "base/now.h"
#include "base/zone.h"
#include "duty/duty.h"
#include "engagement.sql.h"
#include "engagement/engagement_check.h"
#include "event/event.h"
#include "job/job.h"
#include "promise/promise.h"
#include "tenant/tenant.h"

enum {
    VENDOR_LEVEL = 4,
    ANSWER_S = 2 * 3600,    // a question is answered
    RETURN_S = 30 * 60,     // G17
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
        .contract = {r->problem, r->tried, r->situation, r->promised, r->asked_for},
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

// --- what all operations need ------------------------------------------------------------

// The program itself (jobs) is nobody and belongs to no team.
static bool is_program(const struct ctx *cx)
{
    return cx->who.person.n == 0 && cx->who.see == SEE_TENANT;
}

// actor: the team that has to act; to: who takes part, or 0.
static enum err look(struct ctx *cx, const struct ticket *t, team_id from, team_id to,
                     team_id actor, struct engagement_facts *f)
{
    struct q_engagement_facts r;
    *f = (struct engagement_facts){.ticket = t};
    TRY(team_load(cx, from, &f->from));
    if (to.n != 0)
        TRY(team_load(cx, to, &f->to));    // of this desk, or absent
    TRY(q_engagement_facts(cx, t->id, from, to, f->to.level < VENDOR_LEVEL, actor, &r));
    f->member = r.member || is_program(cx);
    f->lead = access_can(&cx->who, CAN_LEAD);
    f->pending = r.pending;
    f->question = r.question;
    f->swarming = r.swarming;
    f->returned = r.returned;
    f->came_from = r.came_from;
    f->passed_on = r.passed_on;
    f->members = r.members;
    return OK;
}

// By and to the team that works on it, at the version the asker saw.
static enum err look_at(struct ctx *cx, const struct ticket_at *at, team_id to,
                        struct ticket *t, struct engagement_facts *f)
{
    TRY(ticket_load(cx, at->id, t));
    return look(cx, t, t->work_team, to, t->work_team, f);
}

static enum err give_ball(struct ctx *cx, struct ticket_at *at)    // G15
{
    struct q_engagement_wanted w;
    TRY(q_engagement_wanted(cx, at->id, &w));
    return ticket_set_ball(cx, at,
                           (struct ticket_pending){.asked = w.asked, .sender = w.sender});
}

static enum err tell(struct ctx *cx, const char *kind, const struct engagement *e, str more)
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

static int64_t accept_s(const struct ticket *t, enum engagement_mode mode)
{
    return mode == ENGAGE_CONSULT  ? ANSWER_S
           : mode == ENGAGE_RETURN ? RETURN_S
                                   : promise_target(t->priority, t->channel).accept_s;
}

// --- requests ----------------------------------------------------------------------------

// Stores e, lets the team see the case (G19, but G8), starts its clock, gives the ball.
static enum err request(struct ctx *cx, struct ticket_at *at, const struct engagement_facts *f,
                        struct engagement *e)
{
    e->ticket = f->ticket->id;
    e->from_team = f->from.id;
    e->from_level = f->from.level;
    e->to_team = f->to.id;
    e->to_level = f->to.level;
    e->accept_due = instant_plus(cx->now, accept_s(f->ticket, e->mode));
    struct engagement_contract *c = &e->contract;
    struct q_engagement_insert row;
    TRY(q_engagement_insert(cx, e->ticket, e->mode, e->from_team, e->from_level,
                            e->from_person.n != 0 ? e->from_person : cx->who.person, e->to_team,
                            e->to_level, c->asked_for, c->problem, c->tried, c->situation,
                            c->promised, e->completeness, e->reason, e->reason_text,
                            e->solution, e->accept_due, &row));
    e->id = row.id;
    TRY(give_ball(cx, at));
    if (e->to_level < VENDOR_LEVEL)
        TRY(ticket_see(cx, e->ticket, e->to_team));
    TRY(job_add(cx, "engagement_due", e->id.n, e->accept_due));
    bool skips = e->mode == ENGAGE_HANDOVER && e->to_level - e->from_level > 1;
    return tell(cx, "engagement.requested", e,
                arena_fmt(cx->arena, ",\"completeness\":%d%s", e->completeness,
                          skips ? ",\"skip\":true" : ""));    // G7
}

// The earliest open promise, as the customer heard it.
static str promised_so_far(struct ctx *cx, const struct ticket *t, const struct promise *p,
                           isize n)
{
    const struct promise *first = NULL;
    for (isize i = 0; i < n; i++)
        if (p[i].state == PROMISE_OPEN && (first == NULL || p[i].due.ms < first->due.ms))
            first = &p[i];
    if (first == NULL)
        return (str){0};
    if (first->what.n == 0)
        return words_in(promise_words(cx->arena, cx->now, first->due, t->contact_formal),
                        cx->lang);
    return arena_fmt(cx->arena, STR_FMT " (" STR_FMT ")", STR_ARG(first->what),
                     STR_ARG(zone_short(cx->arena, first->due, cx->now, cx->lang)));
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

enum err engagement_hand_over(struct ctx *cx, struct ticket_at *at, team_id to,
                              const struct engagement_contract *c, engagement_id *out)
{
    struct ticket t;
    struct engagement_facts f;
    TRY(look_at(cx, at, to, &t, &f));
    TRY(engagement_check_handover(cx, &f, c));
    struct engagement e = {.mode = ENGAGE_HANDOVER,
                           .contract = *c,
                           .completeness = engagement_check_completeness(c)};
    TRY(request(cx, at, &f, &e));
    *out = e.id;
    return OK;
}

// What the returning team misses in the contract it accepted.
static enum err missing_in_contract(struct ctx *cx, const struct ticket *t, str *out)
{
    struct engagement *e;
    isize n;
    TRY(engagement_list(cx, t->id, &e, &n));
    for (isize i = n - 1; i >= 0; i--) {
        if (e[i].mode != ENGAGE_HANDOVER || e[i].accepted.ms == 0
            || e[i].to_team.n != t->work_team.n)
            continue;
        *out = engagement_check_missing(cx->arena, &e[i].contract, t->lang);
        break;
    }
    return OK;
}

static enum err previous_team(struct ctx *cx, const struct ticket_at *at, team_id *out)
{
    struct ticket t;
    struct q_engagement_previous *row;
    isize n;
    TRY(ticket_load(cx, at->id, &t));
    TRY(q_engagement_previous(cx, t.id, t.work_team, &row, &n));
    *out = n > 0 ? row[0].team : (team_id){0};
    return OK;
}

enum err engagement_return(struct ctx *cx, struct ticket_at *at,
                           const struct engagement_return *r, engagement_id *out)
{
    struct ticket t;
    struct engagement_facts f;
    struct engagement_return fresh = *r;
    team_id to;
    duty_id owed;
    TRY(previous_team(cx, at, &to));
    TRY(look_at(cx, at, to, &t, &f));
    if (r->reason == RETURN_INCOMPLETE && str_trim(r->text).n == 0)
        TRY(missing_in_contract(cx, &t, &fresh.text));
    TRY(engagement_check_return(cx, &f, &fresh));
    if (r->reason == RETURN_KNOWN)    // G4
        TRY(duty_on_return(cx, t.id, f.from.id, r->solution, &owed));
    struct engagement e = {.mode = ENGAGE_RETURN,
                           .reason = r->reason,
                           .reason_text = str_trim(fresh.text),
                           .solution = r->solution,
                           .contract = {.asked_for = ASK_SOLVE}};
    TRY(request(cx, at, &f, &e));
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
    TRY(engagement_check_ask(cx, &f, q));
    struct engagement e = {
        .mode = ENGAGE_CONSULT,
        .contract = {.problem = str_trim(q->text), .asked_for = ASK_KNOWHOW}};
    TRY(request(cx, at, &f, &e));
    if (f.to.level >= VENDOR_LEVEL)
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
    TRY(request(cx, at, &f, &e));
    *out = e.id;
    return OK;
}

// --- answers -----------------------------------------------------------------------------

// One engagement, its case, and the state the act leads to; nothing is written yet.
struct acting {
    struct engagement e;
    struct ticket t;
    struct ticket_at at;
    enum engagement_act act;
    enum engagement_state next;
};

// Nobody of a vendor's team works here: what it says is entered by the team that asked.
static team_id who_acts(const struct engagement *e, enum engagement_act act)
{
    bool sender = act == ENGAGE_WITHDRAW || act == ENGAGE_EXPIRE || e->to_level >= VENDOR_LEVEL;
    return sender ? e->from_team : e->to_team;
}

static enum err act_on(struct ctx *cx, struct engagement_at at, enum engagement_act act,
                       str line, struct acting *a)
{
    struct engagement_facts f;
    a->act = act;
    TRY(engagement_load(cx, at.id, &a->e));
    TRY(ticket_load(cx, a->e.ticket, &a->t));
    a->at = ticket_at(&a->t);
    if (a->e.version != at.version)    // G18
        return fail(cx, ERR_STALE, "Somebody has answered this meanwhile.",
                    "Darauf hat inzwischen schon jemand reagiert.");
    TRY(look(cx, &a->t, a->e.from_team, (team_id){0}, who_acts(&a->e, act), &f));
    return engagement_check_act(cx, &a->e, act, &f, line, &a->next);
}

static enum err settle(struct ctx *cx, struct acting *a, str answer, str reason)
{
    bool accepts = a->next == ENGAGED_ACCEPTED;
    bool ours = a->e.to_level < VENDOR_LEVEL;    // G6
    int64_t changed;
    TRY(q_engagement_settle(cx, a->e.id, a->e.version, a->next,
                            accepts && ours ? cx->who.person : (person_id){0}, str_trim(answer),
                            str_trim(reason), accepts ? cx->now : (instant){0},
                            accepts ? (instant){0} : cx->now, &changed));
    if (changed == 0)
        return fail(cx, ERR_STALE, "Somebody has answered this meanwhile.",
                    "Darauf hat inzwischen schon jemand reagiert.");
    return OK;
}

// The vendor has spoken, or need not any more.
static enum err vendor_is_done(struct ctx *cx, struct acting *a)
{
    bool waits = a->e.mode == ENGAGE_CONSULT && a->e.to_level >= VENDOR_LEVEL
                 && a->t.status == TICKET_WAITING_VENDOR;
    return waits ? ticket_resume(cx, &a->at) : OK;
}

// Ends a request or a part that did not move the case.
static enum err finish(struct ctx *cx, struct acting *a, str answer, str reason,
                       const char *event)
{
    TRY(settle(cx, a, answer, reason));
    if (!ticket_is_over(a->t.status)) {
        TRY(give_ball(cx, &a->at));
        TRY(vendor_is_done(cx, a));
    }
    return tell(cx, event, &a->e, (str){0});
}

// Whoever had the case until now has handed it on, or its part is done because it went back.
static enum err end_former(struct ctx *cx, const struct acting *a)
{
    struct engagement *e;
    isize n;
    TRY(engagement_list(cx, a->t.id, &e, &n));
    bool returned = a->e.mode == ENGAGE_RETURN;
    for (isize i = 0; i < n; i++) {
        bool had = (e[i].mode == ENGAGE_HANDOVER || e[i].mode == ENGAGE_RETURN)
                   && e[i].state == ENGAGED_ACCEPTED && e[i].id.n != a->e.id.n;
        if (!had)
            continue;
        struct acting former = {.e = e[i], .next = ENGAGED_HANDED_ON};
        if (returned)
            former.next = ENGAGED_CONCLUDED;
        TRY(settle(cx, &former, (str){0}, (str){0}));
        TRY(tell(cx, returned ? "engagement.concluded" : "engagement.handed_on", &e[i],
                 (str){0}));
    }
    return OK;
}

static enum err set_current(struct ctx *cx, struct acting *a, str line)    // G13
{
    line = str_trim(line);
    if (line.n == 0 || str_eq(line, a->t.current))
        return OK;
    return ticket_set_lagebild(cx, &a->at, (struct lagebild){a->t.problem, a->t.tried, line});
}

// The case changes its owner here and nowhere else (G12).
static enum err take_over(struct ctx *cx, struct acting *a, str line, bool care)
{
    bool returned = a->e.mode == ENGAGE_RETURN;
    TRY(settle(cx, a, line, (str){0}));
    TRY(end_former(cx, a));
    TRY(ticket_move(
        cx, &a->at,
        &(struct ticket_move){.team = a->e.to_team,
                              .level = a->e.to_level,
                              .person = cx->who.person,
                              .care_team = care && !returned ? a->e.to_team : (team_id){0},
                              .returned = returned}));
    TRY(give_ball(cx, &a->at));    // a question may still be open
    TRY(set_current(cx, a, line));
    return tell(cx, returned ? "engagement.returned" : "engagement.accepted", &a->e,
                care && !returned ? S(",\"care\":true") : (str){0});
}

enum err engagement_accept(struct ctx *cx, struct engagement_at at, str line, bool care)
{
    struct acting a = {0};
    TRY(act_on(cx, at, ENGAGE_ACCEPT, line, &a));
    if (a.e.mode == ENGAGE_HANDOVER || a.e.mode == ENGAGE_RETURN)
        return take_over(cx, &a, line, care);
    TRY(settle(cx, &a, (str){0}, (str){0}));
    return tell(cx, "engagement.accepted", &a.e, (str){0});
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
    TRY(look(cx, &a->t, a->e.from_team, to, a->e.to_team, &f));
    f.passed_on |= to.n == a->e.to_team.n;    // G16
    TRY(engagement_check_forward(cx, &f));
    TRY(settle(cx, a, (str){0}, (str){0}));
    TRY(tell(cx, "engagement.handed_on", &a->e, (str){0}));
    struct engagement e = {.mode = ENGAGE_HANDOVER,
                           .contract = a->e.contract,
                           .from_person = a->e.from_person,
                           .completeness = a->e.completeness};
    TRY(request(cx, &a->at, &f, &e));
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
        struct acting a = {.e = e[i], .next = asked ? ENGAGED_WITHDRAWN : ENGAGED_CONCLUDED};
        TRY(settle(cx, &a, (str){0}, (str){0}));
        TRY(tell(cx, asked ? "engagement.withdrawn" : "engagement.concluded", &e[i], (str){0}));
        open++;
    }
    return open > 0 ? give_ball(cx, at) : OK;
}

// --- what happens by itself --------------------------------------------------------------

static enum err due_job(struct ctx *cx, struct job *job)
{
    struct q_engagement_desk_of *desk;
    struct engagement e;
    isize n;
    TRY(q_engagement_desk_of(cx, (engagement_id){job->ref}, &desk, &n));
    if (n == 0)
        return OK;
    cx->who = tenant_system(desk->tenant);
    TRY(engagement_load(cx, (engagement_id){job->ref}, &e));
    if (e.state != ENGAGED_REQUESTED)
        return OK;
    if (e.mode == ENGAGE_RETURN)    // G17
        return engagement_accept(cx, (struct engagement_at){e.id, e.version}, (str){0}, false);
    return tell(cx, "clock.breached", &e, S(",\"clock\":\"ola_accept\""));
}

const struct job_kind engagement_jobs[] = {
    {.name = "engagement_due", .apply = due_job},
    {0},
};
