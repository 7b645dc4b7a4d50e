// SPDX-License-Identifier: GPL-3.0-or-later
// /a/teams: teams and their on-call rota.
//
//   H1  What is typed comes back when it is refused.
#pragma once

#include "staff/crew.h"
#include "staff/level.h"
#include "staff/presence.h"
#include "staff/staff_http.h"
#include "ticket/pick_http.h"

struct crew_page {
    const struct crew *crew;
    isize n;
    struct levels levels;
};

struct crew_form {
    struct crew c;
    const struct staff_choice *level, *calendar, *member, *category, *product;
    isize levels, calendars, members, categories, products;
    bool topics_typed, products_typed;    // too many to be ticked: names are typed
    const struct staff_choice *own;       // the team's people
    isize owns;
    const struct presence_span *oncall;
    isize oncalls;
    instant morning;    // a duty usually ends then
};

extern const struct route crew_routes[];
