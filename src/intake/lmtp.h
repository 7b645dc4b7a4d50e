// SPDX-License-Identifier: GPL-3.0-or-later
// The language in which a mail server hands mail over (RFC 2033, with RFC 5321, 1870, 2034,
// 2920, 6152 and 6531 as far as they concern it).  No sockets here: bytes in, answers out.
//
//   L1  Each recipient gets its own answer after the last dot, and only then (lmtp_stored);
//       250 means that the mail is stored, and says under which number, so that a line of the
//       other side's log leads to ours.
//   L2  Any failure of ours is 4xx, so the other side keeps the mail; 5xx is only for what
//       will never be taken.
//   L3  A command ends with CR LF.  A bare CR or LF or a NUL in one ends the connection:
//       whoever sends that counts lines differently than we do.
//   L4  Nothing is out of order: LHLO, MAIL, RCPT, DATA; RSET and the end of a mail lead back
//       to MAIL.  HELO and EHLO are another language.
//   L5  Every limit has its answer: size 552, recipients 452, address 501, line 500, mistakes
//       421, disk 452 (before the mail comes, and for its whole size when it says so).  A mail
//       that says itself that it is too large is refused at each recipient, not before: then
//       the case it was for can be told (refused.h).
//   L6  Addresses are UTF-8 without control bytes; beyond ASCII only with SMTPUTF8.
//   L7  Commands may come before their answers are read; one after the other they are obeyed.
//   L8  A mail that is not taken counts once, to however many it was; the case that one of its
//       recipients leads to is told once.
#pragma once

#include "intake/data.h"
#include "intake/spool.h"

struct lmtp_config {
    str host;    // our name
    str data_dir;
    int64_t reserve;    // bytes that must stay free on the disk; 0: LIMIT_DISK_RESERVE
};

enum lmtp_next {
    LMTP_GO_ON = 1,
    LMTP_STORE,    // a mail is complete: store it, then call lmtp_stored
    LMTP_CLOSE,    // nothing more will be heard
};

enum lmtp_state { LMTP_NEW = 1, LMTP_READY, LMTP_MAIL, LMTP_DATA, LMTP_STORING, LMTP_OVER };

struct lmtp {
    const struct lmtp_config *config;
    void (*say)(void *to, str line);
    void *to;

    struct arena arena;    // of one mail
    struct ctx cx;
    enum lmtp_state state;
    int mistakes;
    bool skipping;    // inside a command line that is too long
    bool utf8;        // L6
    str sender;
    str *rcpt;    // LIMIT_MAIL_RECIPIENTS places
    isize rcpts;
    int64_t *inbox;    // of each recipient, once it is stored
    struct data data;
    struct spool spool;
    int64_t large;         // bytes of a mail that is too large; else 0
    isize refused_from;    // recipients from here on were told so last; 0: it counts (L8)
    str refused;           // why the last mail was not taken, as long as that is to be written
    bool noted;            // a case knows of it (L8)
};

void lmtp_open(struct lmtp *l, const struct lmtp_config *config, void (*say)(void *, str),
               void *to);
void lmtp_close(struct lmtp *l);

// One command, or a piece of a mail.  Returns the bytes used; 0: the command is not complete.
isize lmtp_input(struct lmtp *l, str bytes, enum lmtp_next *next);
void lmtp_stored(struct lmtp *l, enum err err);
