// SPDX-License-Identifier: GPL-3.0-or-later
// Are the files there that the database names, and does it name those that are there?  For
// `staffel check`: only looks.
//
//   Z1  A mail or an attachment whose file is not there is lost, and the check fails.
//   Z2  A file in mail/ that no mail names is told, and nothing removes it by itself.  It may
//       be what came twice (another server's lines in front make it other bytes), or what a
//       crash left between file and row, whose sender never heard 250; but where an older
//       database was brought back, it is the only copy of a mail that was accepted.  No program
//       can tell which.
//   Z3  What is younger than a day may be on its way and is not told.
#pragma once

#include "base/buf.h"
#include "base/ctx.h"

struct files_found {
    int64_t mails, blobs;    // that the database names
    int64_t missing;         // Z1
    int64_t strays;          // Z2
    int64_t stray_bytes;
};

// Names the first few of each in `out`, a line for each.
fallible files_check(struct ctx *cx, struct buf *out, struct files_found *found);
