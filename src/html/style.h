// SPDX-License-Identifier: GPL-3.0-or-later
// The style attribute of a stranger, written anew from what is known to be harmless.
//
//   Y1  Nothing is filtered: a declaration is read by the grammar of its property and written
//       again from what was read; what the grammar does not know is not there.
//   Y2  No grammar has an address, a function but rgb(), a variable, an escape or a comment.
//   Y3  Nothing leaves its place: no position, no layer, no negative length, no size beyond
//       STYLE_LENGTH_MOST, no animation, no content.
//   Y4  "!important" goes: our own sheet has the last word.
#pragma once

#include "base/arena.h"

enum { STYLE_LENGTH_MOST = 2000 };

str style_rewrite(struct arena *a, str css);    // "color: red; margin: 0 4px", or empty

// The values of the old attributes: bgcolor, width.  Empty if it is none.
str style_colour(struct arena *a, str value);
str style_size(struct arena *a, str value);    // 600 or 100%
