// SPDX-License-Identifier: GPL-3.0-or-later
// Mails of ours that came back: at the message that failed, and at the address that fails.
//
//   U1  One row for each recipient a report names; told twice, it is there once, with the last
//       words.  A delay is no failure and leaves nothing.
//   U2  An address fails from its first hard bounce on (bounce_reason.h, W9), whichever case
//       it was; a soft one says nothing about it.
//   U3  A mail from an address shows that it works, if it is proven or answers one of ours: the
//       mark goes, what happened stays.  Staff who know better take it away by hand.
//   U4  A report that names somebody we did not write to marks nobody: it is kept with the
//       address we used, because people forward their mail.
//   U5  It is told in plain words of the reader's language, with status and duration.
//   U6  When the newest reply of a case is lost, its case is ours again: waiting for the customer
//       ends, the promise that the reply was to keep is open, and one that was given with it
//       was given to nobody; the same for each reply before it that was lost, back to the last
//       that was not.  The case says so until it is answered (ticket.h, W9).
//   U7  A reply that is lost when a newer one is on its way changes nothing but itself; so does
//       whatever is no reply, and a case that is closed.
//   U8  Sent again by hand it is on its way, and the case says so no longer.
//   U9  Anybody can write a report.  One that did not come to an address of ours that only its
//       mail carried (envelope.h) is shown at the message as unproven and does nothing else: it
//       marks no address, gives no case back, and takes nothing from what is proven.
#pragma once

#include "mail/bounce_reason.h"
#include "message/message.h"

struct undelivered {
    message_id message;
    str address, status;
    enum bounce_reason reason;
    bool hard;
    bool unproven;    // U9
    instant at;
};

struct undelivered_new {
    ticket_id ticket;    // 0: a mail that belongs to no case
    message_id message;
    str rcpt;    // whom we wrote to (U4)
    str status;
    enum bounce_reason reason;
    bool hard;
    bool unproven;    // U9
    int64_t inbox;    // the report
};

fallible undelivered_note(struct ctx *cx, const struct undelivered_new *n);
fallible undelivered_clear(struct ctx *cx, str address);    // U3
fallible undelivered_list(struct ctx *cx, ticket_id ticket, struct undelivered **out, isize *n);

// Why an address fails; BOUNCE_NONE: it does not, as far as we know.
fallible undelivered_reason(struct ctx *cx, str address, enum bounce_reason *out);

// That message is lost: MESSAGE_FAILED already.  U6 U7
fallible undelivered_look(struct ctx *cx, message_id message);
fallible undelivered_retried(struct ctx *cx, message_id message);    // U8

// "the address does not exist (for good, 5.1.1)".  Pure.
struct words undelivered_words(struct arena *a, const struct undelivered *u);    // U5
