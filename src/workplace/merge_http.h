// SPDX-License-Identifier: GPL-3.0-or-later
// Rarer sheets of a case: merge it into another one, open it again, say who asks, and what its
// Lagebild said before.
//
//   Q1  A name alone that may mean somebody we know is asked about before anything is stored.
//   Q2  Merging offers the other open cases of the customer (workplace.h, P9).  It cannot be taken
//       back: the sheet says so and shows both cases side by side, each as it is then, before it is
//       done; who comes from the other case sees them at once.  Afterwards the other case says what
//       happened.
//   Q3  What a customer is called can be put right, of the version its reader saw; and who knows
//       that an address works again takes the mark of a bounce away.
//   Q4  There, too, the customer is marked as a VIP or no longer, and apart from it the firm, which
//       then holds for all its people (contact.h, K11 K12).  What its reader left as it was is never
//       written.
#pragma once

#include "contact/contact.h"
#include "sheet/sheet_http.h"
#include "web/route.h"
#include "workplace/workplace.h"

struct merge_side {    // Q2
    const struct ticket *t;
    str number;
    struct message last;    // what was said last; id 0: nothing
};

struct merge_page {
    struct sheet s;
    struct ticket other;           // Q2; id 0: none that it may go into
    struct merge_side side[2];     // Q2: this one, the other
    struct workplace_beside *beside;    // Q2
    isize besides;
    str in, chosen;                 // a number that was typed; one of those
    int64_t why;                    // reopening: enum ticket_why
    struct contact_found *found;    // who may be meant by the name that was typed
    isize founds;
    struct contact contact;      // Q3
    bool vip, firm_vip;          // Q4: as typed
    struct ticket_past *past;    // earlier versions of the Lagebild, newest first
    isize n;
};

extern const struct route merge_routes[];
