// SPDX-License-Identifier: GPL-3.0-or-later
// The values of a mail's header fields, from raw bytes to plain data.
//
//   H1  RFC 2047 words are decoded, also where they may not stand; characters cut in two by
//       neighbouring words are put together again.
//   H2, H3 and H6 are about addresses: mail/address.h.
//   H4  Ids are whole, without brackets and blanks; what is too long to be one is left out.
//   H5  A date that no living mail can have counts as none.
#pragma once

#include "mail/message.h"

str header_text(struct arena *a, str raw);      // unfolded, decoded, one line
str header_unfold(struct arena *a, str raw);    // one line, nothing decoded
struct mail_ids header_ids(struct arena *a, str raw);
instant header_date(struct arena *a, str raw);

// The raw value of the first field of that name in the header that stands at the beginning of
// bytes; empty if there is none.
str header_find(str bytes, str name);
