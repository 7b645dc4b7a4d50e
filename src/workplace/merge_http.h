// SPDX-License-Identifier: GPL-3.0-or-later
// Rarer sheets of a case: merge it into another one, open it again, say who asks, and what its
// Lagebild said before.
//
//   Q1  A name alone that may mean somebody we know is asked about before anything is stored.
#pragma once

#include "contact/contact.h"
#include "sheet/sheet_http.h"
#include "web/route.h"

struct merge_page {
    struct sheet s;
    int64_t why;                 // reopening: enum ticket_why
    struct contact_found *found;    // who may be meant by the name that was typed
    isize founds;
    struct ticket_past *past;    // earlier versions of the Lagebild, newest first
    isize n;
};

extern const struct route merge_routes[];
