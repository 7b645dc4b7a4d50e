// SPDX-License-Identifier: GPL-3.0-or-later
// Answers to a hand-over or a return: accept with one line, say what would be accepted, pass it
// on, take the request back.
//
//   N1  Accepting takes one line: a proposed one that is chosen, by one key, or one in own words.
//       None is chosen already, for what nobody has read is not said.
//   N2  Who declines says what would be accepted (G10); what the contract lacks is proposed.
//   N3  A request that was answered meanwhile is not answered twice: the page says so.
//   N4  Who was not asked reads what was asked of whom and by when, and is offered no answer; who
//       asked takes it back there.  The sheets to hand over and to return lead here while one of
//       them is under way (G1).
#pragma once

#include "engagement/engagement_target.h"
#include "sheet/sheet_http.h"
#include "web/route.h"

struct answer {
    struct sheet sheet;
    struct engagement e;
    bool over;                // N3
    bool mine;                // the asker's team was asked
    bool sent;                // the asker's team asked
    str line;                 // as typed
    struct words proposed;    // N1
    bool as_proposed;
    str until;
    bool care;      // the customer's contact moves
    str missing;    // what the contract lacks
    str from_person;
    struct solution solution;    // named with a return; id 0: none
    const struct engagement_target *target;
    isize targets;
    team_id chosen;
};

// The engagement of the route's second {name}, which belongs to the sheet's case.
fallible answer_open(struct ctx *cx, const struct request *rq, struct answer *out);
struct words answer_title(const struct answer *a);    // N4
fallible answer_instead(struct ctx *cx, const struct request *rq, struct reply *rp,
                        const struct sheet *s, bool *led);    // N4
struct engagement_at answer_at(const struct request *rq, const struct answer *a);

extern const struct route answer_routes[];
