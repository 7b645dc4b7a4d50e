// SPDX-License-Identifier: GPL-3.0-or-later
// /a/faehigkeiten: which skills there are, and which topics and products need them.
//
//   H1  Nobody's skills are shown here: who can what is the person's own word (S1).
#pragma once

#include "staff/skill.h"
#include "staff/staff_http.h"
#include "ticket/pick_http.h"

struct skill_page {
    const struct staff_choice *skill;
    isize skills;
    struct pick topic, product;
    const struct staff_choice *depth;    // three
    const struct skill_need *need;
    isize needs;
};

extern const struct route skill_routes[];
