// SPDX-License-Identifier: GPL-3.0-or-later
// Amazon SES tells of bounces, complaints and deliveries in JSON, in the text of a mail.
//
//   S1  Each object with an "emailAddress" among the recipients is one.
//   S2  A delivery names its recipients in a list, and one "smtpResponse" for all.
//   S3  Relays cut long lines by "!" and a line end: they are put together again; and where it
//       comes as a string inside of JSON, its quotes lose their backslashes.
//   S4  It is no JSON any more after that, nor by all writers: only the values are looked for.
#pragma once

#include "base/arena.h"

struct bounce_sns {
    str recipient, action, status, diagnostic;
};

// "Bounce", "Complaint" or "Delivery"; empty if the text is no such notification.
str bounce_sns_kind(str text);

str bounce_sns_plain(struct arena *a, str text);    // S3; empty if it is none
bool bounce_sns_next(struct arena *a, str *s, struct bounce_sns *out);    // false: no more
