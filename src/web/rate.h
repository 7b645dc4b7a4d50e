// SPDX-License-Identifier: GPL-3.0-or-later
// Token buckets: how often one key (an account, an address, a network) may do a thing.
// In memory, a fixed number of buckets; a full table forgets the bucket that is fullest.
// Which buckets are neighbours is a secret, so that nobody can push out a chosen one.
#pragma once

#include "base/base.h"

struct rates;

struct rates *rate_new(void);
void rate_free(struct rates *r);

// Take one from the bucket of `what` and `key`, which holds `most` and refills within
// `within_s`.  0: taken; else the seconds to wait (Retry-After).
int64_t rate_take(struct rates *r, const char *what, str key, int64_t most, int64_t within_s,
                  int64_t now_ms);
