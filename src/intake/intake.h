// SPDX-License-Identifier: GPL-3.0-or-later
// Mail comes in: stored first, understood later.
//
//   I1  A mail is one row (and, if large, one synced file) before anybody hears "250".  The
//       job that makes a case of it is written in the same transaction.
//   I2  The same mail to the same recipient by the same way is stored once, however often it
//       is delivered.
//   I3  Every mail has an end that can be seen: a case, a reply, an automatic answer, a
//       bounce, the same mail at another address, or the quarantine with its reason.  The
//       original is kept in each of them.
//   I4  Who a mail is for: the desk whose address it names, "+..." or not; else the oldest.
//   I5  A virus scanner, where the operator has one, looks at each mail before it is read.
//       What it found infected is set aside and served to nobody, whatever anybody clicks.
//       While it does not answer, mails wait for it, or are taken and say so at their case, as
//       the operator chose; a mail that it cannot judge is set aside.
//   I6  A mail that gpg has to open is another job's, and holds up none of the others.  Why it
//       could not be read yet stands at it while it waits, and is tried again; after
//       LIMIT_JOB_TRIES it is in quarantine, from where a person has it read once more.
//   I7  A mail whose reading ended the program LIMIT_MAIL_TRIES times is in quarantine.  What is
//       waited for meanwhile, gpg or the scanner, is no reading: a program that ends then is
//       no fault of the mail.
//   I8  Of those that gpg has to open nobody's thousand hold up the others: turn.h.
//   I9  The file of a mail is there when its row is: a job that removes the file of the same bytes,
//       which somebody deleted, either sees the row or is seen by who stores it, who then asks for
//       the mail again.  What is delivered again after it was deleted leaves no file behind.
#pragma once

#include "crypt/crypt.h"
#include "intake/spool.h"
#include "job/job.h"

enum inbox_source {
    INBOX_LMTP = 1,
    INBOX_PIPE,
    INBOX_IMPORT,
    INBOX_MAILBOX,    // fetched (mailbox/mailbox.h)
    INBOX_SENT,       // fetched from the folder of what staff sent by another program
};

enum inbox_state {
    INBOX_NEW = 1,       // stored, not read yet
    INBOX_TICKET,        // became a case
    INBOX_REPLY,         // was put to its case
    INBOX_AUTO,          // written by a machine to a machine
    INBOX_BOUNCE,        // told that a mail of ours did not arrive
    INBOX_SAME,          // the same mail came to another address of the desk
    INBOX_QUARANTINE,    // could not be read; inbox.reason says why
    INBOX_AWAY,          // was in quarantine; a person looked at it and needs nothing of it
    INBOX_GONE,          // was in quarantine; a person deleted it, only this row is left
};

struct intake_mail {
    enum inbox_source source;
    str rcpt, sender;             // of the envelope; the sender may be empty
    const struct spool *spool;    // ended well
    tenant_id desk;    // whose mailbox it was fetched from; 0: the recipient says (I4)
};

// In the transaction of the edge.  From here on cx acts for the recipient's desk (I4).
fallible intake_store(struct ctx *cx, const struct intake_mail *m, int64_t *inbox,
                      bool *duplicate);

fallible intake_desk(struct ctx *cx, str rcpt, tenant_id *desk);    // I4; rcpt is lower case

// A mail that was not taken at the door, for the counters: size, disk, lines...
fallible intake_refuse(struct ctx *cx, str reason);

// The bytes of a stored mail.
fallible intake_bytes(struct ctx *cx, int64_t inbox, str *out);

// The same for people who look after the queues: ERR_ABSENT for a mail that has a case, because
// only who may see the case reads it there.
fallible intake_source(struct ctx *cx, int64_t inbox, str *out);

// Read a mail again that is in quarantine or put away, or that was taken for one of a machine;
// `wanted` says that it is for us whoever wrote it.
fallible intake_restart(struct ctx *cx, int64_t inbox, bool wanted);

// One that was not read yet (I6) is tried at once.
fallible intake_hurry(struct ctx *cx, int64_t inbox);

// What is in quarantine is put away: kept, but it waits for nobody any more.  intake_away.c
fallible intake_away(struct ctx *cx, int64_t inbox);

// And back, as it lay there before.  ERR_STALE when it is not put away (any more).
fallible intake_away_back(struct ctx *cx, int64_t inbox);

// Nothing of it is kept but that it came.  ERR_STALE unless it is in quarantine or put away.
fallible intake_delete(struct ctx *cx, int64_t inbox);

// Whom to block that this one does not come again: the sender of the envelope.
fallible intake_sender(struct ctx *cx, int64_t inbox, str *out);

// Nobody looked: the scanner was not there (I5).
enum intake_health { INBOX_CLEAN, INBOX_INFECTED, INBOX_UNSCANNED };

struct intake_row {
    int64_t id;
    enum inbox_source source;
    enum inbox_state state;
    str rcpt, sender, reason;
    str author, subject;    // as the mail says; empty when it was not read
    int64_t size, again;
    bool infected;
    instant received;
    int64_t ticket, number;    // 0: none
};

// For the page of the queues: newest first.
fallible intake_list(struct ctx *cx, enum inbox_state state, struct intake_row **out, isize *n);

// One of them, whatever became of it; state 0: there is none.
fallible intake_one(struct ctx *cx, int64_t inbox, struct intake_row *out);

struct intake_counts {
    int64_t waiting, tickets, replies, autos, bounces, same, quarantined;
    int64_t duplicates, refused;
    instant oldest;    // of those that wait; 0 when none does
};

// Of the whole program, from the rows: the same after a restart and on every node.
fallible intake_count(struct ctx *cx, struct intake_counts *out);

// "intake.mail", "intake.sealed" and "intake.known" (intake_work.c), "intake.drop"
// (intake_away.c); the config is a struct intake_config.
struct intake_config {
    str auth_server;    // authserv-id of our own mail server (auth_results.h), or empty
    struct crypt_keys keys;
    str scanner;       // I5: where clamd is (net/clamd.h), or empty
    bool unscanned;    // I5: while it does not answer, mails are taken
};

extern const struct job_kind intake_jobs[];
