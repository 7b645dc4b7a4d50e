// SPDX-License-Identifier: GPL-3.0-or-later
// The elements and attributes of a mail that are shown: nothing else exists.
//
//   L1  Elements say what a text is: paragraphs, lists, tables, emphasis, pictures, links.  No
//       forms, frames, scripts, media, SVG, MathML, sheets, templates.
//   L2  No names: neither id nor class nor data-*, so no sheet or script of ours takes
//       anything in a mail for its own.
//   L3  Each attribute has a grammar and is written anew from what was read by it.
//   L4  The only addresses are a@href (html/href.h) and img@src, which names a picture of the
//       same mail.
#pragma once

#include "base/arena.h"

enum allow_flag {
    ALLOW_VOID = 1 << 0,     // has no content and no end
    ALLOW_BLOCK = 1 << 1,    // ends an open paragraph
    ALLOW_PART = 1 << 2,     // stands only inside a table
    // Who ends whom without being told:
    ALLOW_P = 1 << 3,
    ALLOW_A = 1 << 4,
    ALLOW_H = 1 << 5,    // h1 to h6
    ALLOW_LI = 1 << 6,
    ALLOW_LIST = 1 << 7,    // ul, ol
    ALLOW_DD = 1 << 8,      // dd, dt
    ALLOW_DL = 1 << 9,
    ALLOW_CELL = 1 << 10,    // td, th
    ALLOW_ROW = 1 << 11,
    ALLOW_GROUP = 1 << 12,    // tbody, thead, tfoot
    ALLOW_HEAD = 1 << 13,     // caption, colgroup
    ALLOW_TABLE = 1 << 14,
    ALLOW_IMG = 1 << 15,
};

struct allow_element {
    const char *name;
    int flags;
    const char *attributes;    // beside those that all have
    const char *as;            // written as this element instead
};

const struct allow_element *allow_element(str name);    // NULL: not shown

// The attribute's value, written anew; empty: not shown.  a@href and img@src are not here.
str allow_attribute(struct arena *a, const struct allow_element *e, str name, str value);
