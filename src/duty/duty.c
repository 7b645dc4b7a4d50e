// SPDX-License-Identifier: GPL-3.0-or-later
#include "duty/duty.h"

#include "access/access.h"
#include "base/limits.h"
#include "base/now.h"
#include "base/zone.h"
#include "clock/agreement.h"
#include "duty.sql.h"
#include "event/event.h"
#include "job/job.h"
#include "tenant/tenant.h"

enum { WORKING_DAYS = 2, SATURDAY = 6, REASON_MIN = 10 };
enum { FRESH = 5, FRESH_READ = 30, FRESH_S = 14 * DAY_S };    // F9

// clang-format off
const struct ticket_word duty_causes[] = {
    {"", WORDS("", "")},
    [DUTY_NO_SOLUTION] = {"no_solution",       WORDS("Solved without a written solution", "Gelöst, aber nicht aufgeschrieben")},
    [DUTY_AUDIENCE]    = {"audience_too_high", WORDS("The 1st level may not see the solution", "1st Level sieht die Lösung nicht")},
    [DUTY_RETURN]      = {"return_l1_capable", WORDS("Returned as solvable by the 1st level", "Zurückgegeben als im 1st Level lösbar")},
    [DUTY_PROBLEM]     = {"problem_published", WORDS("Problem fixed, not written down for others", "Problem behoben, für andere nicht aufgeschrieben")},
    {0},
};

const struct ticket_word duty_states[] = {
    {"", WORDS("", "")},
    [DUTY_OPEN]      = {"open",      WORDS("open", "offen")},
    [DUTY_DRAFTED]   = {"drafted",   WORDS("drafted", "im Entwurf")},
    [DUTY_PUBLISHED] = {"published", WORDS("published", "veröffentlicht")},
    {"acknowledged",                 WORDS("read", "gelesen")},
    {"effective",                    WORDS("effective", "wirksam")},
    [DUTY_WAIVED]    = {"waived",    WORDS("waived", "erlassen")},
    {0},
};
// clang-format on

// --- pure ------------------------------------------------------------------------------

bool duty_needed(int solved_level, enum solved_how how, const struct duty_link *link, isize n,
                 enum duty_cause *cause, int *audience)
{
    bool solved = how == SOLVED_BY_SOLUTION || how == SOLVED_BY_TEXT;
    if (solved_level < 2 || !solved)
        return false;
    for (isize i = 0; i < n; i++)
        if (solution_serves(link[i].audience, link[i].confidence, 1))
            return false;
    *cause = n > 0 ? DUTY_AUDIENCE : DUTY_NO_SOLUTION;
    *audience = solved_level > 2 ? SOLUTION_L1 | SOLUTION_L2 : SOLUTION_L1;    // F7
    return true;
}

// The same wall-clock time, however many days later: a night of 23 or 25 hours may lie between.
static instant days_later(instant t, int days)
{
    instant due = instant_plus(t, (int64_t)days * DAY_S);
    return instant_plus(due, zone_local(t).offset_s - zone_local(due).offset_s);
}

instant duty_due(instant created)
{
    int days = 0;
    for (int left = WORKING_DAYS; left > 0;) {
        days++;
        left -= zone_local(days_later(created, days)).weekday < SATURDAY;
    }
    return days_later(created, days);
}

enum duty_state duty_state_with(int audience, const struct duty_link *solution)
{
    if (solution->confidence == SOLUTION_ARCHIVED)
        return DUTY_OPEN;
    for (int level = 1; level <= 3; level++)
        if ((audience & 1 << (level - 1)) != 0
            && !solution_serves(solution->audience, solution->confidence, level))
            return DUTY_DRAFTED;
    return DUTY_PUBLISHED;
}

// --- working ---------------------------------------------------------------------------

static enum err tell(struct ctx *cx, const char *kind, duty_id id, ticket_id ticket,
                     team_id team)
{
    return event_add(
        cx, (struct event){.kind = kind, .ticket = ticket.n, .object = id.n, .team = team.n});
}

static enum err settled(struct ctx *cx)
{
    return fail(cx, ERR_STALE, "This duty is settled already.",
                "Diese Pflicht ist schon erledigt.");
}

// F3: in the days of the teams, where a desk has said which those are.
static enum err due_of(struct ctx *cx, ticket_id ticket, instant *out)
{
    struct agreement a;
    TRY(agreement_of(cx, ticket, &a));
    *out = a.id.n == 0 ? duty_due(cx->now)
                       : calendar_workday(&a.of_teams->c, cx->now, WORKING_DAYS);
    return OK;
}

static enum err owe(struct ctx *cx, const struct ticket *t, team_id team, enum duty_cause cause,
                    int audience, solution_id solution, duty_id *out)
{
    struct q_duty_unsettled_of *open;
    isize n;
    TRY(q_duty_unsettled_of(cx, t->id, team, &open, &n));
    if (n > 0) {
        *out = open[0].id;    // F6
        return OK;
    }
    struct q_duty_insert row;
    instant due;
    TRY(due_of(cx, t->id, &due));
    TRY(q_duty_insert(cx, cause, t->id, 0, team, audience,
                      solution.n == 0 ? DUTY_OPEN : DUTY_DRAFTED, solution, due, &row));
    *out = row.id;
    return tell(cx, "duty.created", row.id, t->id, team);
}

enum err duty_on_solved(struct ctx *cx, ticket_id ticket, duty_id *out)
{
    struct ticket t;
    struct q_duty_links *row;
    isize n;
    TRY(ticket_load(cx, ticket, &t));
    TRY(q_duty_links(cx, ticket, &row, &n));
    struct duty_link *link = make(cx->arena, struct duty_link, n + 1);
    for (isize i = 0; i < n; i++)
        link[i] = (struct duty_link){(int)row[i].audience, row[i].confidence};

    enum duty_cause cause;
    int audience;
    *out = (duty_id){0};
    if (!duty_needed(t.solved_level, t.solved_how, link, n, &cause, &audience))
        return OK;
    return owe(cx, &t, t.work_team, cause, audience, n > 0 ? row[0].solution : (solution_id){0},
               out);
}

enum err duty_on_return(struct ctx *cx, ticket_id ticket, team_id team, solution_id solution,
                        duty_id *out)
{
    struct ticket t;
    TRY(ticket_load(cx, ticket, &t));
    *out = (duty_id){0};
    if (solution.n != 0) {
        struct solution s;
        TRY(solution_load(cx, solution, &s));
        if (solution_serves(s.audience, s.confidence, 1))
            return OK;    // F1
    }
    return owe(cx, &t, team, DUTY_RETURN, SOLUTION_L1, solution, out);
}

enum err duty_on_problem(struct ctx *cx, int64_t problem, team_id team, solution_id solution,
                         duty_id *out)
{
    struct q_duty_of_problem *open;
    struct q_duty_insert row;
    isize n;
    instant due;
    TRY(q_duty_of_problem(cx, problem, &open, &n));
    if (n > 0) {
        *out = open[0].id;    // F6
        return OK;
    }
    TRY(due_of(cx, (ticket_id){0}, &due));
    TRY(q_duty_insert(cx, DUTY_PROBLEM, (ticket_id){0}, problem, team,
                      SOLUTION_L1 | SOLUTION_L2, solution.n == 0 ? DUTY_OPEN : DUTY_DRAFTED,
                      solution, due, &row));
    *out = row.id;
    return tell(cx, "duty.created", row.id, (ticket_id){0}, team);
}

enum err duty_of_problem_settle(struct ctx *cx, int64_t problem, solution_id solution)
{
    struct q_duty_of_problem *open;
    isize n;
    TRY(q_duty_of_problem(cx, problem, &open, &n));
    for (isize i = 0; i < n; i++)
        TRY(duty_draft(cx, open[i].id, solution));
    return OK;
}

static const char *event_for(enum duty_state state)
{
    return state == DUTY_PUBLISHED ? "duty.published"
           : state == DUTY_DRAFTED ? "duty.drafted"
                                   : "duty.reopened";
}

// Only what a duty rests on can take it back; any solution can bring it on.
static enum err answer(struct ctx *cx, const struct q_duty_touched_by *d, solution_id solution,
                       enum duty_state state)
{
    bool rests_on_it = d->solution.n == solution.n;
    if (state == d->state || (state < d->state && !rests_on_it))
        return OK;
    int64_t changed;
    TRY(q_duty_answer(cx, d->id, state, state == DUTY_OPEN ? (solution_id){0} : solution,
                      state == DUTY_PUBLISHED ? cx->now : (instant){0}, &changed));
    return changed == 0 ? OK : tell(cx, event_for(state), d->id, d->ticket, d->team);
}

enum err duty_settle(struct ctx *cx, solution_id solution)
{
    struct q_duty_solution *s;
    struct q_duty_touched_by *d;
    isize n;
    TRY(q_duty_solution(cx, solution, &s, &n));
    if (n == 0)
        return OK;
    struct duty_link link = {(int)s->audience, s->confidence};
    TRY(q_duty_touched_by(cx, solution, &d, &n));
    for (isize i = 0; i < n; i++)
        TRY(answer(cx, &d[i], solution, duty_state_with((int)d[i].audience, &link)));
    return OK;
}

enum err duty_draft(struct ctx *cx, duty_id id, solution_id solution)
{
    struct duty d;
    struct solution s;
    TRY(duty_load(cx, id, &d));
    TRY(solution_load(cx, solution, &s));
    if (!access_can(&cx->who, CAN_WRITE_SOLUTION))
        return fail(cx, ERR_DENIED, "You may read solutions, not write them.",
                    "Du darfst Lösungen lesen, aber nicht schreiben.");
    enum duty_state state =
        duty_state_with(d.audience, &(struct duty_link){s.audience, s.confidence});
    if (state == DUTY_OPEN)
        return invalid(cx, "solution", "This solution is archived.",
                       "Diese Lösung ist archiviert.");
    if (state == d.state && state == DUTY_DRAFTED && d.solution.n == solution.n)
        return OK;    // F4
    int64_t changed;
    TRY(q_duty_answer(cx, id, state, solution, state == DUTY_PUBLISHED ? cx->now : (instant){0},
                      &changed));
    if (changed == 0)
        return settled(cx);
    return tell(cx, event_for(state), id, d.ticket, d.team);
}

enum err duty_waive(struct ctx *cx, duty_id id, str reason)
{
    struct duty d;
    TRY(duty_load(cx, id, &d));
    if (!access_can(&cx->who, CAN_WAIVE))    // F5
        return fail(cx, ERR_DENIED, "The team lead may let a duty go.",
                    "Eine Pflicht erlassen kann die Teamleitung.");
    reason = str_trim(reason);
    if (str_characters(reason) < REASON_MIN || str_characters(reason) > LIMIT_LINE)
        return invalid(cx, "reason", "Say in a sentence why nothing needs to be written.",
                       "Warum muss nichts aufgeschrieben werden? Bitte in einem Satz.");
    int64_t changed;
    TRY(q_duty_let_go(cx, id, reason, &changed));
    return changed == 0 ? settled(cx) : tell(cx, "duty.waived", id, d.ticket, d.team);
}

static enum err settle_job(struct ctx *cx, struct job *job)
{
    solution_id solution = {job->ref};
    struct q_duty_desk_of *desk;
    isize n;
    TRY(q_duty_desk_of(cx, solution, &desk, &n));
    if (n == 0)
        return OK;
    cx->who = tenant_system(desk->tenant);
    return duty_settle(cx, solution);
}

const struct job_kind duty_jobs[] = {
    {.name = "duty_settle", .apply = settle_job},
    {0},
};

// --- reading ---------------------------------------------------------------------------

static enum err rows(struct ctx *cx, int64_t id, int64_t team, int64_t ticket,
                     struct duty **out, isize *n)
{
    struct q_duty_rows *r;
    TRY(q_duty_rows(cx, id, team, ticket, &r, n));
    *out = make(cx->arena, struct duty, *n);
    for (isize i = 0; i < *n; i++)
        (*out)[i] = (struct duty){.id = r[i].id,
                                  .cause = r[i].cause,
                                  .state = r[i].state,
                                  .ticket = r[i].ticket,
                                  .number = r[i].number,
                                  .subject = r[i].subject,
                                  .problem = r[i].problem,
                                  .team = r[i].team,
                                  .team_name = {r[i].team_en, r[i].team_de},
                                  .audience = (int)r[i].audience,
                                  .solution = r[i].solution,
                                  .solution_key = r[i].solution_key,
                                  .due = r[i].due,
                                  .created = r[i].created,
                                  .closed = r[i].closed,
                                  .waived = r[i].waived};
    return OK;
}

enum err duty_load(struct ctx *cx, duty_id id, struct duty *out)
{
    struct duty *found;
    isize n = 0;
    if (id.n != 0)
        TRY(rows(cx, id.n, 0, 0, &found, &n));
    if (n == 0)
        return db_absent(cx);
    *out = found[0];
    return OK;
}

enum err duty_list(struct ctx *cx, team_id team, struct duty **out, isize *n)
{
    return rows(cx, 0, team.n, 0, out, n);
}

enum err duty_of_ticket(struct ctx *cx, ticket_id ticket, struct duty **out, isize *n)
{
    *out = NULL;
    *n = 0;
    return ticket.n == 0 ? OK : rows(cx, 0, 0, ticket.n, out, n);
}

// --- what is new (F9) ------------------------------------------------------------------------

enum err duty_news(struct ctx *cx, struct solution **out, isize *n)
{
    struct solution_filter f = {.audience = SOLUTION_L1, .most = FRESH_READ};
    struct solution *all;
    isize many, kept = 0;
    TRY(solution_list(cx, &f, &all, &many));
    for (isize i = 0; i < many && kept < FRESH; i++)
        if (all[i].changed.ms >= cx->now.ms - FRESH_S * INT64_C(1000)
            && solution_serves(all[i].audience, all[i].confidence, 1))
            all[kept++] = all[i];
    *out = all;
    *n = kept;
    return OK;
}
