// SPDX-License-Identifier: GPL-3.0-or-later
// /w/suche: cases and solutions the asker may open.  A case number goes straight to the case.
#pragma once

#include "search/search.h"
#include "web/route.h"

struct search_found_row {
    bool is_case;
    str key, title;    // 4182-2073 or L-118
    str before, match, after;
    struct words note;
};

struct search_page {
    str words;
    int kind;    // 0 both, 1 cases, 2 solutions
    struct search_found_row *row;
    isize n;
};

extern const struct route search_routes[];
