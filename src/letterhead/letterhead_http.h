// SPDX-License-Identifier: GPL-3.0-or-later
// /a/helpdesk: what the desk is called and where it is reached.
//
//   H1  For who sets up; what was typed comes back with its sentence.
//   H2  Who has not seen the last change is told, and nothing is changed.
//   H3  What does not come by itself is said: that the mail server must deliver to the address,
//       and which earlier ones still lead here.
#pragma once

#include "letterhead/letterhead.h"
#include "web/frame.h"
#include "web/route.h"

struct letterhead_page {
    struct tenant desk;    // as typed
    str *before;           // H3
    isize befores;
    bool saved;
};

// B5: only where mail leaves, not in a demo that keeps it.
bool letterhead_http_warns(const struct request *rq, const struct tenant *desk);

extern const struct route letterhead_routes[];
