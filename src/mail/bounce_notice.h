// SPDX-License-Identifier: GPL-3.0-or-later
// What a mail server tells people when a mail comes back: text that no standard describes.
//
//   T1  The notice ends where the mail that came back begins: at three header fields in a row
//       of which one is a trace or an id (RFC 5322, 3.6.4 and 3.6.7), from the margin on; or
//       below a line that says so ("--- Below this line is a copy of the message.").
//   T2  A line names a recipient when it begins with an address ("<a@x>:", "a@x: text",
//       "* a@x", "a@x - text"), holds nothing but one, or has one behind words such as
//       "Recipient:", "RCPT TO:" or "delivering your mail to".
//   T3  What follows such a line was said about that recipient, up to the next one.
//   T4  "550 <a@x>... No such user" closes what was said before (Sendmail, before version 8).
//   T5  Whoever wrote the mail is no recipient of it; the same address twice is one.
#pragma once

#include "mail/message.h"

struct bounce_said {
    str recipient;
    str text;    // said about it, several lines
};

struct bounce_notice {
    str text;        // T1: up to the mail that came back
    str returned;    // from there on, or empty
    struct bounce_said *said;
    isize n;
};

// text: the readable part of the report; writer: the addresses it came to (T5).
struct bounce_notice bounce_notice_read(struct arena *a, str text,
                                        struct mail_addresses writer);

// The first address that stands in it and is not the writer's, or empty.
str bounce_notice_any(str notice, struct mail_addresses writer);

// One address out of "rfc822; <a@x>", "<a@x> (reason)"...; empty if there is none.
str bounce_notice_address(str s);
