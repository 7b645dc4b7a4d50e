// SPDX-License-Identifier: GPL-3.0-or-later
// How we say who we are to a mail server (SASL).  Pure.
//
//   X1  PLAIN (RFC 4616) for a password; OAUTHBEARER (RFC 7628) or XOAUTH2 for a token.
//   X2  A name that could end its field (NUL, 0x01, CR, LF) is refused: empty text.
//   X3  What comes out is base64: one word, whatever went in.
#pragma once

#include "base/buf.h"

str imap_auth_base64(struct arena *a, str bytes);
str imap_auth_plain(struct arena *a, str login, str password);
str imap_auth_xoauth2(struct arena *a, str login, str token);
str imap_auth_oauthbearer(struct arena *a, str login, str token, str host, int port);
