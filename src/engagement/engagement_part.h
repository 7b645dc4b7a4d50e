// SPDX-License-Identifier: GPL-3.0-or-later
// What the operations of this folder share; nobody else includes it.
#pragma once

#include "engagement/engagement_check.h"
#include "staff/level.h"

// The facts for the guards.  actor: the team that has to act; to: who is to take part, or 0.
fallible engagement_look(struct ctx *cx, const struct ticket *t, team_id from, team_id to,
                         team_id actor, struct engagement_facts *f);

// To whom what is open gives it (G15); the case's new version.
fallible engagement_give_ball(struct ctx *cx, struct ticket_at *at);

// more: further members of the event's data, each with a comma before it.
fallible engagement_tell(struct ctx *cx, const char *kind, const struct engagement *e,
                         str more);

// By what the desk has agreed (OLA, and UC for a vendor's team).  A return waits as long
// everywhere (G17); without a target nothing is due.
fallible engagement_accept_due(struct ctx *cx, const struct ticket *t, int level,
                               enum engagement_mode mode, instant *out);

// Stores e, whose mode and contents are set; lets the team see the case (G19, but G8), starts
// its clock, gives the ball, tells.
fallible engagement_request(struct ctx *cx, struct ticket_at *at,
                            const struct engagement_facts *f, struct engagement *e);
