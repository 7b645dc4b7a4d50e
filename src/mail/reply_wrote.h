// SPDX-License-Identifier: GPL-3.0-or-later
// The line over a quotation: "Am 3. Mai 2021 um 10:12 schrieb Max <max@example.org>:".
//
//   A1  It ends with a colon or with the word for "wrote", and says who or when.
//   A2  A weak one could be a sentence of the text itself: it counts only when a quotation
//       follows.  Strong is what has the word, an address or a beginning that programs write,
//       and a date.
//   A3  Somebody who tells what he wrote himself begins no quotation.
//   A4  It may be torn over several lines; how many is known from the first of them.
//   A5  A strong one has "@" or a digit.  Where neither stands near a line, and nothing is quoted
//       below it, nobody needs to look closer.
#pragma once

#include "base/base.h"

enum { WROTE_BYTES = 400 };    // of all its lines, without their ends

enum wrote { WROTE_NOT = 1, WROTE_WEAK, WROTE_STRONG };

enum wrote reply_wrote(str line);      // its lines joined by blanks
int reply_wrote_lines(str line);       // how many it may take; 0 if none begins here
bool reply_wrote_may_end(str line);    // could this be its last line?
bool reply_wrote_is_torn(str line);    // "> wrote:", ">:": an end, no quotation

// A5.  May a strong one begin at `at`?  *sign is where the next "@" or digit stands, at first the
// text's beginning; it goes on from line to line, so that each byte is looked at once.
bool reply_wrote_near(str text, const char *at, const char **sign);

struct wrote_by {
    str name, address, date;    // as written; empty if it does not say so
};

struct wrote_by reply_wrote_by(str line);
