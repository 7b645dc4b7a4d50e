// SPDX-License-Identifier: GPL-3.0-or-later
// What a desk says of itself at the head of all it writes: its name, the address customers write
// to, the URL that links begin with, and the language of who says nothing.  `staffel init` gives
// them first, /a/helpdesk changes them.
//
//   B1  The address is one that mail servers everywhere take: ASCII, without a "+", which is ours.
//       It is no team's, no other desk's now or before, and does not lie in another desk's domain.
//   B2  The URL is http or https with a host, and a port if need be; without a path, a query or a
//       user.  No other desk answers there.
//   B3  The name is one line.
//   B4  A change is an event; nothing of it is in the event.
//   B5  A desk that still has the address, or the URL, it was set up with says so where its
//       operator looks: in the log of a server that sends mail, in `staffel check`, on the pages of
//       who sets up.
#pragma once

#include "tenant/tenant.h"

#define LETTERHEAD_NAME "Helpdesk"
#define LETTERHEAD_ADDRESS "hilfe@helpdesk.example"
#define LETTERHEAD_URL "http://localhost:8080"

enum { LETTERHEAD_NAME_MOST = 100 };    // characters: it stands in From and on top of each page

// Spaces around them and the slash at the end of the URL are taken off.  ERR_INVALID with a
// sentence at "name", "adresse", "url" or "sprache".
fallible letterhead_check(struct ctx *cx, struct tenant *t);    // B1-B3
fallible letterhead_words(struct ctx *cx, struct tenant *t);    // what needs no look at the desk
fallible letterhead_save(struct ctx *cx, const struct tenant *t);    // checked, too

bool letterhead_no_address(const struct tenant *t);    // B5.  Pure.
bool letterhead_no_url(const struct tenant *t);

// B5, over all desks: what their operator is told, a line each.
enum { LETTERHEAD_LACKS = 2 };
fallible letterhead_lacking(struct ctx *cx, str out[LETTERHEAD_LACKS], isize *n);
