// SPDX-License-Identifier: GPL-3.0-or-later
// The place in some texts that shows best why they were found.  Pure.
//
//   N1  A snippet is plain text, at most SNIPPET_BYTES of it plus an ellipsis at each end that
//       was cut; cut between words; line breaks and other control bytes are blanks.
//   N2  It has as many different words of the query as any place of that length.
//   N3  Without any word of the query it is the beginning.
//   N4  It shows what was written, not how it was indexed.
#pragma once

#include "search/plan.h"

enum { SNIPPET_BYTES = 180 };

struct snippet {
    str text;
    isize at, n;    // the first word found; n is 0 without one
};

struct snipper;
struct snipper *snippet_start(struct arena *a, const struct plan *p);
void snippet_end(struct snipper *s);

// The best of these texts; of equal ones the first.
struct snippet snippet_make(struct snipper *s, const str *text, isize n);
