// SPDX-License-Identifier: GPL-3.0-or-later
// The number under which a vendor's own ticket system keeps our question, read from the subject
// of what it writes.  Pure.
//
//   N1  In brackets, as most systems write it: [Case#12345], [INC0012345], [#4711].
//   N2  Behind a word that says so: "Ticket-Nr. 12345", "Case 00123456", "Ref: A-2231".
//   N3  A word of capital letters that ends in digits, as ServiceNow and Jira have them:
//       INC0012345, CS0012345, NET-1234.
//   N4  What stood in our own subject is not his number, however it looks; nor is one of ours.
//   N5  Brackets win over a word that says so, that over capital letters; the first wins.
//   N6  Two spellings are one number when letters (of any case) and digits are the same:
//       [Case#123] is "CASE-123".
//   N7  An automatic mail confirms when it brings a number or says that something has arrived;
//       that somebody is away confirms nothing.
#pragma once

#include "base/arena.h"

enum { VENDOR_NUMBER_MAX = 40 };

// ours: the subject we wrote.  Empty when there is none.
str vendor_number_read(struct arena *a, str subject, str ours);

str vendor_number_key(struct arena *a, str number);                // N6
bool vendor_number_confirms(str subject, str text, str number);    // N7
