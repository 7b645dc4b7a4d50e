// SPDX-License-Identifier: GPL-3.0-or-later
// The steps of mailbox_fetch.h that concern one mail: from the server into the spool, into its
// row, and out of the way; and how a session reads and writes rows.
//
//   Z1  A mail goes piece by piece from the connection into the spool: memory does not grow
//       with it.
//   Z2  What is wrong with one mail is written at that mail, and the session goes on or begins
//       anew with the others; what is wrong with us is no mail's fault.
#pragma once

#include "mailbox/mailbox_fetch.h"

bool mailbox_step_stopped(const struct mailbox_fetch *f);
struct ctx mailbox_step_fresh(const struct mailbox_fetch *f, struct arena *a);

// One commit; one look at the rows.
fallible mailbox_step_write(struct mailbox_fetch *f, struct ctx *cx,
                            enum err (*run)(struct ctx *, void *), void *arg);
fallible mailbox_step_read(struct mailbox_fetch *f, struct ctx *cx,
                           enum err (*run)(struct ctx *, void *), void *arg);

// What is said to the server lies in the memory of the piece of work it is said for;
// mailbox_step_heard() keeps the reason when it went wrong.
struct ctx *mailbox_step_talk(struct mailbox_fetch *f, struct arena *a);
fallible mailbox_step_heard(struct mailbox_fetch *f, enum err err);

fallible mailbox_step_settle(struct mailbox_fetch *f, const struct mailbox_box *box,
                             const int64_t *uid, isize n, enum mailbox_mail_state state,
                             str reason);
fallible mailbox_step_report(struct mailbox_fetch *f, enum mailbox_state state, str reason,
                             bool polled);

fallible mailbox_step_take(struct mailbox_fetch *f, const struct mailbox_box *box, int64_t uid);
fallible mailbox_step_put_away(struct mailbox_fetch *f, const struct mailbox_box *box);
