// SPDX-License-Identifier: GPL-3.0-or-later
// What was said about a case, by whom, to whom.
//
//   M1  A message is never changed: neither its text nor who may see it.  A correction is a
//       new message.
//   M2  Customers never see internal messages, nor their attachments: the data layer leaves
//       them out, whatever page asks.  So with replies: one that still waits for its time, is
//       held, or was taken back, has not been said.
//   M3  Each message is one row, one event, and the case's new version, or nothing at all.
//   M4  A reply is refused (ERR_STALE) when the customer or a colleague wrote to the customer
//       since the writer looked: `seen` says up to where.  Notes are never refused for that.
//   M5  What the customer writes gives us the ball: waiting for the customer ends (T5), solved
//       opens again (T11) unless it is nothing but thanks; closed makes a new case that
//       follows the old one (T15); merged goes on in the other case, and what was
//       not answered before the merge asks there; spam stays spam.
//   M6  Text whose sender is not proven decides nothing by itself: it is never "nothing but
//       thanks", confirms nothing, is answered by nobody but a person.  All it does is give a
//       person the ball to look, because a lost reply is worse than a needless look.
//   M7  The first public word or note of a member of staff opens a new case (T2).
//   M8  What is imported tells of the past: it moves nothing.
//   M9  Attachments come with their message and never later.
//   M10 Nobody's words are lost by a merge: messages, attachments and drafts move along, and what
//       the Lagebild said is written down for the staff of the other case, unless a message says
//       it already.
//   M11 A case without a contact gets one.  From one contact to another it goes only within a
//       firm, or as long as nothing was said between the first and us: the next one reads it
//       all by his link.  Links of the first end (link/portal_link.h, L4).
//   M12 Who else got a mail stands at its message, for staff alone: no customer learns of another
//       by it, and it gives nobody anything (SECURITY 4.7).
//   M13 A sender whom our mail server has proven, but who is not the one it was written to, is no
//       forger: readers are told which of the two it is.  To M6 he is not proven.
//   M14 A list ends at LIMIT_LIST_TEXT, too: whoever sends long mails makes no page that takes all
//       memory.  One message is always there, whole.
#pragma once

#include "message/attachment.h"
#include "ticket/ticket.h"

enum message_kind {
    MESSAGE_REPLY = 1,    // ours, public
    MESSAGE_NOTE,         // ours, internal
    MESSAGE_CALL,         // what was said on the phone; internal
    MESSAGE_CUSTOMER,     // theirs
    MESSAGE_SYSTEM,       // a line of the program, internal
    MESSAGE_AUTO,         // public, nobody wrote it: confirmation, reminder
};

enum message_sent {
    MESSAGE_NOT_SENT = 0,    // nothing to send
    MESSAGE_QUEUED,          // the outbox has it
    MESSAGE_SENT,
    MESSAGE_FAILED,
    MESSAGE_UNDONE,    // taken back before it left
    MESSAGE_UNSURE,    // it may have arrived; sent again once (outbox/outbox.h)
    MESSAGE_KEPT,      // there is no relay to give it to
};

extern const struct ticket_word message_kinds[];    // "reply", ...; by enum message_kind

enum { MESSAGE_SEEN_ALL = -1 };

struct message_new {
    enum message_kind kind;
    enum channel channel;
    bool internal;    // only MESSAGE_CUSTOMER and MESSAGE_SYSTEM look at it; others follow M2
    contact_id contact;     // MESSAGE_CUSTOMER: who wrote
    str author, address;    // as given in the mail; or the address a reply goes to
    bool unverified;        // M6
    bool proven;            // M13; only with `unverified`
    str body, rest;
    str html;             // its own: what was sealed
    bool html_in_mail;    // HTML stands in the stored original, and only there
    str mail_id;      // Message-ID without brackets
    str others;       // M12: one a line
    int64_t inbox;    // the stored original
    enum message_sent sent;
    instant leaves;    // its writer chose a later time for it; 0: he did not
    int64_t seen;       // M4: newest message the writer saw; MESSAGE_SEEN_ALL: do not ask
    str src, src_id;    // imported
    instant at;         // imported; 0: now
    const struct attachment_new *attachment;
    isize attachments;
};

// Into exactly this case.  at->version may be TICKET_ANY_VERSION.  What a customer wrote goes
// through message_receive, which knows about cases that are closed or merged.
fallible message_add(struct ctx *cx, struct ticket_at *at, const struct message_new *m,
                     message_id *out);

// What a customer wrote to this case, wherever it has to go (M5 M6).
struct message_received {
    message_id message;
    struct ticket_at at;    // where it is now
    bool follow_up;         // a new case: the caller gives the first promise
    bool reopened;          // T5 or T11
};

fallible message_receive(struct ctx *cx, ticket_id to, const struct message_new *m,
                         struct message_received *out);

struct message {
    message_id id;
    instant at;
    enum message_kind kind;
    enum channel channel;
    bool internal, verified;
    bool proven;    // M13; always when verified
    person_id person;
    contact_id contact;
    str author;    // the person's or contact's name, else as given
    str address;
    str body, rest;
    bool html;    // its own, or in the stored original (original/original.h)
    str mail_id;
    str others;    // M12: one a line
    int64_t inbox;
    enum message_sent sent;
    int attachments;
};

// The newest `most` messages, or fewer (M14), before `before` (0: from the newest), oldest first.
struct message_page {
    struct message *row;
    isize n;
    bool more;    // there are older ones: before = row[0].id
};

fallible message_list(struct ctx *cx, ticket_id ticket, message_id before, int most,
                      struct message_page *out);
fallible message_load(struct ctx *cx, message_id id, ticket_id *ticket, struct message *out);
fallible message_html(struct ctx *cx, message_id id, str *out);    // its own; may be empty

// The case and message that carry this Message-ID.  For the intake.
fallible message_by_mail_id(struct ctx *cx, str mail_id, ticket_id *ticket, message_id *out);
fallible message_set_sent(struct ctx *cx, message_id id, enum message_sent sent);    // outbox

// The customer wrote last: no answer that stands came after it.
fallible message_owed(struct ctx *cx, ticket_id ticket, bool *out);

// T4: when we last put a public question to the customer; 0: never.
fallible message_asked(struct ctx *cx, ticket_id ticket, instant *out);

// M11
fallible message_set_contact(struct ctx *cx, struct ticket_at *at, contact_id contact);

// T13 with everything that was said.  step_merge() is the whole of it.
fallible message_merge(struct ctx *cx, struct ticket_at *from, struct ticket_at *into);

// "Danke, hat geklappt!": thanks and nothing else, in German or English.  In doubt false. Pure.
bool message_is_thanks(str text);
bool message_is_question(str text);    // pure
