// SPDX-License-Identifier: GPL-3.0-or-later
// A mail of ours is known not to arrive: it came back, was refused, given up or stopped.
//
//   L1  It is seen at its message and, with the reason, at the address (undelivered.h, U1 U2),
//       whoever says so: the relay at once, or a report days later.
//   L2  It is one event of the case.
//   L3  The case gets the ball back (U6), once for each loss: a second report about the same mail
//       says nothing new.
//   L4  What belongs to no message (outbox.h, O9) is noted at the address only.
#pragma once

#include "mail/message.h"
#include "message/message.h"

struct loss {
    ticket_id ticket;
    message_id message;    // 0: L4
    str rcpt;
    const struct mail_bounce *why;    // NULL: nobody refused it
    int64_t inbox;                    // the report, or 0
    const char *event;
    bool known;    // L3
};

fallible loss_note(struct ctx *cx, const struct loss *l);
