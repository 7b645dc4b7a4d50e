// SPDX-License-Identifier: GPL-3.0-or-later
// What of a stranger's text may reach a page, a log or a file system.  Input is UTF-8.
//
//   L1  A line has no line break, no control byte, no run of blanks and no blank at its ends.
//   L2  A text keeps its line breaks (always "\n") and tabs; other control bytes go.
//   L3  A file's name has no path, no control byte, nothing that turns the reading direction
//       ("annex\u202Efdp.exe"), no dot in front, and is cut so that its ending stays.
//   L4  A name of a person or an address cannot turn the reading direction either.
#pragma once

#include "base/arena.h"

str clean_line(struct arena *a, str s);
str clean_text(struct arena *a, str s);
str clean_file_name(struct arena *a, str s);    // may be empty
str clean_name(struct arena *a, str s);
