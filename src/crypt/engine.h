// SPDX-License-Identifier: GPL-3.0-or-later
// Signatures and locks of mail by gpgme: OpenPGP (gpg) and S/MIME (gpgsm).
//
//   G1  Keys are those of the folder that is named with each call, never those of the account
//       that the program runs under.
//   G2  Nothing is looked up on the net: no key servers, no revocation lists, no directories.
//       Nobody is asked for a passphrase; a key that has one is no key.
//   G3  What becomes longer than `most` when it is unlocked is not unlocked: a mail of a
//       hundred bytes can hold gigabytes.
//   G4  A text is given out only when all of it was unlocked and was protected against changes
//       on the way (MDC, AEAD; EFAIL).
//   G5  A signature counts as that of `from` only if the key is vouched for by the folder's owner
//       (OpenPGP: signed or trusted; S/MIME: a chain to a root in trustlist.txt) and that very
//       address stands in it.
//   G6  gpg has LIMIT_KEYS_S for each call (base/helper.h).  Whoever gets no answer in time, or
//       whose gpg is killed under its hands, gets ERR_BUSY and nothing else.  So does who only
//       asks whether gpg is there.
//   G7  gpg, and the agent that outlives it, know nothing of our environment but where programs
//       are: an operator's passwords stand there.
#pragma once

#include "base/ctx.h"

enum protocol { PROTOCOL_PGP = 1, PROTOCOL_CMS };

enum engine_state {
    ENGINE_UNSIGNED = 1,
    ENGINE_GOOD,
    ENGINE_BAD,    // the text was changed
    ENGINE_NO_KEY,
    ENGINE_EXPIRED,
    ENGINE_REVOKED,
    ENGINE_UNSURE,    // it cannot be checked
};

struct engine_signer {
    enum engine_state state;
    str fingerprint, name;
    bool vouched;    // G5
};

struct engine {
    str home;    // G1
    enum protocol protocol;
    int64_t seconds;    // G6; 0: LIMIT_KEYS_S
};

// For main(): are we the helper?  Then the answer is all we do, and our exit code.
bool engine_is_asked(char **argv);
int engine_answer(void);

// Before the first thread.
bool engine_start(void);

// The folder is there and can be used, for either protocol.
fallible engine_check(struct ctx *cx, const struct engine *e);

fallible engine_verify(struct ctx *cx, const struct engine *e, str from, str text,
                       str signature, struct engine_signer *out);

// A text and its signature in one (S/MIME signed-data).
fallible engine_unwrap(struct ctx *cx, const struct engine *e, str from, str bytes, str *text,
                       struct engine_signer *out);

// ERR_DENIED: there is no key for it here.
fallible engine_unlock(struct ctx *cx, const struct engine *e, str from, str bytes, isize most,
                       str *text, struct engine_signer *out);

// By the secret key that carries this address.  S/MIME in base64, OpenPGP in ASCII armor.
fallible engine_sign(struct ctx *cx, const struct engine *e, str from, str text,
                     str *signature);
fallible engine_lock(struct ctx *cx, const struct engine *e, str fingerprint, str text,
                     str *out);

struct engine_key {
    str fingerprint, name;
    bool can_lock;    // encryption is possible, now
    bool is_of;       // it carries the address that was asked for
};

// Takes a public key or certificate into the folder.  A secret one is refused.
fallible engine_take(struct ctx *cx, const struct engine *e, str bytes, str address,
                     struct engine_key *out);

// A new key of our own, without a passphrase; `owner` is "Name <address>".  OpenPGP only.  *key is
// its public half, as it is given to others.
fallible engine_make(struct ctx *cx, const struct engine *e, str owner, str *key);
