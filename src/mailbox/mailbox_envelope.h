// SPDX-License-Identifier: GPL-3.0-or-later
// A mail in a mailbox has no envelope any more: what its fields still say of it.  Pure.
//
//   V1  The recipient is the mailbox's own address, with its "+..." where a field says so:
//       Delivered-To, X-Original-To, Envelope-To, To, Cc, in this order.  The part behind the
//       plus is signed (outbox/envelope.h), so who invents one wins nothing; an address of
//       anybody else is never the recipient.
//   V2  The sender is Return-Path; "<>" is nobody, as for a bounce.  Without the field it is
//       From.
#pragma once

#include "base/arena.h"

struct mailbox_envelope {
    str rcpt, sender;
};

// `head` is the beginning of the mail, `address` the mailbox's.
struct mailbox_envelope mailbox_envelope(struct arena *a, str head, str address);
