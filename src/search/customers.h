// SPDX-License-Identifier: GPL-3.0-or-later
// Whose cases are meant, when what was typed is no word of a case but who asked (search.h, F8).
//
//   C1  All words are whole words of a name and its firm; while somebody types the last one may
//       be unfinished.  So "Drucker" means no case of "Druckerei Kern".
//   C2  Or it is the beginning of a mail address, or a phone number.
//   C3  At most CONTACT_FOUND people, and only of staff's desk (contact.h, K4 K6).
#pragma once

#include "contact/contact.h"

fallible customers_meant(struct ctx *cx, str typed, bool typing, struct contact_found **out,
                         isize *n);
