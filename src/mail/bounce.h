// SPDX-License-Identifier: GPL-3.0-or-later
// What came back, recipient by recipient: out of a report by the standard (RFC 3464), one that
// only looks like it, or a notice in words.
//
//   B1  Each group of the report that names a recipient is one bounce, in its order; groups
//       that stand in the text, because their MIME is broken, count.
//   B2  The mail that came back is known by its Message-ID only.
//   B3  Without such groups those in X-Failed-Recipients are; else each that the notice names
//       (bounce_notice.h); else those of a report inside of the mail that came back; else the
//       first address of the notice; else the only one that the mail was for.
//   B4  The status said by the server that refused counts before the one that its neighbour
//       wrote into the report, which often is 5.0.0; without either it is made of the reason.
//   B5  What arrived is left out as soon as anything did not.
//   B6  A complaint (RFC 5965) names whom it came from, with the reason "feedback".
//   B7  A notification of Amazon SES says the same in JSON (bounce_sns.h).
//   B8  What a relay said to our face is one bounce, too, judged by the same words.
#pragma once

#include "mail/message.h"

struct bounce_parts {
    str delivery;    // message/delivery-status
    str feedback;    // message/feedback-report
    str returned;    // the mail that came back, or its header
};

// Whatever the mail is; auto.h has judged it.  Each part may be empty.
void bounce_read(struct arena *a, const struct bounce_parts *parts, struct mail *m);

// B8: a 5xx.
struct mail_bounce bounce_of_reply(struct arena *a, str rcpt, str reply);
