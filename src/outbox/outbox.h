// SPDX-License-Identifier: GPL-3.0-or-later
// Mail goes out: written with the message it carries, sent after the commit, watched until
// its end.
//
//   O1  A mail to send is a row in the transaction of its message: both or neither.
//   O2  It leaves when its time to think is over (LIMIT_UNDO_S), or at the time its writer
//       chose, and not before; until it leaves it can be taken back, and the text is his draft
//       again, with that time.  Before, while it is held and when it was taken back, the
//       customer sees it nowhere (message.h, M2).
//   O3  It carries our own Message-ID, the thread's In-Reply-To and References, a reply address
//       and a bounce address (envelope.h).
//   O4  OUTBOX_DATA is stored before the last dot.  If the answer to the dot is not seen (the
//       relay fell silent, the process died), the mail may have arrived: it is sent again
//       once, LIMIT_OUTBOX_UNSURE_S later, with the same Message-ID, and that is marked.  A
//       second time unknown stays unknown, visibly.  Nothing else is ever sent twice.
//   O5  A relay that cannot is asked again, later each time, for LIMIT_OUTBOX_DAYS; one that
//       will not (5xx) is believed.  Either end is told like a bounce (loss.h), with the reason
//       that its answer gives.
//   O6  Without a relay mails are kept and can be looked at.
//   O7  Automatic mail says so, and there is little of it: LIMIT_AUTO_*.  To one address at
//       most one an hour (whatever stands behind a plus is the same address), a few a day, and
//       a few in a row until a person of ours has written to it: two programs that answer each
//       other end there, however slow they are.  What a desk writes beyond its own limit (100
//       in ten minutes, after an outage) is put off: it leaves as the limit allows, unless
//       somebody has answered meanwhile; never later than LIMIT_AUTO_PUT_OFF_S, as nobody wants
//       to hear then that we have his mail.
//   O8  What bounces is seen at its message and at the address, and its case is ours again
//       (loss.h).  Of several recipients the one we wrote to counts; a delay, a success or a
//       note that somebody is away changes nothing.
//   O9  A notice belongs to no case and no message: what it says is for the owner of the
//       address alone, not for everybody who sees a case.
//   O10 By hand a mail that waits is sent at once or stopped for good; never one whose dot may
//       have been sent.  A reply that was stopped before its first try is its writer's draft
//       again, with the time he had chosen.  Sent again by hand, one that was tried stays
//       tried.
//   O11 What the relay's rate leaves no room for waits, untouched, for the next minute.
//   O12 What is signed or encrypted before it leaves is another job's, so that plain mail never
//       waits for gpg.
//   O13 To an address that no relay takes (mail/build.h, W3) nothing is written: whoever tries
//       is told to ask for another one.
//   O14 What a person wrote to the customer does not leave by itself when the customer has
//       written since: it is held before its first try, and what it had kept or moved is open
//       again.  Somebody sends it all the same, takes it back or drops it.  The word that goes
//       with a hand-over is none: it answers nothing.
#pragma once

#include "crypt/crypt.h"
#include "dkim/dkim.h"
#include "mail/message.h"
#include "message/message.h"
#include "smarthost/smarthost.h"

KEY(outbox_id);

enum outbox_state {
    OUTBOX_QUEUED = 1,    // waits for its time or for the relay
    OUTBOX_DATA,          // being handed over: the dot may have been sent
    OUTBOX_UNSURE,        // O4; without a job it stays so
    OUTBOX_SENT,
    OUTBOX_FAILED,     // refused, or given up
    OUTBOX_UNDONE,     // taken back before it left
    OUTBOX_KEPT,       // no relay
    OUTBOX_BOUNCED,    // was sent and came back
    OUTBOX_HELD,       // O14
};

struct outbox_config {
    struct smarthost relay;    // no url: O6
    struct dkim dkim;          // the keys mail is signed with
    struct crypt_keys keys;
};

// Our answer to a case: the message, the promise it keeps, the mail.  A contact without a mail
// address gets none; the message says so (MESSAGE_NOT_SENT).
fallible outbox_reply(struct ctx *cx, struct ticket_at *at, const struct message_new *m,
                      message_id *out);

// The same of a word that answers nothing, such as who works on it now: no promise is kept by
// it.
fallible outbox_say(struct ctx *cx, struct ticket_at *at, const struct message_new *m,
                    message_id *out);

// An answer, leaving at a time of the writer's choice; 0: after the time to think.
fallible outbox_reply_at(struct ctx *cx, struct ticket_at *at, const struct message_new *m,
                         instant leave, message_id *out);

// O2 O14.  What people wrote and what still waits for its time or is held: first to leave
// first.
struct outbox_waiting {
    message_id message;
    person_id person;
    str writer, rcpt;
    bool outside;    // to somebody outside
    instant leaves;
    message_id newer;    // O14: what the customer wrote since, the first of it; 0: nothing
};

fallible outbox_waiting(struct ctx *cx, ticket_id ticket, struct outbox_waiting **out,
                        isize *n);

struct outbox_auto {
    const struct ticket *ticket;
    str rcpt;       // normal form
    str subject;    // of the program alone: no text of a stranger (O7)
    str text;
    contact_id contact;
    str answers;    // Message-ID of the mail that caused it, or empty
};

// An automatic mail and its message, now or put off, unless there were too many lately: *sent
// says.
fallible outbox_automatic(struct ctx *cx, struct ticket_at *at, const struct outbox_auto *m,
                          bool *sent);

// A mail to somebody outside, beside the customer's thread (referral/referral.h).  The message
// is there already.
struct outbox_outside {
    int64_t thread;    // of the signed address that answers go to
    str rcpt, name, subject, text, mail_id;
    str answers;     // Message-ID, or empty
    bool at_once;    // there was time to think before
};

fallible outbox_outside(struct ctx *cx, const struct ticket *t, message_id message,
                        const struct outbox_outside *m);

struct outbox_notice {    // O9
    str rcpt;             // normal form
    str subject, text;    // of the program alone (O7)
    enum lang lang;       // they are written in
    int64_t most;         // an hour, for this address
};

fallible outbox_notice(struct ctx *cx, const struct outbox_notice *m, bool *sent);

// O2.  ERR_STALE when it is gone already.  take_back: where its text goes is the caller's, as
// is the event; *chosen: the time its writer had chosen, or 0.  drop: it goes nowhere.
fallible outbox_undo(struct ctx *cx, message_id message, str *text);
fallible outbox_drop(struct ctx *cx, ticket_id ticket, message_id message);
fallible outbox_take_back(struct ctx *cx, message_id message, instant *chosen);

// O14: all the same, and at once.
fallible outbox_release(struct ctx *cx, struct ticket_at *at, message_id message);

// Before what the asker has typed meanwhile.  *text: both.
fallible outbox_into_draft(struct ctx *cx, ticket_id ticket, const struct message *m,
                           instant chosen, str *text);

struct outbox_return {
    str mail_id;                      // of the mail that came back
    const struct mail_bounce *row;    // what the report says; none: nothing that can be read
    isize n;
    str subject;      // of the report: said when nothing else is
    bool proven;      // it came to an address that only that mail carried (undelivered.h, U9)
    int64_t inbox;    // the report
};

// O8.  *ticket: whose mail it was; *ours: some mail of ours has this id.
fallible outbox_bounced(struct ctx *cx, const struct outbox_return *r, bool *ours,
                        ticket_id *ticket);

// Did we send a mail with this id?  If it comes in, it has come back.
fallible outbox_is_ours(struct ctx *cx, str mail_id, bool *out);

struct outbox_row {
    outbox_id id;
    ticket_id ticket;
    message_id message;
    int64_t number;    // of the case
    str rcpt, mail_id, reply;
    enum outbox_state state;
    int64_t tries;
    bool again, automatic;
    instant created, send_at, sent;
};

// For the page of the queues: newest first.
fallible outbox_list(struct ctx *cx, enum outbox_state state, struct outbox_row **out,
                     isize *n);
fallible outbox_bytes(struct ctx *cx, outbox_id id, str *out);    // the mail as it is sent
fallible outbox_retry(struct ctx *cx, outbox_id id);              // by hand

// O10.  outbox_by_hand.c
fallible outbox_hurry(struct ctx *cx, outbox_id id);    // one that waits for its next try
fallible outbox_stop(struct ctx *cx, outbox_id id);

struct outbox_counts {
    int64_t queued, unsure, sent, failed, kept, bounced, held;
    int64_t again;      // left a second time (O4)
    int64_t put_off;    // O7
    instant
        oldest;    // since when the one that is overdue longest should have left; 0: none is
};

fallible outbox_count(struct ctx *cx, struct outbox_counts *out);    // of the whole program

// "outbox.send" and "outbox.sealed"; their config is a struct outbox_config.
extern const struct job_kind outbox_jobs[];
