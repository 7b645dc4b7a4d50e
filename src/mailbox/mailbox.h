// SPDX-License-Identifier: GPL-3.0-or-later
// Mail is fetched: any number of mailboxes, each watched over IMAP, none able to delay another.
//
//   F1  A mail is stored and synced by the intake first; only after that commit is it moved,
//       flagged or deleted, by its UID.  Whatever dies in between, the next look finds it in
//       the ledger and finishes.  Nothing else in the mailbox is ever touched.
//   F2  What was taken is known by (account, folder, UIDVALIDITY, UID), never by \Seen, which
//       belongs to people.  When a server counts anew, the mail's digest decides (intake I2):
//       nothing is lost, nothing comes twice.
//   F3  A mail that cannot be fetched waits alone, longer each time, with its reason in sight;
//       the others come first.  One larger than LIMIT_MAIL_BYTES stays where it is, in sight.
//   F4  Of several nodes one fetches: a lease with a number.  Who lost it writes nothing more.
//   F5  The state of each mailbox can be seen, with its reason; one that could not be looked
//       through for LIMIT_MAILBOX_ALARM_S is an alarm.
//   F6  Passwords and lasting tokens are stored locked (base/seal.h) and never shown again.
//   F7  TLS with a checked name.  Without it only where a person asked for it in so many words.
//   F8  What staff sent by another program is taken from the folder of sent mail, if the desk
//       wants it and only where it belongs to a case; all other mail there is left unread.
#pragma once

#include "base/seal.h"
#include "intake/intake.h"
#include "net/oauth.h"
#include "net/peer.h"

KEY(mailbox_id);
KEY(mailbox_folder_id);

enum mailbox_auth { MAILBOX_PASSWORD = 1, MAILBOX_MICROSOFT, MAILBOX_GOOGLE, MAILBOX_OAUTH };
enum mailbox_act { MAILBOX_MOVE = 1, MAILBOX_FLAG, MAILBOX_DELETE, MAILBOX_LEAVE };

enum mailbox_state {
    MAILBOX_NEW = 1,
    MAILBOX_CONNECTING,
    MAILBOX_FETCHING,
    MAILBOX_LISTENING,    // all is taken, the server will tell
    MAILBOX_NO_ANSWER,
    MAILBOX_CERTIFICATE,
    MAILBOX_NO_TLS,
    MAILBOX_LOGIN,
    MAILBOX_NO_FOLDER,
    MAILBOX_SPEECH,    // the server says what makes no sense
    MAILBOX_TOKEN,     // no token to be had
    MAILBOX_LOCKED,    // the key that locked the password is not here
    MAILBOX_DISK,      // too little room to take anything in
    MAILBOX_ACT,       // mails are taken, but the server will not move, flag or delete them
    MAILBOX_BROKEN,    // we could not store
};

struct mailbox {
    mailbox_id id;
    tenant_id tenant;
    str address;
    str host;
    int64_t port;
    enum peer_security security;
    str login;
    enum mailbox_auth auth;
    str secret;    // locked
    str token_url, client_id;
    str client_secret;    // locked
    str scope;
    str folder;
    enum mailbox_act act;
    str target, sent;
    instant since;
    bool paused;
    int64_t version;
    enum mailbox_state state;
    str reason;
    instant polled, failing, created;
    int64_t fence, failed;    // failed: mails that cannot be fetched (F3)
};

// What a person typed.  An empty secret leaves the one that is stored.
struct mailbox_wish {
    str address, host, login;
    int64_t port;
    enum peer_security security;
    bool insecure;    // F7: the words
    enum mailbox_auth auth;
    str secret, token_url, client_id, client_secret, scope;
    str folder, target, sent;
    enum mailbox_act act;
    bool only_new;    // leave what is in there now
};

// Ports, addresses of token servers and the like where nothing was typed.  Pure.
void mailbox_complete(struct mailbox_wish *w);
fallible mailbox_check(struct ctx *cx, const struct mailbox_wish *w, bool is_new);

fallible mailbox_add(struct ctx *cx, const struct seal *seal, const struct mailbox_wish *w,
                     mailbox_id *out);
fallible mailbox_change(struct ctx *cx, const struct seal *seal, mailbox_id id,
                        const struct mailbox_wish *w);
fallible mailbox_pause(struct ctx *cx, mailbox_id id, bool paused);
fallible mailbox_remove(struct ctx *cx, mailbox_id id);
fallible mailbox_load(struct ctx *cx, mailbox_id id, struct mailbox *out);
fallible mailbox_list(struct ctx *cx, struct mailbox **out, isize *n);

// F6.  ERR_DENIED: locked with another key.
fallible mailbox_unlock(struct ctx *cx, const struct seal *seal, const struct mailbox *m,
                        str *secret, str *client_secret);

str mailbox_lock_token(struct arena *a, const struct seal *seal,
                       str token);    // net/oauth.h O3

struct words mailbox_state_words(enum mailbox_state state);
bool mailbox_state_is_trouble(enum mailbox_state state);       // pure
bool mailbox_is_late(const struct mailbox *m, instant now);    // F5, pure

// Of the whole program, for /metrics.
struct mailbox_figure {
    mailbox_id id;
    bool late, paused;
    int64_t silent_s;    // since the last look into it
    int64_t failed;
};

fallible mailbox_figures(struct ctx *cx, struct mailbox_figure **out, isize *n);
