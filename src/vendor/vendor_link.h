// SPDX-License-Identifier: GPL-3.0-or-later
// The address by which a vendor sees what he was asked, confirms and answers, without an account.
// It is made as the customers' is (link/token.h).
//
//   L1  Nobody can make one without the desk's secret; it fits this question of this desk and no
//       other purpose.
//   L2  It tells nothing: the key in it is masked.
//   L3  It ends with the question: answered, withdrawn, its case over.  Ended, forged, cut and
//       foreign ones are all absent, and all the same.
//   L4  tenant_renew_links() ends it, too.
//   L5  Behind it stands the text that was released, and nothing else of the case.
#pragma once

#include "engagement/engagement.h"
#include "tenant/tenant.h"

// https://hilfe.nordlicht.example/de/hv/...
fallible vendor_link(struct ctx *cx, engagement_id id, enum lang lang, str *out);
fallible vendor_link_token(struct ctx *cx, engagement_id id, str *out);    // behind /hv/

// Whose question a token is; whether it is still open, the caller sees (L3).
fallible vendor_link_read(struct ctx *cx, str token, engagement_id *out);
