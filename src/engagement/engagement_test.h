// SPDX-License-Identifier: GPL-3.0-or-later
// What the tests of this folder share: a case, and how people act on it.
#pragma once

#include "testing/test.h"

#include "engagement/engagement.h"
#include "job/job.h"

static const struct engagement_contract contract = {{"WLAN geht nicht, alle Lampen an", 31},
                                                    {"Neustart (ohne Erfolg)", 22},
                                                    {"Router X2, ab 16 Uhr", 20},
                                                    {"Rückmeldung bis 16:10", 22},
                                                    ASK_SOLVE,
                                                    CAUSE_KNOWLEDGE,
                                                    false};

static const str next_line = {"Ich prüfe die Leitung, bis 14 Uhr", 34};

static inline ticket_id a_case(struct world *w)
{
    struct ctx *cx = begin_as(w, ADA);
    struct ticket_made made = {0};
    check(ticket_create(cx,
                        &(struct ticket_new){.channel = CHANNEL_PHONE,
                                             .subject = S("WLAN geht nicht"),
                                             .problem = S("Alle Lampen an")},
                        &made)
          == OK);
    check(ticket_open(cx, &made.at) == OK);
    check(end(w, OK) == OK);
    return made.at.id;
}

static inline struct ticket look(struct world *w, ticket_id id)
{
    struct ticket t = {0};
    check(ticket_load(begin(w), id, &t) == OK);
    check(end(w, OK) == OK);
    return t;
}

static inline struct ticket_at at(struct world *w, ticket_id id)
{
    struct ticket t = look(w, id);
    return ticket_at(&t);
}

static inline struct engagement see(struct world *w, engagement_id id)
{
    struct engagement e = {0};
    check(engagement_load(begin(w), id, &e) == OK);
    check(end(w, OK) == OK);
    return e;
}

// Asked outside of transactions, so that it may stand beside begin_as() in one call: in which
// order a compiler takes arguments is its own affair.
static inline struct engagement_at now(struct world *w, engagement_id id)
{
    str sql = arena_fmt(&w->kept, "select version from engagement where id = %lld",
                        (long long)id.n);
    return (struct engagement_at){id, ask(w, sql.p)};
}

static inline enum err hand(struct world *w, int person, ticket_id id, int64_t team,
                            engagement_id *out)
{
    struct ticket_at a = at(w, id);
    struct engagement_contract c = contract;
    c.asked_for = team == EXPERTS ? ASK_FIX : ASK_SOLVE;
    return end(w, engagement_hand_over(begin_as(w, person), &a, (team_id){team}, &c, out));
}

static inline enum err give_back(struct world *w, int person, ticket_id id,
                                 enum return_reason reason, solution_id solution,
                                 engagement_id *out)
{
    struct ticket_at a = at(w, id);
    struct engagement_return r = {
        .reason = reason, .text = S("Seriennummer fehlt"), .solution = solution};
    return end(w, engagement_return(begin_as(w, person), &a, &r, out));
}

static inline enum err ask_team(struct world *w, int person, ticket_id id, int64_t team,
                                engagement_id *out)
{
    struct ticket_at a = at(w, id);
    struct engagement_question q = {.text = S("Ist die Firmware bekannt?")};
    return end(w, engagement_ask(begin_as(w, person), &a, (team_id){team}, &q, out));
}

static inline enum err take(struct world *w, int person, engagement_id id)
{
    struct engagement_at a = now(w, id);
    return end(w, engagement_accept(begin_as(w, person), a, next_line, false));
}

// The case is with Network: ada handed it over, cem took it.
static inline ticket_id a_case_of_net(struct world *w, engagement_id *e)
{
    ticket_id id = a_case(w);
    check(hand(w, ADA, id, NET, e) == OK);
    check(take(w, CEM, *e) == OK);
    return id;
}

static inline int64_t events(struct world *w, const char *kind)
{
    struct ctx cx = {.arena = &w->arena};
    return ask(
        w, arena_z(cx.arena,
                   arena_fmt(cx.arena, "select count(*) from event where kind = '%s'", kind)));
}

static inline void run_jobs(struct world *w)
{
    struct ctx cx = {.arena = &w->arena, .db = w->db, .now = w->now, .lang = LANG_DE};
    check(job_drain(&cx, engagement_jobs) == OK);
}
