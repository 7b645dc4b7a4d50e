// SPDX-License-Identifier: GPL-3.0-or-later
// The sheets about the customer of a case: say who asks, and what he is called.
//
//   Q1  A name alone that may mean somebody we know is asked about before anything is stored.
//   Q2  What a customer is called can be put right, of the version its reader saw; and who knows
//       that an address works again takes the mark of a bounce away.
//   Q3  There, too, the customer is marked as a VIP or no longer, and apart from it the firm, which
//       then holds for all its people (contact.h, K11 K12).  What its reader left as it was is
//       never written.
#pragma once

#include "contact/contact.h"
#include "sheet/sheet_http.h"
#include "web/route.h"

struct who_asks {    // Q1
    struct sheet s;
    struct contact_found *found;    // who may be meant by the name that was typed
    isize founds;
};

struct who_asks_customer {    // Q2
    struct sheet s;
    struct contact contact;
    bool vip, firm_vip;    // Q3: as typed
};

extern const struct route who_asks_routes[];
