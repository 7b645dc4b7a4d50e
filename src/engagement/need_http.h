// SPDX-License-Identifier: GPL-3.0-or-later
// The page on which a desk says what its hand-overs must say, topic by topic (D2).
#pragma once

#include "engagement/engagement_need.h"
#include "staff/staff_http.h"
#include "web/route.h"

struct need_page {
    const struct engagement_need *need;
    isize needs;
    struct staff_list list;    // D3
};

// The name of a box: "bisher-7", "lage-7".
str need_box(const struct page *p, const char *what, category_id category);

extern const struct route need_routes[];
