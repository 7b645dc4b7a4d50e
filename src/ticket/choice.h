// SPDX-License-Identifier: GPL-3.0-or-later
// Products and topics by the page, for a desk that has thousands of them.
//
//   N1  A page of what is offered, or of what has ended, in the order of the whole list.
//   N2  Looked for are letters in a name or in the words of customers, whatever their case; a
//       topic is found by the one above it, too.
#pragma once

#include "base/ctx.h"

struct choice_wish {
    str typed;    // N2; empty: all
    bool ended;
    isize skip, most;
};

struct choice_count {
    int64_t offered, ended;
};

str choice_like(struct arena *a, str typed);    // the pattern of N2.  Pure
