// SPDX-License-Identifier: GPL-3.0-or-later
// How a case begins that begins with a mail: its subject, its problem in one line, its
// language.  Pure; a guess that a person can change.
//
//   G1  The subject loses "Re:", "AW:", "Fwd:", "WG:" and the like in front, and numbers of
//       cases in brackets: they say how it came, not what it is about.
//       Only numbers like ours: those of other systems stay, so that their answers find home.
//   G2  The problem is the first sentence behind the greeting.
//   G3  The language is the one of which more small words stand in the text; 0 if neither.
//   G4  A mail in which somebody else's service asks to confirm, verify or reset something is
//       known by its words: it is nobody's answer (the Ticket Trick).
#pragma once

#include "base/arena.h"

str opening_subject(str subject);                  // G1
int64_t opening_number(str subject);               // one like ours, by its check digit; 0: none
str opening_problem(struct arena *a, str text);    // G2
enum lang opening_language(str subject, str text);      // G3
bool opening_is_verification(str subject, str text);    // G4
