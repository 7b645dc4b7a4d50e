// SPDX-License-Identifier: GPL-3.0-or-later
// The pages of major incidents: the list /w/g with what piles up, one of them /w/g/G-3 with its
// room, and the sheets that declare it, speak, end and review it.
//
//   H1  What piles up stands on the list with a filled sheet behind it (J1).
//   H2  Cases that look like it are attached all at once, with one key; any other ones by their
//       numbers.
//   H3  One sheet speaks: the text of the help page in both languages, the 1st level's text, the
//       time of the next word, and a letter to each customer of an attached case, once each.  Page
//       and letter have texts of their own: the page greets nobody and names what is down.
//   H4  A security incident begins with the case that reports it; the clocks of the law start
//       there (J9), and nothing is sent anywhere by itself.
//   H6  By which words it is recognised can be changed there, and which of them say something is
//       said.
//   H5  From a case: which major incident it is part of, or attached by one key.
#pragma once

#include "circular/circular_http.h"
#include "clock/legal_case.h"
#include "major/major.h"
#include "problem/problem_http.h"
#include "room/room_http.h"
#include "web/route.h"

struct major_rows {
    const struct major *row;
    isize n;
    const struct major_pile *pile;
    isize piles;
    bool lead;
};

struct major_page {
    struct major m;
    str number, wanted;    // what was typed as the number of a case
    str words, sought;     // H6
    bool mine;
    const struct problem_case *own;
    isize cases;
    const struct problem_match *match;
    isize matches;
    const struct major_said *said;
    isize saids;
    const struct legal_clock *legal;
    isize legals;
    str legal_case;    // its number
    struct room_panel room;
};

struct major_form {
    struct major m;
    str from;
    bool security;
    const struct team *team;
    isize teams;
};

struct major_move_page {
    struct major m;
    str number;
    enum major_state to;
    str review, problem;
};

struct words major_http_verb(enum major_state to);

extern const struct route major_routes[];
