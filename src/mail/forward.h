// SPDX-License-Identifier: GPL-3.0-or-later
// A mail that somebody passes on: who wrote it first, and what the passer says of it.
//
//   F1  The first boundary in the text decides: a mark ("Begin forwarded message:"), a copied
//       header, or an attribution.  What stands above it is the passer's.
//   F2  Behind a mark of forwarding stands a forwarded mail.  A header without one, "original
//       message" and an attribution stand over quotations of answers as well: there the
//       subject decides ("WG:" or "AW:"); and where it says nothing, a header with nothing
//       above it, or one in a quotation, is a forward.
//   F3  A mail attached to a mail is forwarded, when there is just one and the text holds
//       none.  Delivery reports attach mails, too: they forward nothing.
//   F4  What it says of its sender is what the passer's program wrote, or the passer: a hint,
//       never a proof (SECURITY 4.7).
//   F5  The work is linear in the text; of more than FORWARD_LINES lines the rest is body.
#pragma once

#include "base/ctx.h"
#include "mail/message.h"

enum { FORWARD_LINES = 20000 };

struct forward {
    struct mail_address from;
    struct mail_addresses to, cc;
    str subject, date;    // as written
    str body;             // without what quotes it
    str before;           // what the passer wrote
};

// Both false if nothing is forwarded.
bool forward_in_text(struct arena *a, str text, str subject, struct forward *out);
bool forward_in_mail(struct ctx *cx, const struct mail *m, struct forward *out);

enum subject_mark { SUBJECT_PLAIN = 1, SUBJECT_FORWARD, SUBJECT_REPLY };

// What the first of the marks before it says; *bare is the subject without any of them.
enum subject_mark forward_subject(str subject, str *bare);
