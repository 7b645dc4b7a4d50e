// SPDX-License-Identifier: GPL-3.0-or-later
// /a/stufen: what the levels are called and what each may do by itself.
//
//   H1  What is typed comes back when it is refused.
//   H2  The table says what holds, the list below it what this desk said itself, by the page.
#pragma once

#include "staff/authority.h"
#include "staff/staff_http.h"
#include "ticket/pick_http.h"

struct level_page {
    struct levels levels;
    struct authority_verdict may[LEVELS][AUTHORITY_VERBS];    // whatever it is about
    const struct authority_rule *rule;
    isize rules;
    struct staff_list list;    // of them
    struct pick topic;
    const struct staff_choice *level, *verb;
    isize levels_n;
};

const char *level_field(const struct page *p, const char *what, int level, const char *lang);

extern const struct route level_routes[];
