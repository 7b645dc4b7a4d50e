// SPDX-License-Identifier: GPL-3.0-or-later
// The sheet that asks a vendor, behind the one that asks any team (engagement/consult_http.h).
//
//   H1  It shows word for word what will leave the house, with what the release check finds
//       marked; what was typed comes back when it is refused.
//   H2  A reason to release is asked for only where something is found.
//       The note for colleagues stands beside it and never leaves.
//   H3  Without an address it says that nothing leaves, and that the answer is entered by hand.
#pragma once

#include "sheet/sheet_http.h"
#include "vendor/vendor_ask.h"
#include "web/route.h"

struct vendor_piece {
    str text;
    enum release_kind kind;    // 0: plain
};

struct vendor_sheet {
    struct sheet s;
    struct vendor v;
    struct vendor_question q;
    struct vendor_piece *piece;    // the whole mail, as it leaves
    isize pieces, finds;
};

extern const struct route vendor_ask_routes[];
