// SPDX-License-Identifier: GPL-3.0-or-later
// /a/faehigkeiten: which skills there are, and which topics and products need them.
//
//   H1  Nobody's skills are shown here: who can what is the person's own word (S1).
//   H2  What needs a skill is shown by the page, and looked for by a field above.
#pragma once

#include "staff/skill.h"
#include "staff/staff_http.h"
#include "ticket/pick_http.h"

struct skill_page {
    const struct staff_choice *skill;
    isize skills;
    struct pick topic, product;
    struct staff_list list;              // of the needs
    const struct staff_choice *depth;    // three
    const struct skill_need *need;
    isize needs;
};

extern const struct route skill_routes[];
