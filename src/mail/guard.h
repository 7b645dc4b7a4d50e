// SPDX-License-Identifier: GPL-3.0-or-later
// What a mail would cost, found out before it is taken apart.
//
// GMime compares each line that begins with "--" with every boundary it is inside of, makes
// objects for each part and each header field, and follows nested parts by recursion.  One
// walk over the bytes, without any of that, finds an upper bound for each:
//
//   G1  A mail, a header block, a header field, the number of fields, of parts, of parts that
//       hold parts and of a field's parameters each have a limit (limits.def).
//   G2  A line counts as a part's beginning when it starts like any boundary declared so far,
//       wherever it stands: the guard may count too many, never too few.
//   G3  A charset that is not in our table is made unreadable in the fields that GMime
//       decodes by itself (names of files), so that it never reaches iconv.  Lengths stay.
//   G4  A boundary that follows its type without a semicolon gets one, in the place of a
//       blank: otherwise the whole mail would be one unreadable text.
//   G5  A NUL in a header becomes a blank: GMime would take it for the end of the field.
//
// Real mails are far from every limit, so what is refused here was made to be refused.
#pragma once

#include "base/ctx.h"

// ERR_INVALID beyond a limit.  *bytes may be exchanged for a copy (G3, G4, G5).
fallible guard_check(struct ctx *cx, str *bytes);
