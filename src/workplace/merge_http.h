// SPDX-License-Identifier: GPL-3.0-or-later
// Rarer sheets of a case: merge it into another one, open it again, and what its Lagebild said
// before.
//
//   Q1  Merging offers the other open cases of the customer (workplace.h, P9).  It cannot be taken
//       back: the sheet says so and shows both cases side by side, each as it is then, before it is
//       done; who comes from the other case sees them at once.  Afterwards the other case says what
//       happened.
#pragma once

#include "sheet/sheet_http.h"
#include "web/route.h"
#include "workplace/workplace.h"

struct merge_side {
    const struct ticket *t;
    str number;
    struct message last;    // what was said last; id 0: nothing
};

struct merge_page {    // Q1
    struct sheet s;
    struct ticket other;          // id 0: none that it may go into
    struct merge_side side[2];    // this one, the other
    struct workplace_beside *beside;
    isize besides;
    str in, chosen;    // a number that was typed; one of those
};

extern const struct route merge_routes[];
