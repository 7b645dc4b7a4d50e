// SPDX-License-Identifier: GPL-3.0-or-later
// A virus scanner inside the test: it speaks clamd's INSTREAM, knows the EICAR test file and
// misbehaves on order.
#pragma once

#include "base/ctx.h"

enum scanner_mood {
    SCANNER_GOOD = 1,
    SCANNER_TIRED,     // "INSTREAM size limit exceeded. ERROR"
    SCANNER_RUDE,      // hangs up in the middle
    SCANNER_SILENT,    // hears everything and says nothing
};

struct scanner;

struct scanner *scanner_start(str unix_path);    // empty: on 127.0.0.1
void scanner_stop(struct scanner *s);
str scanner_address(struct scanner *s);
void scanner_is(struct scanner *s, enum scanner_mood mood);
int scanner_count(struct scanner *s);    // streams heard to their end

str scanner_eicar(struct arena *a);    // put together here, so that no scanner minds this file
