// SPDX-License-Identifier: GPL-3.0-or-later
// A report by somebody without an account.
//
//   R1  It needs a problem, a name, and a mail address or a phone number.  Every problem of
//       the form is told at once, and all that was typed comes back, files too.
//   R2  What may help is offered before it is sent, once, but for the article somebody came from;
//       who goes on is not asked again.
//   R3  A form filled in by a machine (the hidden field has text, the form was sent within
//       three seconds of its birth, or was not made by us) becomes a case like any other, but
//       put away as spam: visible in the quarantine, with number and words, and one button
//       away from the inbox, for who sees every case and decides: an admin sees none (access.h A6)
//       and is not offered the page.  Its sender sees the same page as everybody; no mail goes out.
//   R4  The same form sent twice is one case.
//   R5  The time named before sending is the time promised after it, whoever is named as the one
//       who asks; a shorter promise goes to the address we know.
//   R6  Nobody's address is proven here: the words are unverified, the link is one that was
//       shown, and nothing of a contact we know is changed or told.
//   R7  A receipt goes to the mail address that was given, if the rules of automatic mail
//       let it, and carries nothing that was typed but the number.
//   R8  The page of thanks shows what was sent, however much was said since.
//   R9  Name, ways and device are one line each: none of them can pretend to be another.
#pragma once

#include "message/message.h"
#include "portal/portal.h"

struct portal_report {
    enum ticket_type type;
    int impact;    // 1 to 3; 0: not known
    str problem, tried, device;
    str name, mail, phone;
    bool morning, afternoon, evening;    // when to reach
    int64_t solution;                    // key of the solution that did not help; 0: none
    str form;                            // R4: names the form; made by portal_report_stamp
    bool trapped;                        // R3
    const struct attachment_new *attachment;
    isize attachments;
};

struct portal_reported {
    ticket_id ticket;
    contact_id contact;
};

fallible portal_report_check(struct ctx *cx, const struct portal_report *r);    // R1, pure

// R5: what is promised to a report of this impact that is sent now; every type is answered as
// fast.
fallible portal_report_promise(struct ctx *cx, int impact, struct words *out);

fallible portal_report(struct ctx *cx, const struct portal_report *r,
                       struct portal_reported *out);

// What the customer said, as one text: the first message of the case.
str portal_report_text(struct arena *a, const struct portal_report *r, enum lang lang);

// R8: the first words of the customer, and the address he gave; empty when there are none.
struct portal_written {
    str text, mail;
};

fallible portal_report_written(struct ctx *cx, ticket_id ticket, struct portal_written *out);

// R3: a stamp for a form made now, signed; it also names the form (R4).
str portal_report_stamp(struct ctx *cx, const struct tenant *t);

// Is the stamp ours and old enough?  *form is its name in any case.
bool portal_report_stamp_ok(struct ctx *cx, const struct tenant *t, str stamp, str *form);

// --- quarantine ----------------------------------------------------------------------------

struct portal_held {
    ticket_id ticket;
    int64_t number, version;
    str subject, name, text;
    instant at;
};

// The newest first, of the asker's scope.
fallible portal_report_held(struct ctx *cx, struct portal_held **out, isize *n);

// R3: not spam after all; promise and receipt follow.
fallible portal_report_release(struct ctx *cx, struct ticket_at *at);
