// SPDX-License-Identifier: GPL-3.0-or-later
// The sheet on which a case is put aside: until the customer answers, the vendor acts, or a
// date comes.
//
//   F1  Who waits for the customer asks in the same step: the question is sent with it (T4).
//   F2  Who waits for a date promises the customer to be in touch then, unless something is
//       promised already (T9).
#pragma once

#include "sheet/sheet_http.h"
#include "web/route.h"

struct wait_page {
    struct sheet s;
    str what;    // kunde, hersteller, termin
    str day, clock;
    str question;    // F1
};

extern const struct route wait_routes[];
