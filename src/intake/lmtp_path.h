// SPDX-License-Identifier: GPL-3.0-or-later
// "<ada@nordlicht.example> SIZE=1200 BODY=8BITMIME": the argument of MAIL and RCPT.  Pure.
//
//   H1  RFC 5321 4.1.2: dot-string or quoted-string, at a domain or an address literal; a
//       source route in front is read over.  No other character gets through.
//   H2  <> is an address of MAIL only; <postmaster> needs no domain.
#pragma once

#include "base/base.h"

struct lmtp_path {
    str address;    // as it stands between the brackets, without a source route
    bool utf8;      // has characters beyond ASCII
    str rest;       // the parameters
};

bool lmtp_path_read(str argument, struct lmtp_path *out);

// The next parameter, name and value; false when there is none left or it is not one.
bool lmtp_path_parameter(str *rest, str *name, str *value);
