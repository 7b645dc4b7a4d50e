// SPDX-License-Identifier: GPL-3.0-or-later
// The address by which a customer sees one request without an account.  Texts that go to the
// customer carry it (outbox/, intake/); the portal reads it.
//
//   L1  Nobody can make one without the desk's secret: 152 bits of an HMAC, compared in
//       constant time.
//   L2  It is bound to its purpose, the desk, the case, the contact and the way it was given;
//       nothing of it fits another.
//   L3  It tells nothing: the keys in it are masked, so that two links do not say how many
//       cases lie between them.
//   L4  Forged, cut, foreign, renewed away, or of a case that is somebody else's by now: all
//       absent, and all the same.
//   L5  One that was only shown on a page, to a visitor whose address nobody has checked, says
//       so: what is written by it proves no sender (message.h, M6).
//   L6  tenant_renew_links() ends every link given before.
//   L7  Who reads by a link is that contact from then on, whoever else the browser is.
#pragma once

#include "ticket/ticket.h"

enum portal_link_given { LINK_MAILED = 1, LINK_SHOWN };    // L5

// https://hilfe.nordlicht.example/de/v/...: the whole address, for a mail to this contact, in
// the case's language.  ERR_ABSENT when the case is not this contact's.
fallible portal_link(struct ctx *cx, ticket_id ticket, contact_id contact, str *out);

// What stands behind /v/, for a page.
fallible portal_link_token(struct ctx *cx, ticket_id ticket, contact_id contact,
                           enum portal_link_given given, str *out);

// From here on cx->who is the contact, who sees no more than the own cases; the page shows
// this one only (L7).
fallible portal_link_open(struct ctx *cx, str token, ticket_id *ticket,
                          enum portal_link_given *given);
