// SPDX-License-Identifier: GPL-3.0-or-later
// /a/regeln: the rules of where new cases go, with a test and a rehearsal; and /w/naechster.
//
//   H1  What is typed comes back when it is refused, and when it is only tried.
//   H2  Testing and trying write nothing.
//   H3  The test names each rule, whether it holds, and what is missing; the first decides.
#pragma once

#include "routing/routing.h"
#include "routing/trial.h"
#include "staff/staff_http.h"
#include "ticket/pick_http.h"
#include "web/frame.h"
#include "web/route.h"

struct routing_line {
    const struct rule *rule;
    struct words why, effect, missing;    // missing: empty when it holds
    bool decides;
};

struct routing_page {
    const struct routing_line *line;
    isize lines;
    bool tested;
    bool none;    // tested: no rule holds
    struct pick topic, product;
    const struct staff_choice *channel;
    isize channels;
};

struct routing_form {
    struct rule r;
    struct pick topic, product;
    const struct staff_choice *channel, *team, *level, *priority;
    isize channels, teams, levels, priorities;
    const struct trial *tried;
};

extern const struct staff_choice routing_languages[3];

str routing_number(const struct page *p, int64_t number);

extern const struct route routing_routes[];
