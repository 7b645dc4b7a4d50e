// SPDX-License-Identifier: GPL-3.0-or-later
// A call that was begun and is no case yet lives on the server, as other drafts do.
//
//   D1  Each page of a call has its own; nobody but who types it ever sees it.
//   D2  It ends with the first case that is made of it, when it is thrown away, or after a week:
//       it says something of people we may not know.
//   D3  Nobody has more than CALL_DRAFTS_KEPT: the oldest goes.
#pragma once

#include "base/ctx.h"

enum { CALL_DRAFTS_KEPT = 20, CALL_DRAFT_S = 7 * 86400 };

struct call_draft {
    int64_t begun;    // its key: when the page was opened, ms
    str form;
    instant at;
};

fallible call_draft_save(struct ctx *cx, int64_t begun, str form);    // empty: drops it
fallible call_draft_drop(struct ctx *cx, int64_t begun);
fallible call_draft_load(struct ctx *cx, int64_t begun,
                         struct call_draft *out);    // ERR_ABSENT: none, or another's
fallible call_draft_list(struct ctx *cx, struct call_draft **out, isize *n);    // newest first
