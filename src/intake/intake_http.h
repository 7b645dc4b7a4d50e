// SPDX-License-Identifier: GPL-3.0-or-later
// Mails that became no case, and what a person can do about it.
//
//   Q1  The list says when, from whom, how large and why, and nothing of the content.
//   Q2  The source is a file to save: text that no browser runs or shows by itself.
//   Q3  A mail is read once more, taken whoever or whatever wrote it, put away, or deleted: of
//       that only the row is left.  Its sender can be blocked with the same click that puts it
//       away.
//       Reports about mails that came back are listed apart; those of none of ours say so.
//   Q4  Only who looks after the queues sees them; it is one desk's own mails, and never the
//       source of one that became a case: administration reads no case (A6).
//   Q5  What the virus scanner found infected cannot be taken, and its source is not served.
//   Q6  What could not be read yet stands in a list of its own, with why; a person has it tried
//       at once.
#pragma once

#include "intake/intake.h"
#include "web/frame.h"
#include "web/route.h"

struct intake_page {
    enum inbox_state state;    // which list
    const struct intake_row *row;
    isize n;
};

str intake_size(const struct page *p, int64_t bytes);    // 2,1 MB

extern const struct route intake_routes[];
