// SPDX-License-Identifier: GPL-3.0-or-later
// Files that came with a message.
//
//   Y1  An attachment belongs to one message of one case and is seen by who may see both.
//   Y2  The declared media type is kept as given and never trusted: who serves it decides.
//   Y3  A file's name has no path and no control characters; it is never a path of ours.
#pragma once

#include "message/blob.h"
#include "ticket/ticket.h"

KEY(message_id);

struct attachment_new {
    str name, type;
    bool embedded;       // stands inside the text
    struct blob blob;    // stored: blob_put, blob_adopt
};

struct attachment {
    int64_t id;
    message_id message;
    str name, type;
    bool embedded;
    struct blob blob;
};

fallible attachment_add(struct ctx *cx, ticket_id ticket, message_id message,
                        const struct attachment_new *a);    // message_add calls it
fallible attachment_list(struct ctx *cx, ticket_id ticket, struct attachment **out, isize *n);
fallible attachment_load(struct ctx *cx, int64_t id, struct attachment *out);

// "..\\evil\r\n.exe" is "evil.exe"; nothing left: "Anhang".  Pure.
str attachment_name(struct arena *a, str given);

// Bytes of a mark at its beginning that turns the direction of writing round, ends the line or
// cannot be seen; else 0.  Pure.
isize attachment_turning(str s);
