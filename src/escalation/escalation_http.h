// SPDX-License-Identifier: GPL-3.0-or-later
// The sheet of a case that goes to the lead, /w/t/{nr}/leitung, and what lies at the leads,
// /w/leitung.
//
//   H1  One sheet for all: who works on the case escalates, or adds; who it is with takes and
//       decides on the same page; everybody who sees the case reads there what became of it.
//   H2  Before it goes one reads whom it goes to and until when they should take it.
//   H3  Whoever adds to an open one is told that it was there already.
//   H4  /w/leitung shows what is with the asker, and a week of what has ended.
//   H5  What was typed comes back when it is refused, in every field of the page; what has no
//       field any more, because somebody was faster, can be read and copied.
//   H6  Enter in a field does what that part of the form is for; where both parts are filled the
//       lead is asked for a button.
#pragma once

#include "escalation/escalation.h"
#include "sheet/sheet_http.h"
#include "web/route.h"

struct escalation_to {    // H2
    struct team team;
    enum escalation_stage stage;
    instant due;
};

struct escalation_page {
    struct sheet s;
    const struct escalation *open;    // NULL: none
    const struct escalation *all;     // of the case, oldest first
    isize n;
    const struct escalation_word *word;
    isize words;
    struct escalation_to to[2];
    isize tos;
    bool added;    // H3
    int64_t team, reason, outcome;
    str text, line, day, clock, decision;    // typed
    str left;                                // H5: what no form of the page shows any more
};

struct escalation_desk {
    const struct escalation *open, *past;
    isize opens, untaken, pasts;    // of the open ones, those that nobody has taken come first
    bool more, more_past;
};

extern const struct route escalation_routes[];

// --- words of the templates ------------------------------------------------------------------

const char *escalation_tone(const struct page *p, const struct escalation *e, instant when);
str escalation_number(const struct page *p, const struct escalation *e);
struct words escalation_to_name(const struct page *p, const struct escalation_to *to);
