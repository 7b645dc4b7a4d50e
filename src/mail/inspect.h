// SPDX-License-Identifier: GPL-3.0-or-later
// What we make of a mail, as one line of JSON: for an operator who wonders why a mail became
// what it became, and for tests over many mails.
//
//   verdict  what the intake would do                                reason
//   ticket   becomes a case                                          empty, or why it is bulk
//   reply    answers a mail of ours: continues its case              empty, or why it is bulk
//   bounce   is shown at the mail of ours that did not arrive        the field that says so
//   loop     has passed too many mail servers: kept aside            a sentence
//   auto     a machine wrote it: no answer, no new ticket by itself  the field that says so
//   quarantine  kept aside for a person to look at                   a sentence
//   refused  too large, or a fragment: no case is made of it         a sentence
//
// Without a database nobody knows our mails, so what looks like one of ours is taken for it: an
// id r.<20 letters and digits>@ in In-Reply-To or References, or an address with a tag of 36 or
// 39 of them behind the plus (outbox/envelope.h).  The intake asks the keys and the rows.
// That it answers some other mail says nothing, and neither does a number in the subject.
#pragma once

#include "base/buf.h"
#include "base/ctx.h"

// Always writes the line, also for what is no mail; fails only where nothing can be said.
fallible mail_inspect_json(struct ctx *cx, str bytes, str file, struct buf *out);

// Of the text alone, without a mail around it.
void mail_inspect_reply(struct ctx *cx, str text, str sender, struct buf *out);
void mail_inspect_forward(struct ctx *cx, str text, str subject, struct buf *out);
