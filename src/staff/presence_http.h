// SPDX-License-Identifier: GPL-3.0-or-later
// /w/ich/da: what a person says of himself: ready, away, who stands in, what he can.
//
//   H1  A person sees and changes the own entries; who leads or configures enters absences of
//       others too, and sees them.
#pragma once

#include "staff/presence.h"
#include "staff/skill.h"
#include "staff/staff_http.h"

struct presence_page {
    bool ready;
    const struct presence_span *absence;
    isize absences;
    struct presence_span *covered, *oncall;    // P7
    isize covereds, oncalls;
    const struct staff_choice *who, *other;
    isize whos, others;
    const struct skill_own *skill;
    isize skills;
    instant tomorrow;
};

const char *presence_field(const struct page *p, const char *what, const struct skill_own *s);

extern const struct route presence_routes[];
