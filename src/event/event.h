// SPDX-License-Identifier: GPL-3.0-or-later
// What happened.  One append-only row in the same transaction as the change it tells of.
//
//   V1  No change without its event, no event without its change.
//   V2  Names are stable: "ticket.created", "engagement.accepted" (DOMAIN 7.6).
//   V3  No content: keys and figures only.  What was said stays where it was said.
//   V4  After the commit the same events go to the live pages (web/live.h) of this node;
//       other nodes and jobs read the table.
//   V5  Who reads the table by its keys reads up to event_settled(): where several nodes write,
//       an event may become visible a little after one with a higher key.
#pragma once

#include "base/ctx.h"

struct event {
    const char *kind;
    int64_t ticket, object, team;    // 0 when there is none
    int level;
    str data;    // JSON object, or empty

    int64_t id;              // set by event_add
    tenant_id tenant;        // set by event_add
    struct event *next;      // the list in cx->events, oldest first
};

fallible event_add(struct ctx *cx, struct event e);
fallible event_config(struct ctx *cx, const char *of, int64_t object);    // "config.changed"

// V5.  What happened up to then is all there.
instant event_settled(const struct ctx *cx);
