// SPDX-License-Identifier: GPL-3.0-or-later
// What solved cases suggest: for one case, with the words that decided; and how often a desk's
// suggestions were followed.
//
//   B1  A case gets what its page would show (triage/triage_case.h K1-K3): nothing is suggested
//       for a case that somebody has classified.  Whoever follows it changes the case by PATCH
//       or hands it over.
//   B2  The figures are about a desk and a part, never about a person, and for who leads.
#pragma once

#include "web/route.h"

extern const struct route triage_api_routes[];
