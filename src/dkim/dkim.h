// SPDX-License-Identifier: GPL-3.0-or-later
// Mail of ours is signed in the name of its domain (DKIM), so that the other side can tell it from
// what others write in our name.
//
//   D1  relaxed/relaxed (RFC 6376, 3.4): what relays commonly do to a mail on its way breaks
//       nothing.
//   D2  rsa-sha256, and ed25519-sha256 (RFC 8463) beside it where there is a key for both: who
//       does not know the newer one reads the other.
//   D3  The keys of a mail are those of its From's domain; a domain without a key is not
//       signed for.
//   D4  What a reader sees is signed, and one more time than it is there, so that none can be
//       added: From, Reply-To, To, Cc, Subject, Date, Message-ID, In-Reply-To, References,
//       MIME-Version, Content-Type, Content-Transfer-Encoding, Auto-Submitted.
//   D5  Mail is signed when it is sent, so that a mail that waited has the key of today.
//   D6  The operator's list has one key a line: DOMAIN SELECTOR FILE, a file in PEM.
#pragma once

#include "dkim/dkim_key.h"

enum { DKIM_KEYS_MOST = 32 };

struct dkim {
    struct dkim_key key[DKIM_KEYS_MOST];
    isize n;
};

fallible dkim_read(struct ctx *cx, str list, struct dkim *out);    // D6; list: a file
void dkim_forget(struct dkim *d);

// The mail with its signatures in front.  Lines end with CRLF.
fallible dkim_sign(struct ctx *cx, const struct dkim *d, str mail, str *out);
