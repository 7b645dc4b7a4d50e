// SPDX-License-Identifier: GPL-3.0-or-later
// What a mail is to us: decided by looking at it, at the signed addresses in it, and at the
// mails we know (SECURITY 4.7).
//
//   R1  An address of ours with a valid signature (envelope.h) in the envelope, To or Cc says
//       to which case it belongs; else a whole Message-ID of a mail of the case in In-Reply-To
//       or References.  A number in the subject says nothing.
//   R2  The words are verified only if the address was given to the very person who writes,
//       and our own mail server has proven the sender (auth_results.h).  Everything else is
//       put to the case unverified.  From alone, or To, or Cc never prove or give anything.
//       A stranger who answers changes nobody's case into his own, and gets no mail about it.
//       A report about a mail that came back is read even if that mail is a fragment.
//   R3  What a machine wrote never makes a case, reopens one or is answered.  It is noted at
//       its case, out of the customer's sight, or set aside where it can be seen.
//   R4  A mail of some service that asks to confirm or reset something is no customer's answer,
//       whatever address it came to (the Ticket Trick): noted, out of sight.
//   R5  A mail of our own that comes back is a loop: set aside.
//   R6  A mail that came to several addresses of the desk makes one case.
//   R7  Two mails may carry the same Message-ID; the second one's is not believed, so nobody
//       can put himself in the way of the answers to another case.
//   R8  What answers a thread with somebody outside belongs there and never to the customer's
//       words, whoever sends it.
//   R9  A number of the other side in the subject leads to the question (vendor_ask.h, A4) or the
//       thread (referral.h, X7) it was given for, if nothing above leads anywhere; only proven
//       and from the very address we wrote to.
//   R10 A number of ours in the subject of a new case's mail is shown at that case, to those who
//       may read the case it names (workplace.h, P6).  Anybody can write any number there.
#pragma once

#include "crypt/crypt.h"
#include "intake/intake.h"
#include "invitation/invitation.h"
#include "mail/forward.h"
#include "mail/message.h"
#include "mail/reply_text.h"
#include "message/message.h"
#include "referral/referral.h"
#include "tenant/tenant.h"

enum way {
    WAY_TICKET = 1,
    WAY_REPLY,
    WAY_OUTSIDE,    // to a thread with somebody outside (R8)
    WAY_NOTE,       // at its case, out of the customer's sight (R3 R4)
    WAY_AUTO,       // set aside: written by a machine (R3 R5)
    WAY_BOUNCE,
    WAY_SAME,     // R6
    WAY_ASIDE,    // quarantine
};

struct arrival {
    const struct tenant *desk;
    int64_t inbox;
    str rcpt, sender, digest;    // of the envelope
    int64_t size;                // bytes
    bool unscanned;              // the scanner did not answer (sieve.h)
    bool wanted;                 // a person said so: not what a machine wrote
    const struct mail *mail;
    struct reply_text text;
    enum lang lang;                   // of the text (opening.h G3); 0: its words do not say
    struct crypt_verdict *verdict;    // NULL: neither signed nor encrypted
    const struct ical *invitation;    // NULL: it brings none
    const struct forward *forward;    // NULL: it passes nothing on
    const struct person *passer;      // passing.h P1; else NULL

    ticket_id ticket;         // R1; 0: none
    referral_id referral;     // R8; 0: none
    contact_id owner;         // whose case that is
    contact_id given_to;      // to whom the signed address was given
    contact_id contact;       // who writes, if we know the address
    bool proven, verified;    // R2
    bool loop;                // R5
    bool ours;                // from one of our teams (wording.h G5), or our address of before
    bool elder;               // R6: the same mail came before
    str mail_id;              // R7
    struct words why;         // WAY_ASIDE, WAY_AUTO
};

// Reads what the database knows; fills all but `why`.
fallible arrival_look(struct ctx *cx, struct arrival *a, str auth_server);

// What nobody finds at a case says on the page of the quarantine what it is.
fallible arrival_describe(struct ctx *cx, const struct arrival *a, bool at_a_case);
fallible arrival_name_other(struct ctx *cx, const struct arrival *a, ticket_id made);    // R10

enum way arrival_way(struct arrival *a);            // pure; sets `why`
enum lang arrival_lang(const struct arrival *a);    // in doubt the desk's

// May an automatic mail answer it?  Not a machine, not us, not what has come around; and not
// what carries a case's number in its subject: that answers something already.  Pure.
bool arrival_may_answer(const struct arrival *a);
bool arrival_may_hear(const struct arrival *a);    // the same whatever the subject says
bool arrival_is_us(const struct tenant *desk, str address);    // "+..." or not
