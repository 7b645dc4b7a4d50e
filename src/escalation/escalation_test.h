// SPDX-License-Identifier: GPL-3.0-or-later
// What the tests of this folder share: cases, leads, and what happens by itself.
#pragma once

#include "base/now.h"
#include "clock/clock_watch.h"
#include "engagement/engagement.h"
#include "escalation/escalation.h"
#include "testing/test.h"

static inline ticket_id a_case_of_ada(struct world *w)
{
    struct ticket_made made = {0};
    struct ctx *cx = begin_as(w, ADA);
    struct ticket_new n = {.channel = CHANNEL_PHONE,
                           .subject = S("Router tot"),
                           .problem = S("Alle Lampen aus"),
                           .team = {FIRST}};
    check(ticket_create(cx, &n, &made) == OK && ticket_open(cx, &made.at) == OK
          && ticket_take(cx, &made.at) == OK);
    check(end(w, OK) == OK);
    return made.at.id;
}

static inline ticket_id cared_for_here_worked_there(struct world *w)
{
    ticket_id id = a_case_of_ada(w);
    struct ticket_at at = {id, TICKET_ANY_VERSION};
    struct ticket_move there = {.team = {NET}, .level = 2};
    check(end(w, ticket_move(begin(w), &at, &there)) == OK);
    return id;
}

static inline int a_lead_of(struct world *w, int64_t team, const char *name)
{
    struct ctx *cx = begin(w);
    struct person p = {.login = str_from_z(name),
                       .name = str_from_z(name),
                       .role = ROLE_LEAD,
                       .lang = LANG_DE};
    person_id id = {0};
    check(person_add(cx, &p, &id) == OK && person_join(cx, id, (team_id){team}) == OK);
    check(end(w, OK) == OK);
    return (int)id.n;
}

static inline enum err raise_to(struct world *w, int person, ticket_id id, int64_t team,
                                enum escalation_reason reason, str text)
{
    struct escalation_raised out;
    struct escalation_new n = {.team = {team}, .reason = reason, .text = text};
    return end(w, escalation_raise(begin_as(w, person), id, &n, &out));
}

static inline escalation_id escalate(struct world *w, int person, ticket_id id, int64_t team)
{
    struct escalation_raised out = {0};
    struct escalation_new n = {
        .team = {team}, .reason = ESCALATE_DEADLINE, .text = S("Zusage 16 Uhr")};
    check(end(w, escalation_raise(begin_as(w, person), id, &n, &out)) == OK);
    return out.id;
}

static inline struct escalation look(struct world *w, escalation_id id)
{
    struct escalation e = {0};
    check(escalation_load(begin_as(w, EVA), id, &e) == OK);
    e.person = keep(w, e.person);
    e.line = keep(w, e.line);
    e.decision = keep(w, e.decision);
    check(end(w, OK) == OK);
    return e;
}

static inline enum err take(struct world *w, int person, escalation_id id, int64_t version)
{
    struct ctx *cx = begin_as(w, person);
    return end(w, escalation_take(cx, (struct escalation_at){id, version},
                                  S("Ich rufe beim Netzbetreiber an"),
                                  instant_plus(cx->now, 3600)));
}

static inline enum err decide(struct world *w, int person, escalation_id id, int64_t version,
                              enum escalation_outcome outcome)
{
    struct ctx *cx = begin_as(w, person);
    return end(w, escalation_decide(cx, (struct escalation_at){id, version}, outcome,
                                    S("Gutschrift bis 50 Euro")));
}

static inline enum err withdraw(struct world *w, int person, escalation_id id)
{
    struct escalation_at at = {id, 1};
    return end(w, escalation_withdraw(begin_as(w, person), at));
}

// Every job of these that is due by now, as the server does.
static inline void run_kinds(struct world *w, const struct job_kind *kinds)
{
    for (const struct job_kind *k = kinds; k->name != NULL; k++) {
        bool yes = false;
        if (k->due == NULL)
            continue;
        check(end(w, k->due(begin(w), &yes)) == OK);
        if (yes)
            check(end(w, job_make(begin(w), k->name)) == OK);
    }
    arena_reset(&w->arena);
    struct ctx worker = {
        .arena = &w->arena, .db = w->db, .now = w->now, .data_dir = w->place.dir};
    check(job_drain(&worker, kinds) == OK);
}

static inline void run(struct world *w)
{
    run_kinds(w, engagement_jobs);
    run_kinds(w, clock_jobs);
    run_kinds(w, clock_jobs);    // what the first one found to look at
    later(w, 11);                // event_settled()
    run_kinds(w, escalation_jobs);
}
