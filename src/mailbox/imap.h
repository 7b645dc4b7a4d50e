// SPDX-License-Identifier: GPL-3.0-or-later
// The dialogue with an IMAP server: one connection, one folder at a time, what the mailbox
// needs of it and nothing else.
//
//   D1  Mails are read by UID with BODY.PEEK[]: reading changes nothing in the mailbox.  \Seen
//       is neither set nor asked for; it belongs to the people who look into it.
//   D2  A mail goes piece by piece into the sink; a mail larger than LIMIT_MAIL_BYTES is not
//       read.  Everything else a server may say is bounded (LIMIT_IMAP_LINE).
//   D3  Every command has an end (LIMIT_IMAP_COMMAND_S), every silence too
//       (LIMIT_IMAP_SILENCE_S).
//   D5  When anything is not as it should be the connection is over: nothing is guessed about a
//       dialogue that is out of step.  `trouble` says what a person can mend.
#pragma once

#include "mailbox/imap_command.h"
#include "mailbox/imap_reply.h"
#include "net/peer.h"

enum imap_trouble {
    IMAP_NO_ANSWER = 1,    // as enum peer_trouble
    IMAP_CERTIFICATE,
    IMAP_NO_TLS,
    IMAP_STOPPED,
    IMAP_LOGIN,     // name, password or token refused
    IMAP_FOLDER,    // no such folder
    IMAP_SPEECH,    // it speaks, but not as it should
};

enum imap_can {
    IMAP_CAN_IDLE = 1,
    IMAP_CAN_MOVE = 2,
    IMAP_CAN_UIDPLUS = 4,
    IMAP_CAN_LITERAL_PLUS = 8,
    IMAP_CAN_SASL_IR = 16,
    IMAP_CAN_PLAIN = 32,
    IMAP_CAN_XOAUTH2 = 64,
    IMAP_CAN_OAUTHBEARER = 128,
    IMAP_LOGIN_DISABLED = 256,
};

struct imap_config {
    struct peer_config peer;
    str login, password;
    str token;                       // of OAuth2, instead of the password
    int64_t silence_s, command_s;    // D3; 0: the limits
};

struct imap_mail {
    int64_t uid, size;
    instant arrived;    // INTERNALDATE
};

struct imap_sink {
    void (*put)(void *to, str bytes);
    void *to;
};

struct imap {
    struct ctx *cx;          // for what went wrong
    struct arena scratch;    // of one reply
    struct peer *peer;
    struct imap_config config;
    enum imap_trouble trouble;
    unsigned can;    // enum imap_can
    int64_t tag, deadline;
    char *in;    // received and not yet read
    isize in_n, in_at;

    int64_t validity, exists;    // of the folder
    bool keywords;               // it takes flags of our own
    bool news;                   // something arrived or went
    str refusal_code;            // of the last NO: TRYCREATE, AUTHENTICATIONFAILED...
    str refusal;                 // the server's words, printable

    struct imap_sink sink;    // where the literal goes, while one is asked for
    int64_t streamed;         // bytes that went there; -1: none
    bool too_large;           // D2
};

fallible imap_open(struct ctx *cx, const struct imap_config *config, struct imap *out);
void imap_close(struct imap *im);
fallible imap_logout(struct imap *im);    // politely

fallible imap_select(struct imap *im, str folder, bool read_only);

// Every mail whose UID is at least `from`, ascending; at most LIMIT_MAILBOX_LIST.
fallible imap_list(struct imap *im, int64_t from, struct imap_mail **out, isize *n);

// `what` is BODY.PEEK[] or a part of it.  *found: it was there.  A mail that is too large is
// not found and im->too_large is set.
fallible imap_fetch(struct imap *im, int64_t uid, const char *what, struct imap_sink sink,
                    bool *found);

fallible imap_has(struct imap *im, int64_t uid, bool *there);

// A command of the caller's; nothing of its replies is kept.  ERR_DENIED when the server would
// not; the dialogue goes on.
struct imap_command imap_begin(struct imap *im, const char *verb);
fallible imap_do(struct imap *im, struct imap_command *c);

// Until something happens in the folder, at most so long.  Servers without IDLE are asked now
// and then.
fallible imap_idle(struct imap *im, int64_t seconds);
