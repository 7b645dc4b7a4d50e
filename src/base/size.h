// SPDX-License-Identifier: GPL-3.0-or-later
// How much something is, said to people: in MB of a million bytes, as mail programs say it.
//
//   Z1  What something has is rounded up, and what it may have down: nothing is larger than it
//       is said to be, and what is refused never reads as if it were allowed.
#pragma once

#include "base/arena.h"

enum { SIZE_MEGABYTE = 1000000 };

// Z1; for %lld.
long long size_has_megabytes(int64_t bytes);
long long size_may_megabytes(int64_t bytes);

str size_short(struct arena *a, int64_t bytes);    // of a file: "12 kB", "3 MB"
