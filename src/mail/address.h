// SPDX-License-Identifier: GPL-3.0-or-later
// Lists of addresses: From, To, Cc, Reply-To.
//
// GMime's parser is not used for these: it follows nested groups by recursion and starts
// again at each comma of "a,a,a,...", ten seconds for 60 KB.  This one reads each byte once.
//
//   H2  Encoded words are decoded after the structure is read: a comma, an @ or a > inside
//       one never makes a second address.
//   H3  Groups are flattened; what has no @ is no address.
//   H6  A name that should stand in quotes and does not ("Muster, Max <max@example.org>") is
//       one name; an address in angle brackets wins over one in the name beside it.
#pragma once

#include "mail/message.h"

struct mail_addresses address_list(struct arena *a, str raw);
