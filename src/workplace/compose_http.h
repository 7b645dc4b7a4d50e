// SPDX-License-Identifier: GPL-3.0-or-later
// Forms of the composer: send, keep for later, take back.
//
//   F1  What was typed is never lost: a refused form comes back with it, "keep for later"
//       stores it, and a script stores it every 800 ms.
//   F2  A reply is stopped when something newer was said than its writer saw; the page shows
//       what, and the next try sends.
#pragma once

#include "web/route.h"

extern const struct route compose_routes[];
