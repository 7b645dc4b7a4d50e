// SPDX-License-Identifier: GPL-3.0-or-later
// Products and topics by the page, for a desk that has thousands of them.
//
//   N1  A page of what is offered, or of what has ended, in the order of the whole list.
//   N2  Looked for are letters in a name or in the words of customers, whatever their case; a
//       topic is found by the one above it, too.
//   N3  A name, whatever its letters' case, is that of one; of several the one that has its very
//       letters.  What has ended is found where it is kept, or where CHOICE_ALL is asked for.
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

enum { CHOICE_ALL = -1 };    // as the key of what is kept: all that has ended, too

enum choice_found { CHOICE_NONE = 1, CHOICE_ONE, CHOICE_SEVERAL };    // N3

// Pure.
str choice_like(struct arena *a, str typed);                      // the pattern of N2
str choice_exact(struct arena *a, str typed);                     // and of N3
str choice_keys(struct arena *a, const int64_t *key, isize n);    // a list in JSON
