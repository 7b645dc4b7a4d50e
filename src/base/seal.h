// SPDX-License-Identifier: GPL-3.0-or-later
// Passwords of others that the program must be able to say again (a mailbox's): locked before
// they are stored, with a key that is not in the database.
//
//   L1  The key is 32 random bytes in DIR/secret.key, mode 0600, made once.  Who has only the
//       database, or a backup of it, has no password.
//   L2  What was locked for one purpose opens for no other; a changed byte opens nothing.
//   L3  The same words locked twice look different.
#pragma once

#include "base/ctx.h"

enum { SEAL_KEY_BYTES = 32 };

struct seal {
    unsigned char key[SEAL_KEY_BYTES];
};

// Of cx->data_dir; made when there is none (L1).
fallible seal_load(struct ctx *cx, struct seal *out);

str seal_lock(struct arena *a, const struct seal *s, const char *purpose, str plain);
bool seal_unlock(struct arena *a, const struct seal *s, const char *purpose, str locked,
                 str *plain);
