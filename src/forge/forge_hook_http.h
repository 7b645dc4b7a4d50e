// SPDX-License-Identifier: GPL-3.0-or-later
// What a Git service tells us by itself: POST /hook/forge/{id}.
//
//   K1  Without a right signature nothing is read, stored or said: a wrong one, a service that
//       is not there and one without a secret are answered alike (403).
//   K2  The signature is checked before the writer is asked for anything; what is too large
//       never arrives (LIMIT_JSON_BODY, http.h H1).
//   K3  No session and no cookie counts here, so nobody's browser can be made to call for him.
//   K4  What is signed and about nothing of ours is taken without a word (204).
#pragma once

#include "forge/forge_issue.h"
#include "web/route.h"

extern const struct route forge_hook_routes[];
