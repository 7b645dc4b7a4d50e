// SPDX-License-Identifier: GPL-3.0-or-later
// What the tests of this folder share: a service, a project that is connected, a case.
#pragma once

#include "base/limits.h"
#include "forge/forge_issue.h"
#include "testing/smithy.h"
#include "testing/web.h"
#include "workplace/workplace_test.h"

static const str forge_hook_secret = {"0123456789abcdefgh", 18};

static inline forge_id connected_to(struct world *w, enum forge_kind kind, str url)
{
    struct seal seal;
    forge_id id = {0};
    struct forge_wish wish = {.kind = kind,
                              .url = url,
                              .project = S("nord/router"),
                              .token = S("geheim"),
                              .hook = forge_hook_secret};
    struct ctx *cx = begin(w);
    check(seal_load(cx, &seal) == OK && forge_add(cx, &seal, &wish, &id) == OK);
    check(end(w, OK) == OK);
    return id;
}

static inline void work_with(struct world *w, const struct forge_config *config)
{
    struct job_kind kinds[] = {forge_jobs[0], forge_jobs[1], {0}};
    kinds[0].config = kinds[1].config = config;
    arena_reset(&w->arena);
    struct ctx cx = {.arena = &w->arena, .db = w->db, .now = w->now, .data_dir = w->place.dir};
    check(job_drain(&cx, kinds) == OK);
}

static inline void work(struct world *w)
{
    work_with(w, &(struct forge_config){.own = S("127.0.0.1"), .seconds = 1});
}

static inline forge_issue_id linked(struct world *w, const struct made_case *c, forge_id forge,
                                    const char *typed)
{
    forge_issue_id id = {0};
    struct ctx *cx = begin_as(w, ADA);
    check(end(w, forge_issue_link(cx, (struct forge_about){.ticket = c->id}, forge,
                                  str_from_z(typed), &id))
          == OK);
    return id;
}

static inline void waits(struct world *w, const struct made_case *c)
{
    struct ctx *cx = begin_as(w, ADA);
    struct ticket_at at = {c->id, TICKET_ANY_VERSION};
    struct ticket_waiting vendor = {.for_what = TICKET_WAITING_VENDOR};
    check(ticket_take(cx, &at) == OK);
    check(end(w, ticket_wait(cx, &at, &vendor)) == OK);
}

static inline int64_t told(struct world *w, const char *kind)
{
    return ask(w,
               arena_z(&w->kept,
                       arena_fmt(&w->kept,
                                 "select count(*) from event where kind = '%s' and ticket is "
                                 "not null",
                                 kind)));
}

static inline int64_t state_of(struct world *w)
{
    return ask(w, "select max(state) from forge_issue");
}
