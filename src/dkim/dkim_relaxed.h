// SPDX-License-Identifier: GPL-3.0-or-later
// The relaxed form of a mail (RFC 6376, 3.4.2 and 3.4.4): what is hashed instead of the mail
// itself.  Pure.
//
//   R1  A field: name in lower case, one blank for any white space, none at the ends, one line.
//   R2  A body: one blank for white space inside a line, none at its end, no empty lines at the
//       end; one CRLF behind the last line; nothing stays nothing.
#pragma once

#include "base/buf.h"

void dkim_relaxed_field(struct buf *b, str field);    // with its CRLF; without one it gets none
void dkim_relaxed_body(struct buf *b, str body);
