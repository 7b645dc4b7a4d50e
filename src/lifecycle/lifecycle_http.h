// SPDX-License-Identifier: GPL-3.0-or-later
// The sheet that chooses what becomes of a case whose product has outlived its support.
//
//   H1  What cannot be chosen says why: there is nothing to offer, or which level may grant
//       goodwill, with the way to hand the case over.
//   H2  Choosing leads to the reply, where the letter stands.
//   H3  A product that is supported has no such sheet: it leads to the case.
//   H4  Taking a measure back leads to the sheet of measures, which says that a letter about
//       goodwill may be left (C8).
#pragma once

#include "lifecycle/lifecycle.h"
#include "sheet/sheet_http.h"
#include "web/route.h"

struct lifecycle_choice {
    enum lifecycle_way way;
    struct words what;    // it does
    struct words bar;     // H1; empty: it can be chosen
};

struct lifecycle_page {
    struct sheet s;
    struct lifecycle l;
    struct lifecycle_choice choice[LIFECYCLE_WAYS];
    isize choices;
    bool denied;    // goodwill is another level's
    int64_t chosen;
};

extern const struct route lifecycle_routes[];
