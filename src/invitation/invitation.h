// SPDX-License-Identifier: GPL-3.0-or-later
// Invitations that came by mail, at the message that brought them.
//
//   V1  A message has at most one: the first calendar part of its mail that has an event
//       (ical.h).  The file stays an attachment whatever becomes of it.
//   V2  It is read once, when the mail is, so that what no reader survives is the mail's own
//       trouble (intake.h) and never a page's.
//   V3  It is shown to staff who see the case, in the reader's language, at the desk's own
//       time.
//   V4  Nothing is accepted, declined or entered anywhere by itself, and nobody is told that it
//       was seen.
//   V5  An invitation that a later mail of the same case cancels or replaces says so.
#pragma once

#include "invitation/ical.h"
#include "mail/message.h"
#include "message/message.h"

struct invitation {
    message_id message;
    struct ical event;
    bool cancelled, replaced;    // V5
};

// Of a mail that is being read; NULL when it brings none.
const struct ical *invitation_find(struct arena *a, const struct mail *m);

fallible invitation_keep(struct ctx *cx, message_id message, const struct ical *event);

// Of a case, in the order in which they came.
fallible invitation_list(struct ctx *cx, ticket_id ticket, struct invitation **out, isize *n);

// "Einladung", "Abgesagt", "Zusage von Maja Kunde".  Pure, as the next.
struct words invitation_title(struct arena *a, const struct invitation *v);

// "Montag, 23. November 2026, 10:00–11:30"
str invitation_when(struct arena *a, const struct ical *e, enum lang lang);
