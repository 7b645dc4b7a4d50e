// SPDX-License-Identifier: GPL-3.0-or-later
// Mails that became no case, and what a person can do about it.
//
//   Q1  The list says when, from whom by the mail and by its envelope, about what, how large, why
//       and, of an answer to a case, to which; nothing else of the content.
//   Q2  The source is a file to save: text that no browser runs or shows by itself.
//   Q3  A mail is read once more, taken whoever or whatever wrote it, put away, or deleted: of
//       that only the row is left.  Its sender can be blocked with the same click that puts it
//       away.  What was put away is brought back by one click, there or right after it, or taken
//       after all.
//       Reports about mails that came back are listed apart; those of none of ours say so.
//   Q4  Only who looks after the queues sees them; it is one desk's own mails, and never the
//       source of one that became a case: administration reads no case (A6).
//   Q5  What the virus scanner found infected cannot be taken, and its source is not served.
//   Q6  What could not be read yet stands in a list of its own, with why; a person has it tried
//       at once.
//   Q7  After each click the same list says what became of the mail, and the case when there is
//       one.
#pragma once

#include "intake/intake.h"
#include "web/frame.h"
#include "web/route.h"

struct intake_page {
    enum inbox_state state;    // which list
    const struct intake_row *row;
    isize n;
    struct words said;    // Q7; empty: nothing was done
    int64_t mail;         // Q7: which
    bool away;            // just put away: the way back
    bool wait;            // Q7: it is still being read
    str number;           // Q7: the case it became
};

bool intake_other_sender(const struct intake_row *r);    // the envelope names another one
str intake_list_name(enum inbox_state state);            // "v" in the address
str intake_size(const struct page *p, int64_t bytes);    // 2,1 MB

extern const struct route intake_routes[];
