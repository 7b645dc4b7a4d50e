// SPDX-License-Identifier: GPL-3.0-or-later
// A short-lived token for a lasting permission (OAuth 2, RFC 6749): how Microsoft 365 and
// Google let a program into a mailbox.
//
//   O1  With a refresh token it is renewed (section 6), without one the program's own name and
//       secret are enough (client credentials, section 4.4).
//   O2  Only https, with the certificate checked; http for this machine alone, for tests.
//       Nothing is followed elsewhere, and an answer is read to LIMIT_JSON_BODY bytes.
//   O3  A server may hand out a new refresh token each time (Microsoft does): the old one may
//       end then, so the caller must store the new one before anything else.
//   O4  ERR_DENIED: the permission has ended, a person must renew it.  ERR_BUSY: ask again.
#pragma once

#include "base/ctx.h"

struct oauth_grant {
    str token_url;
    str client_id, client_secret;    // the secret may be empty
    str refresh_token;               // or empty (O1)
    str scope;                       // or empty
    str trust;                       // as in peer.h
};

struct oauth_token {
    str access;
    int64_t expires_s;    // from now
    str refresh;          // O3; empty: as before
};

fallible oauth_check(struct ctx *cx, str token_url);    // ERR_INVALID: O2
fallible oauth_renew(struct ctx *cx, const struct oauth_grant *g, struct oauth_token *out);
