// SPDX-License-Identifier: GPL-3.0-or-later
// What pages show of engagements: the way of a case, what waits for a team, and in plain
// words who has the ball.
#pragma once

#include "engagement/engagement.h"

// One team's part of a case.  Those that worked on it come first to last without a gap;
// between them stand questions, swarms and what did not come to be.
struct engagement_station {
    int level;
    team_id team;
    struct words name;
    instant from, until;            // until 0: still
    bool worked;                    // the case was theirs
    enum engagement_mode mode;      // 0: it began here
    enum engagement_state state;    // 0: it began here
    enum engagement_live live;
    engagement_id id;
};

fallible engagement_path(struct ctx *cx, ticket_id ticket, struct engagement_station **out,
                         isize *n);

// The same of what was read already: a case and its engagements, oldest first.  Pure.
void engagement_path_of(struct arena *a, const struct ticket *t, const struct engagement *e,
                        isize many, struct engagement_station **out, isize *n);

// Ping-pong: how often one of two teams had the case again right after the other one, of the two
// that did so last.  The first time is a return as it may be (G5); from the second on they should
// talk.  Pure.
struct engagement_bounce {
    int times;
    team_id team, other;
    struct words first, second;
};

struct engagement_bounce engagement_path_bounce(const struct engagement_station *s, isize n);

// Requests and unanswered questions, the most urgent first: by the time that is agreed for the
// answer or the promise to the customer, whichever is earlier.
struct engagement_waiting {
    engagement_id id;
    int64_t version;
    enum engagement_mode mode;
    enum engagement_state state;
    ticket_id ticket;
    int64_t number;
    str subject, problem;
    int priority;
    enum asked_for asked_for;
    int completeness;
    struct words from_name, to_name;
    int from_level;
    instant requested, accept_due;
    instant due;    // the case's earliest promise
    enum engagement_live live;
    bool vip;    // who asks (contact.h, K11)
};

// For one team, or with 0 for all teams of the asker.
fallible engagement_path_waiting(struct ctx *cx, team_id team, struct engagement_waiting **out,
                                 isize *n);

// The answer, line or reason that was given with an event of this kind; e may be NULL.  Pure.
str engagement_path_said(const struct engagement *e, str kind);

// "2nd level Network must answer a question", "Service desk, until Network accepts".  Pure:
// `open` are the case's open engagements.
struct words engagement_path_ball(struct arena *a, const struct ticket *t,
                                  const struct engagement *open, isize n);
