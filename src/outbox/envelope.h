// SPDX-License-Identifier: GPL-3.0-or-later
// The addresses and ids that our mails carry, so that what comes back finds its place.
//
//   N1  hilfe+<36 characters>@nordlicht.example in Reply-To says "an answer to this case, given
//       to this customer", signed with 80 bits of an HMAC.  It lets a mail be put to the case;
//       it is not a login and proves nobody's name.
//   N2  hilfe+<39 characters>@nordlicht.example is the envelope's sender: a mail to it says
//       that this one mail of ours did not arrive.  Signed for that purpose only (N4).
//   N3  Both survive a change of letter case on the way.
//   N4  Keys belong to a desk, a year and a purpose: what was made for one fits no other.
//       Addresses of this year and the last are taken, older ones are not.
//   N5  A Message-ID is r.<96 random bits>@domain: nothing can be guessed or counted from it.
//   N6  A third kind says "an answer to this thread with somebody outside" (referral.h); it fits
//       neither of the others' purposes.
//   N7  A tag is the desk's whatever stands before its plus and behind its @: answers to what left
//       before the desk, or a team, got another address still find their case (tenant.h D3).
//   N8  It tells nobody how many cases or customers there are: the keys in it are masked.  What
//       left before that, with the keys in plain, is taken as long as its year is (N4).
#pragma once

#include "tenant/tenant.h"
#include "ticket/ticket.h"

fallible envelope_reply_to(struct ctx *cx, const struct tenant *t, ticket_id ticket,
                           contact_id contact, str *out);
bool envelope_is_reply(struct ctx *cx, const struct tenant *t, str address, ticket_id *ticket,
                       contact_id *contact);

fallible envelope_outside(struct ctx *cx, const struct tenant *t, ticket_id ticket,
                          int64_t thread, str *out);
bool envelope_is_outside(struct ctx *cx, const struct tenant *t, str address, ticket_id *ticket,
                         int64_t *thread);

str envelope_mail_id(struct ctx *cx, const struct tenant *t);

// For a mail with this id, which must be one of ours.
str envelope_bounce(struct ctx *cx, const struct tenant *t, str mail_id);
bool envelope_is_bounce(struct ctx *cx, const struct tenant *t, str address, str *mail_id);

// In X-Loop of what nobody wrote: a mail that carries it has come back to where it began.
str envelope_loop(struct ctx *cx, const struct tenant *t);
