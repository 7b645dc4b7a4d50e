// SPDX-License-Identifier: GPL-3.0-or-later
#include "solving/solving.h"

#include "engagement/engagement.h"
#include "event/event.h"
#include "promise/promise.h"
#include "solving.sql.h"
#include "staff/authority.h"

// S11
static enum err check_fresh(struct ctx *cx, const struct solution *s)
{
    if (s->steps == 0)
        return invalid(cx, "steps",
                       "What helped? One step at least, so that the next one can read it out.",
                       "Was hat geholfen? Mindestens ein Schritt, damit ihn beim nächsten Mal "
                       "jemand vorlesen kann.");
    return OK;
}

// S2
static enum err learn(struct ctx *cx, ticket_id ticket, const struct solving *s,
                      solution_id *out)
{
    *out = s->solution;
    if (s->fresh != NULL && s->solution.n != 0)
        return invalid(cx, "solution", "Name a solution or write a new one, not both.",
                       "Entweder eine bekannte Lösung nennen oder eine neue schreiben.");
    if (s->fresh != NULL) {
        TRY(check_fresh(cx, s->fresh));
        TRY(solution_add(cx, s->fresh, out));
    }
    return out->n == 0 ? OK : solution_link(cx, ticket, *out, LINK_RESOLVED);
}

// S7.  Silence and withdrawal end the waiting themselves (T6, T14b).
static enum err take_up(struct ctx *cx, struct ticket_at *at, enum solved_how how)
{
    struct ticket t;
    TRY(ticket_load(cx, at->id, &t));
    if (how == SOLVED_NO_REPLY || how == SOLVED_WITHDRAWN || ticket_is_over(t.status))
        return OK;
    if (t.status == TICKET_NEW)
        return ticket_open(cx, at);
    return t.status == TICKET_OPEN ? OK : ticket_resume(cx, at);
}

static enum err end_promises(struct ctx *cx, struct ticket_at *at, bool told)
{
    if (told)
        TRY(promise_answered(cx, at));
    return promise_drop_all(cx, at);
}

// S8
static enum err may_solve(struct ctx *cx, ticket_id id, const struct solving *s)
{
    struct ticket t;
    bool by_us = s->solution.n != 0 || s->fresh != NULL || s->how == 0
                 || s->how == SOLVED_BY_SOLUTION || s->how == SOLVED_BY_TEXT;
    TRY(ticket_load(cx, id, &t));
    return by_us ? authority_may(cx, AUTHORITY_SOLVE, t.category, 0) : OK;
}

// S9
static enum err check_front(struct ctx *cx, const struct solving *s, enum solved_how how)
{
    bool taught = how == SOLVED_BY_SOLUTION || how == SOLVED_BY_TEXT;
    if (s->front == FRONT_YES && !taught)
        return invalid(
            cx, "front", "By what could level 1 have done it? Name it, or say it in words.",
            "Womit hätte es das 1st Level gekonnt? Nenn die Lösung oder beschreib sie.");
    if ((unsigned)s->front > FRONT_NO)
        return invalid(cx, "front", "Yes or no?", "Ja oder nein?");
    return OK;
}

static enum err keep_front(struct ctx *cx, ticket_id ticket, enum solving_front front)
{
    struct ticket t;
    TRY(ticket_load(cx, ticket, &t));
    if (front == 0 || t.level < 2)
        return OK;
    TRY(q_solving_front(cx, ticket, front));
    return event_add(cx,
                     (struct event){.kind = "ticket.front",
                                    .ticket = ticket.n,
                                    .team = t.work_team.n,
                                    .level = t.level,
                                    .data = front == FRONT_YES ? S("{\"l1_capable\":true}")
                                                               : S("{\"l1_capable\":false}")});
}

enum err solving_finish(struct ctx *cx, struct ticket_at *at, const struct solving *s,
                        struct solving_done *out)
{
    struct solving_done done = {0};
    TRY(may_solve(cx, at->id, s));
    TRY(learn(cx, at->id, s, &done.solution));
    TRY(engagement_was_assisted(cx, at->id, &done.assisted));
    TRY(engagement_conclude_all(cx, at));    // S3
    enum solved_how how = done.solution.n != 0 ? SOLVED_BY_SOLUTION
                          : s->how != 0        ? s->how
                                               : SOLVED_BY_TEXT;
    TRY(check_front(cx, s, how));
    TRY(take_up(cx, at, how));
    TRY(ticket_solve(cx, at,
                     &(struct ticket_solving){.how = how,
                                              .solution = done.solution.n,
                                              .text = s->text,
                                              .assisted = done.assisted,
                                              .told = s->told,
                                              .reminders = s->reminders}));
    TRY(end_promises(cx, at, s->told));
    TRY(keep_front(cx, at->id, s->front));
    if (!s->owed)    // S10
        TRY(duty_on_solved(cx, at->id, &done.duty));
    if (done.solution.n != 0)
        TRY(duty_settle(cx, done.solution));    // at once, so that the page shows it
    *out = done;
    return OK;
}
