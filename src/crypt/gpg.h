// SPDX-License-Identifier: GPL-3.0-or-later
// The conversations of engine.h with gpg and gpgsm themselves, by gpgme.  They may take for ever:
// only the helper (base/helper.h) holds them.
#pragma once

#include "crypt/engine.h"

bool gpg_start(void);
fallible gpg_check(struct ctx *cx, str home);

fallible gpg_verify(struct ctx *cx, const struct engine *e, str from, str text, str signature,
                    struct engine_signer *out);
fallible gpg_unwrap(struct ctx *cx, const struct engine *e, str from, str bytes, str *text,
                    struct engine_signer *out);
fallible gpg_unlock(struct ctx *cx, const struct engine *e, str from, str bytes, isize most,
                    str *text, struct engine_signer *out);
fallible gpg_sign(struct ctx *cx, const struct engine *e, str from, str text, str *signature);
fallible gpg_lock(struct ctx *cx, const struct engine *e, str fingerprint, str text, str *out);
fallible gpg_take(struct ctx *cx, const struct engine *e, str bytes, str address,
                  struct engine_key *out);
fallible gpg_make(struct ctx *cx, const struct engine *e, str owner, str *key);
