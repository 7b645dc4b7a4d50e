// SPDX-License-Identifier: GPL-3.0-or-later
// One mailbox at work: connected, all that is new taken and put away, then listening.
//
//   H1  The order is F1's: fetched, stored (committed), put away, noted.
//   H2  Mails that failed before come after those that did not; one that may have ended the
//       program is noted before it is touched (the lease was not given back).
//   H3  Each mail has its own memory; nothing of it is kept for the next.
#pragma once

#include "db/pool.h"
#include "db/writer.h"
#include "mailbox/imap.h"
#include "mailbox/mailbox_ledger.h"

struct mailbox_home {    // of all mailboxes of this process
    struct writer *writer;
    struct pool *pool;
    str data_dir, trust;
    struct seal seal;
    str node;
};

struct mailbox_box {    // a folder we look into
    str name;
    bool sent;    // F8
    mailbox_folder_id id;
    int64_t validity;
    bool first;      // nobody has looked through it yet: only then is a mail old (MAIL_OLD)
    int64_t seen;    // up to here every UID has its line
    int64_t looked_ms;    // when it was looked through from the beginning (monotonic)
    instant next;         // when the next mail that failed is due
};

struct mailbox_fetch {
    const struct mailbox_home *home;
    const _Atomic bool *stop;
    struct arena session, round, mail;    // of a connection, a look, a mail
    struct ctx cx;                        // of the session
    struct mailbox box;
    struct mailbox_lease lease;
    bool careful;    // H2
    struct imap imap;
    struct mailbox_box inbox, sent;
    int64_t sent_ms;               // when we looked there (monotonic)
    str token;                     // of OAuth2
    int64_t token_ms;              // until when it is good (monotonic)
    struct arena kept;             // the token
    enum mailbox_state trouble;    // why the session ended
    str reason;
    bool refused;    // the server takes no act (F1)
    str refusal;     // its words
};

// Until *stop is set or the lease is lost.  OK: it was another's, or has been given back; an
// error: `trouble` says why, the caller waits and calls again.
fallible mailbox_fetch_session(struct mailbox_fetch *f, mailbox_id id, bool *mine);

// Everything but mails: can one sign in and open the folder?  *mails is how many are in it.  A
// refresh token that is renewed by it must not end: so servers that hand out a new one each
// time (net/oauth.h O3) are asked by the fetcher only.
fallible mailbox_fetch_test(struct ctx *cx, const struct mailbox *m, str trust, str secret,
                            str client_secret, int64_t *mails, enum mailbox_state *trouble);
