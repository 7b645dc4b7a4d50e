// SPDX-License-Identifier: GPL-3.0-or-later
// Keys of a desk in an address that only the desk can make and nobody else can read.
//
//   K1  Sealed by an HMAC with the desk's secret, for one purpose, one desk and one count of
//       tenant_renew_links(); compared in constant time.
//   K2  A synthetic IV: the MAC selects the stream that masks the keys.  Equal keys give equal
//       tokens, others share nothing, so that two do not say what lies between them.
#pragma once

#include "tenant/tenant.h"

enum { TOKEN_KEY_BYTES = 5 };

struct token_kind {
    const char *purpose, *mask;    // what the two keys are derived for
    isize hidden, mac;             // bytes, at most 32 each; together whole fives (base32)
};

// hidden: as many bytes as the kind says.
str token_seal(struct ctx *cx, const struct tenant *t, const struct token_kind *k, str hidden);
bool token_open(struct ctx *cx, const struct tenant *t, const struct token_kind *k, str token,
                str *hidden);

// Big-endian; false: it has outgrown the token.
bool token_put_key(unsigned char p[TOKEN_KEY_BYTES], int64_t key);
int64_t token_get_key(const unsigned char p[TOKEN_KEY_BYTES]);
