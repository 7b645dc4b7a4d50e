// SPDX-License-Identifier: GPL-3.0-or-later
// The running major incident that the line of a call is about.
//
//   N1  It has half of the words of the line that say something, or half of those of the
//       incident's title has the line.  The one with most words in common, of two the newer.
//   N2  One that is over is not what they call about.
#pragma once

#include "major/major.h"

// out->id is 0 when there is none.
fallible call_incident(struct ctx *cx, str line, struct major *out);
