// SPDX-License-Identifier: GPL-3.0-or-later
// Random bytes, hashes, passwords: libsodium, Nettle's SHA-256, and nothing of our own.
//
//   R1  Every random byte of the program comes from secret_random().
//   R2  Tokens have 256 bits and are stored only as their hash.
//   R3  A MAC is bound to its purpose: the purpose is the first field of what is signed.
#pragma once

#include "base/arena.h"

enum { HASH_BYTES = 32, TOKEN_BYTES = 32, SHORT_KEY_BYTES = 16 };

// Must succeed once before anything else here is used.
bool secret_start(void);

void secret_random(void *out, isize n);
str secret_token(struct arena *a);    // 43 characters of base64url

str secret_hash(struct arena *a, str bytes);              // SHA-256, 32 bytes
str secret_hex(struct arena *a, str bytes);
str secret_mac(struct arena *a, str key, const char *purpose, str message);    // 32 bytes

str secret_hmac(struct arena *a, str key, str message);    // RFC 2104, as others reckon it

// SipHash-2-4: a keyed function of a few bytes in 20 ns, for permutations and tables; not a
// signature.
uint64_t secret_short(const unsigned char key[SHORT_KEY_BYTES], str message);

bool secret_same(str x, str y);                           // takes the same time for any content

// A running SHA-256, for what does not fit in memory.
struct secret_sum {
    _Alignas(8) unsigned char state[128];
};
void secret_sum_start(struct secret_sum *s);
void secret_sum_add(struct secret_sum *s, str bytes);
str secret_sum_end(struct secret_sum *s, struct arena *a);

// argon2id by libsodium at its interactive cost (64 MiB): takes about 0.1 s, so never on the
// thread that writes.
str secret_password_hash(struct arena *a, str password);
bool secret_password_is(struct arena *a, str hash, str password);

// RFC 4648 base32 in lower case without padding: survives mail systems that change case.
str secret_base32(struct arena *a, str bytes);
bool secret_base32_read(struct arena *a, str text, str *out);
