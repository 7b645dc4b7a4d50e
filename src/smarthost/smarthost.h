// SPDX-License-Identifier: GPL-3.0-or-later
// The relay that takes our mail: how we sign in there, and how much of it at a time.
//
//   K1  What signs us in stands in a file of the operator: two lines, user and password, or
//       named lines for OAuth 2 ("user: desk@example.org", "token-url: https://...").  A word
//       that is not known is refused, never ignored.
//   K2  A token is fetched before the old one ends and stored locked (base/seal.h), a new
//       lasting one before the first use (net/oauth.h O3).  The operator's file wins over what
//       is stored once it says something else.
//   K3  In a minute the relay gets so many mails and no more, from all nodes together; what is
//       over waits for the next minute, without a try being counted.
#pragma once

#include "job/job.h"
#include "net/oauth.h"
#include "net/smtp.h"

struct smarthost {
    struct smtp_relay smtp;      // no url: there is none
    struct oauth_grant grant;    // no token_url: the password in smtp
    int64_t rate;                // K3; 0: LIMIT_RELAY_RATE
};

struct smarthost_wish {    // what the operator said
    str url, login;        // login: a file, or empty
    str rate;
    str trust;    // a file of certificates trusted beside the system's, or empty
};

fallible smarthost_read(struct ctx *cx, const struct smarthost_wish *w, struct smarthost *out);

// K3.  Counts one if there is room.
fallible smarthost_room(struct ctx *cx, const struct smarthost *r, bool *room);
instant smarthost_next_minute(instant now);

// K2.  Inside prepare() of a job: may ask the token server.  Empty for a password.
fallible smarthost_token(struct ctx *cx, const struct job *job, const struct smarthost *r,
                         str *out);
