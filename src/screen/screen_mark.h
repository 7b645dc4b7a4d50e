// SPDX-License-Identifier: GPL-3.0-or-later
// What the filter of a mail server wrote into a mail's header: SpamAssassin, rspamd and those
// that speak like them.  Pure.
//
//   Y1  X-Spam-Flag and X-Spam say yes; X-Spam-Status begins with it; X-Spamd-Result says True.
//   Y2  Points stand in X-Spam-Score, behind "score=" or "hits=" in X-Spam-Status, and in
//       brackets in X-Spamd-Result; whole ones count.
//   Y3  The first field of each name counts: the last server wrote it on top.
#pragma once

#include "mail/message.h"

bool screen_mark_says(const struct mail *m, str *field);    // Y1; *field: which one
bool screen_mark_points(const struct mail *m, int64_t *points, str *field);    // Y2: the most
