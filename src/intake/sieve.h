// SPDX-License-Identifier: GPL-3.0-or-later
// What keeps a mail from becoming work although it can be read: a virus, its sender, a filter,
// its size (screen/screen.h).
//
//   V1  The scanner looks at the bytes, before anything of ours does (intake.h I5).
//   V2  A mail that a person wanted is not screened again; it is scanned again.
//   V3  Reports about mails of ours, and mails of ours that came back, are not screened.
//   V4  Who sent what is too large hears so, in the language of the mail, with its size, the
//       limit and another way for files; by the rules of automatic mail (arrival_may_hear), at most
//       LIMIT_AUTO_PER_ADDRESS_H an hour.
//   V5  What is too large and answers a case is told there, with who sent it, how large it is and
//       what he was told.  From a person it gives us the ball like any answer of the customer's
//       (message.h, M6): what he wrote waits in quarantine, and somebody should look.  Each does,
//       but of many in an hour only the first is told (refused.h, O2).
#pragma once

#include "intake/arrival.h"

enum sieve_scan {
    SIEVE_CLEAN = 1,    // or nobody looks
    SIEVE_FOUND,        // *why
    SIEVE_UNABLE,       // *why
    SIEVE_UNSCANNED,    // taken as it is
    SIEVE_WAIT,
};

enum sieve_scan sieve_scan(struct ctx *cx, const struct intake_config *config, str bytes,
                           struct words *why);

// After arrival_look.  *aside: it goes into quarantine, a->why says why.
fallible sieve_mail(struct ctx *cx, struct arrival *a, str auth_server, bool *aside);

// A line for staff at the case of a mail that nobody could scan.
fallible sieve_note(struct ctx *cx, const struct arrival *a, struct ticket_at *at);
