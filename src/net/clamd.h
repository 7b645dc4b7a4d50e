// SPDX-License-Identifier: GPL-3.0-or-later
// A virus scanner that listens: clamd, by its command INSTREAM.
//
//   F1  It is found at "unix:/run/clamav/clamd.ctl" or at "HOST:PORT".
//   F2  The bytes go over in pieces, each behind its length; a piece without bytes ends them.
//   F3  "stream: OK" is clean, "stream: NAME FOUND" is not.  Any other answer says that the
//       scanner could not tell, and is never taken for clean.
//   F4  Every wait has an end; a scanner that is not there, falls silent or hangs up is down.
#pragma once

#include "base/ctx.h"

enum clamd_verdict {
    CLAMD_CLEAN = 1,
    CLAMD_FOUND,      // *name: what it found
    CLAMD_UNABLE,     // F3; *name: what it answered
    CLAMD_DOWN,       // F4
};

bool clamd_is_address(str where);    // F1

enum clamd_verdict clamd_scan(struct ctx *cx, str where, str bytes, int seconds, str *name);
