// SPDX-License-Identifier: GPL-3.0-or-later
// Who waits for gpg behind whom: a mail that takes it ten seconds costs its sender nothing.
//
//   U1  Mails of people this desk is in touch with, whom somebody of the staff has answered or put
//       down a key for, have threads of their own: no stranger holds them up.
//   U2  Of one sender one mail at a time is with gpg.
//   U3  Where our own mail server proves senders, an address that it did not prove is nobody's:
//       all of those are one sender together, and none of them is anybody we know.
#pragma once

#include "base/ctx.h"

struct turn {
    str from;         // normal form; empty: nobody's
    bool known;       // U1
    int64_t whose;    // U2: for job_add_for(); never 0
};

// By the fields of a mail that cannot be read yet.  `known` is only a maybe.  Reads no database.
struct turn turn_look(struct ctx *cx, str bytes, str auth_server);

fallible turn_known(struct ctx *cx, struct turn *t);    // U1, for sure
