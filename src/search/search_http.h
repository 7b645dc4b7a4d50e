// SPDX-License-Identifier: GPL-3.0-or-later
// /w/suche: cases and solutions the asker may open, and what may be meant while somebody types.
//
//   V1  The number of a case or a solution is not searched for but opened, and so are P-12, a
//       problem, and G-3, a major incident; their own pages say whether there is one.
//   V2  While it is typed, the same words find the same things (F1); the last word may be
//       unfinished, and a number finds its solution.
//   V3  The script gets a list to show below the field, ready to read and in the reader's
//       language; whoever opens the address without one comes to the search page.
//   V4  `art` says what is asked for: cases, solutions or both.
#pragma once

#include "search/search.h"
#include "web/route.h"

struct search_found_row {
    bool is_case;
    str key, title;    // 4182-2073 or L-118
    str before, match, after;
    struct words note;
    str customer;    // search.h, F8
};

struct search_page {
    str words;
    int kind;    // 0 both, 1 cases, 2 solutions
    struct search_found_row *row;
    isize n;
};

struct suggestion_list {
    struct search_found_row *row;
    isize n;
};

extern const struct route search_routes[];
