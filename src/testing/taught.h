// SPDX-License-Identifier: GPL-3.0-or-later
// A desk whose solved cases have taught it (triage/triage.h): 120 cases of two topics, printers
// solved by FIRST and lines by NET with a high priority.
#pragma once

#include "testing/web.h"

#include "triage/triage_case.h"

struct taught {
    category_id printer, line;
    product_id device, router;
};

struct taught taught(struct world *w);

// The i-th of these cases once more: even ones printers, odd ones lines.
void taught_solve(struct world *w, const struct taught *d, int i);
