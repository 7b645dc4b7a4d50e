// SPDX-License-Identifier: GPL-3.0-or-later
// What a mail of ours looks like, made of the case, the desk and what is to be said.
//
//   E1  It is from the desk, with the writer's name; the answer goes to the case's address.
//   E2  The subject ends in the case's number, behind those that the recipient's own system
//       gave it (foreign.h); "Re:" only when the customer wrote first.
//   E3  Below the text stand who wrote it, which desk, and the address of the case, in the
//       customer's language; around all of it whatever the team says there (wording.h, G7).
//   E4  In-Reply-To names what is answered, References the newest mails of the case, oldest
//       first; ids that no mail may carry are left out.
//   E5  An automatic mail carries no text of a stranger, and the marks that keep two programs
//       from answering each other.
//   E6  A notice belongs to no case, so it has no thread and no case's address to answer to; its
//       signature is the desk's, in the notice's language.
//   E7  A team with an address of its own is who writes, and who is answered.  The mail's id and
//       the envelope's sender are of the same domain, so that SPF speaks for From, too (RFC 7489
//       3.1.2), and what comes back finds its mail (envelope.h, N7).
//   E8  A mail to somebody outside has the writer's words, his name, the desk's and nothing else
//       of the case: no link to it, no id of another mail of it, no address of its customer.
//       Behind his subject stand the numbers of the recipient's own system (E2).
//   E9  A name or a subject that was stored with a line break leaves as one line: nobody becomes
//       somebody whom we cannot answer.
//   E10 A letter is kept as what it says (mail/draft.h): its form is the work of who sends it,
//       and holds up nobody who writes.  Only one with files is built at once, as its files may
//       be taken away later.  What cannot be built is refused in either case.
#pragma once

#include "outbox/outbox.h"
#include "tenant/tenant.h"

struct letter {
    const struct tenant *desk;      // E7: with the team's address and name
    const struct ticket *ticket;    // NULL: a notice (E6); only what is meant for it is read
    message_id message;             // its attachments go along
    contact_id contact;
    str rcpt;
    str mail_id;
    str writer;     // a person's name; empty: the desk
    str subject;    // E5; empty: the case's
    str text;
    bool automatic;
    enum lang lang;                          // E6
    str answers;                             // Message-ID; empty: the customer's newest
    const struct outbox_outside *outside;    // E8, or NULL
};

// E7.  Who writes about this case.
fallible letter_sender(struct ctx *cx, const struct ticket *t, struct tenant *out);

struct letter_kept {
    str says, bytes;    // E10: one of them
};

fallible letter_write(struct ctx *cx, const struct letter *l, struct letter_kept *out);

// As the relay gets it.
fallible letter_bytes(struct ctx *cx, const struct letter_kept *k, str *out);
