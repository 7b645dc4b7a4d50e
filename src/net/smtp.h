// SPDX-License-Identifier: GPL-3.0-or-later
// One mail to one relay, by libcurl.  Only outbox/ calls this.
//
//   Y1  Every dialogue has one of four ends, and a lost answer is none of "taken" and "not
//       taken": only SMTP_UNSURE may have arrived without our knowing.
//   Y2  before_dot() is called when everything but the last dot has been sent; if it fails the
//       dot is never sent, so the mail has certainly not been taken.
//   Y3  No byte of an address or a mail can become a command: addresses with control bytes,
//       blanks or angle brackets, and mails with a bare CR, a bare LF or a NUL are not sent.
//   Y4  A relay elsewhere is spoken to over TLS with its certificate checked, unless the
//       operator said in so many words that it must not be; one on this machine needs none.
//   Y5  What goes before the dot ends after LIMIT_SMTP_BEFORE_DOT_S, the answer to the dot is
//       waited for LIMIT_SMTP_DOT_S: together less than a job's lease.
//   Y6  A 5xx to the mail itself (MAIL, RCPT, DATA, the dot) is final; one to the connection
//       (greeting, login) is not the mail's fault and passes.
//   Y7  Where there is a token, the password's ways of signing in are not tried.
#pragma once

#include "base/ctx.h"

struct smtp_relay {
    str url;                        // smtp://HOST[:PORT] or smtps://HOST[:PORT]
    str user, password;             // or empty
    str token;                      // OAuth 2, instead of the password (RFC 7628, XOAUTH2)
    str trust;                      // a file of certificates trusted beside the system's
    str helo;                       // our name
    bool insecure;                  // no TLS although the relay is elsewhere
    int64_t before_dot_s, dot_s;    // 0: the limits above; tests wait less
};

struct smtp_mail {
    str sender, rcpt;    // the sender may be empty
    str bytes;           // lines end with CRLF
    enum err (*before_dot)(void *arg);
    void *arg;
};

enum smtp_end {
    SMTP_TAKEN = 1,    // the relay said 250
    SMTP_LATER,        // not taken, may be tried again
    SMTP_REFUSED,      // not taken, and never will be
    SMTP_UNSURE,       // the dot was sent and no answer seen
};

// Once, before any thread uses the rest.
bool smtp_start(void);

// ERR_INVALID with a sentence when the address of a relay cannot be right.
fallible smtp_check(struct ctx *cx, const struct smtp_relay *relay);

// *reply holds the relay's last words, or why there are none.
enum smtp_end smtp_send(struct ctx *cx, const struct smtp_relay *relay,
                        const struct smtp_mail *m, str *reply);
