// SPDX-License-Identifier: GPL-3.0-or-later
// A message goes to somebody outside (a vendor, a landlord, a colleague of the customer) with a
// comment; what he answers comes back to the case as a thread of its own.
//
//   X1  He gets what the writer saw in the form and nothing else: no link to the case, no ids of
//       the customer's mails, no name or address of the customer that is not in the text.
//   X2  The customer sees neither what was sent nor what comes back: both are internal (M2).
//   X3  An answer is known by an address that was signed for this thread and no other purpose, or
//       by the Message-ID of a mail of the thread.  It never becomes the customer's word, reopens
//       nothing, and gives its sender no right to anything.
//   X4  It counts as proven only from the very address the thread is with, by our own mail server's
//       word; everything else is shown as unproven.
//   X5  A case that waits for a vendor works again when the answer comes.
//   X6  A thread follows its messages into the case they were merged into.
//   X7  The number that his own ticket system writes into a subject (outbox/foreign.h) is kept for
//       the thread, whoever of his house answers and be it a machine: it is shown, our next mail
//       to him carries it, and a proven mail from the thread's address that has nothing else to
//       find home by comes back to the newest thread with it.
//   X8  It leaves when its time to think is over (outbox.h, O2), and until then who wrote it takes
//       it back: all of it stands in the form again.  A thread of which nothing is left is not
//       shown.  A question that was looked at on a sheet of its own leaves at once.
#pragma once

#include "message/message.h"

KEY(referral_id);

struct referral {
    referral_id id;
    ticket_id ticket;    // X6
    str address, name, subject;
    instant last;
    int64_t messages;
    str number;    // X7: his first, as he writes it, or empty
};

struct referral_new {
    str address, name, subject;
    str text;            // all of it, as it goes out
    message_id about;    // the message that is passed on; 0: none
    bool files;          // with its files
    str foot;            // below it in the mail alone: an address that is for him, or empty
    bool at_once;        // X8
};

fallible referral_start(struct ctx *cx, struct ticket_at *at, const struct referral_new *n,
                        referral_id *out);
fallible referral_write(struct ctx *cx, struct ticket_at *at, referral_id id, str text);

// X8.  *out: what was written; *left: something of the thread still stands.
fallible referral_undo(struct ctx *cx, referral_id id, message_id message,
                       struct referral_new *out, bool *left);
fallible referral_list(struct ctx *cx, ticket_id ticket, struct referral **out, isize *n);
fallible referral_load(struct ctx *cx, referral_id id, struct referral *out);
fallible referral_messages(struct ctx *cx, referral_id id, struct message **out, isize *n);

// X3.  For the intake: to which thread belongs a message of a case?  0: to none.
fallible referral_of_message(struct ctx *cx, message_id message, referral_id *out);
fallible referral_answered(struct ctx *cx, referral_id id, const struct message_new *m,
                           ticket_id *ticket, message_id *out);

// What a machine wrote to the thread, once it is at the case: it belongs there and moves nothing.
fallible referral_noted(struct ctx *cx, referral_id id, message_id message);

// X7.  Of what came by mail to the thread; by_number: thread 0 when there is none.
fallible referral_numbered(struct ctx *cx, referral_id id, str subject);
fallible referral_by_number(struct ctx *cx, str address, str subject, ticket_id *ticket,
                            referral_id *out);

// What a form begins with: the message, quoted, without its writer's name (X1).
str referral_quote(struct arena *a, const struct message *m, enum lang lang);
