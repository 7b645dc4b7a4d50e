// SPDX-License-Identifier: GPL-3.0-or-later
// Rarer sheets of a case: merge it into another one, open it again, and what its Lagebild
// said before.
#pragma once

#include "sheet/sheet_http.h"
#include "web/route.h"

struct merge_page {
    struct sheet s;
    int64_t why;                 // reopening: enum ticket_why
    struct ticket_past *past;    // earlier versions of the Lagebild, newest first
    isize n;
};

extern const struct route merge_routes[];
