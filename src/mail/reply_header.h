// SPDX-License-Identifier: GPL-3.0-or-later
// The header that mail programs copy over a mail which they quote or forward:
//
//     Von: Max <max@example.org>                   From, Sent, To, Cc, Subject
//     Gesendet: Montag, 4. Mai 2026 09:00
//
//   K1  It begins with a label we know and has at least so many kinds of them, the sender
//       among them, as the caller asks for; without a mark above it one more, unless the
//       sender comes first.  No kind comes twice: that is the next mail's.  An empty line, a
//       folded line and a label in bold or with its value in the next line do not end it.
//   K2  In a language we do not know it is known by its shape: at least three lines "label:
//       value", one value with an address, another one with a time of day.
//   K3  Some programs write it in one line behind the mark ("... <max@example.org>An: ...").
//   K4  Whatever stands in front of each line ("> ") is no part of it.
//   K5  At most HEADER_LINES lines are looked at.
#pragma once

#include "base/base.h"

enum { HEADER_LINES = 16 };

struct copied_header {
    isize lines, bytes;                           // what it takes of the text; 0: there is none
    str from, date, to, cc, reply_to, subject;    // as written
};

// `kinds`: how many different labels make a header; 3, or 2 below a mark.
bool reply_header_read(str text, int kinds, struct copied_header *out);
bool reply_header_shape(str text, struct copied_header *out);    // K2
bool reply_header_one_line(str line,
                           struct copied_header *out);    // K3; of what follows the mark

// The line without what quotes it: "> > text" is "text".
str reply_header_unquote(str line);

bool reply_header_has_time(str s);    // "10:12", "10.12"
bool reply_header_has_year(str s);
