// SPDX-License-Identifier: GPL-3.0-or-later
// Teams: where work waits and who may see it.  A team has one level.
#pragma once

#include "base/ctx.h"

KEY(team_id);

struct team {
    team_id id;
    struct words name;
    int level;
    bool intake;        // new cases start here
    bool department;    // beside the levels (billing, stores): asked, never handed a case
};

// On cases: no vendor's and no department (engagement.h, G2).
bool team_works(const struct team *t);

fallible team_add(struct ctx *cx, const struct team *t, team_id *out);
fallible team_load(struct ctx *cx, team_id id, struct team *out);
fallible team_by_name(struct ctx *cx, str name, struct team *out);    // in either language
fallible team_list(struct ctx *cx, struct team **out, isize *n);     // by level, then name
fallible team_of_person(struct ctx *cx, person_id id, struct team **out, isize *n);
fallible team_for_intake(struct ctx *cx, struct team *out);          // the first of level 1
