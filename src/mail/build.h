// SPDX-License-Identifier: GPL-3.0-or-later
// A mail of ours, as the bytes that a relay takes.
//
//   W1  A parse of what was built gives the same data back.
//   W2  No field can begin a second one: a line break or another control byte in an address,
//       a name, a subject, an id or a field of the caller's is refused, not cleaned.
//   W3  Addresses are the plain ASCII kind that every relay delivers to.  A domain with other
//       letters is written as xn-- (RFC 3492), but for the four letters (ß, ς and two joiners)
//       with which old and new rules mean two domains; a name with other letters cannot be
//       written at all.
//   W4  The text survives every relay: seven bits, short lines; what is not is encoded.
//   W5  An automatic mail says so (RFC 3834) and asks for no automatic answer.
//   W6  The caller's own fields cannot replace the ones that are written here.
//   W7  It never becomes larger than what we would take ourselves (MAIL_BYTES).
#pragma once

#include "mail/message.h"

struct mail_file {
    str name, type, bytes;
};

struct mail_draft {
    struct mail_address from;
    struct mail_addresses reply_to, to, cc;
    str subject;
    instant date;
    str message_id;    // without brackets, as all ids
    str in_reply_to;
    struct mail_ids references;
    str text;
    const struct mail_file *file;
    isize files;
    str auto_submitted;    // "auto-replied", "auto-generated", or empty
    const struct mail_field *extra;
    isize extras;
};

bool mail_address_ok(str address);    // W3, as it stands
bool mail_address_written(struct arena *a, str address,
                          str *out);    // as it is written; false: it cannot be
bool mail_domain_written(struct arena *a, str domain, str *out);

bool mail_is_one_line(str s);    // W2: what may stand in a field of the head

// Would mail_build() take it?  ERR_INVALID names the field.
fallible mail_check(struct ctx *cx, const struct mail_draft *d);
fallible mail_build(struct ctx *cx, const struct mail_draft *d, str *out);
