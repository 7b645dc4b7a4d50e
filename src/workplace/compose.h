// SPDX-License-Identifier: GPL-3.0-or-later
// Writing to a case: a reply to the customer, a note for colleagues, and a reply taken back.
//
//   C1  A composer that is sent twice (a timeout, a double click) writes one message.  The same
//       page with another text is another message.
//   C2  The draft goes when its text is stored, not before, and no other draft with it.
//   C3  Nothing, or nothing but the greeting, is refused.
//   C4  Only who wrote a reply takes it back.  The text is a draft again, and the promise that
//       the reply kept is open again.
//   C5  A reply may leave later, at most DELAY_DAYS ahead, and not after what was promised;
//       until then it stands at the case with its time and can be taken back, text and time.  A
//       time without a day is the next such time.
//   C6  A reply that names a solution by its number (#L-101) is refused: it says something to
//       colleagues alone.
//   C7  One that is held because the customer has written since (outbox.h, O14) stands at the
//       case from then on with what is new, and whoever works there sends it all the same,
//       changes it (it is his draft then) or drops it.
//   C8  Spam gets no answer: what waits to leave for who wrote it goes nowhere, and what it had
//       kept is open again, should it be none.
#pragma once

#include "message/draft.h"
#include "outbox/outbox.h"

enum { DELAY_DAYS = 30 };

struct compose {
    bool internal;
    instant leave;    // C5; 0: at once
    str text;
    str greeting;       // C3
    str key;            // C1: of the page it was written on; empty: each is its own
    message_id seen;    // newest message the writer saw
    const struct attachment_new *file;
    isize files;
};

// *sent is 0 when the same composer was sent before (C1).
fallible compose_send(struct ctx *cx, const struct ticket *t, const struct compose *c,
                      struct ticket_at *at, message_id *sent);

fallible compose_undo(struct ctx *cx, const struct ticket *t, message_id message);    // C4 C7

// C7.  ERR_STALE when it is not held, or is no more.
fallible compose_anyway(struct ctx *cx, const struct ticket *t, message_id message);
fallible compose_drop(struct ctx *cx, const struct ticket *t, message_id message);
fallible compose_drop_all(struct ctx *cx, struct ticket_at *at);    // C8
