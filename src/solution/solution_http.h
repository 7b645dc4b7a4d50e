// SPDX-License-Identifier: GPL-3.0-or-later
// The pages of what is known: read a solution, write one, mend it, say who may use it, say
// what is wrong with it, name it in a case.
//
//   D1  What is not meant for the reader is not there: no page, no line of a list, no title in
//       a suggestion (K2).
//   D2  /w/kb/118, /w/kb/L-118 and /w/kb/l118 are the same page.
//   D3  From a case (?t=4182-2073) a solution is linked with one button, as what helped or what
//       did not.
//   D4  Saying "that is wrong" takes one line and no right to write.
#pragma once

#include "solution/solution_form_http.h"
#include "web/route.h"

struct solution_page {
    struct solution s;
    str key;
    struct words category;
    str product;
    str number;       // D3: of the case; empty: none
    bool writable;    // K4 lets this reader mend it
    bool archivable;
};

// The solution of the route's first {name}: D1 D2.
fallible solution_asked(struct ctx *cx, const struct request *rq, struct solution *out);

const char *solution_tone(enum confidence c);    // class of its badge

extern const struct route solution_routes[];
