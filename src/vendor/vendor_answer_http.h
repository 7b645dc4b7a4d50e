// SPDX-License-Identifier: GPL-3.0-or-later
// The vendor's page, behind his signed link (vendor_link.h).  Who reads it is a stranger, also
// somebody of the staff who is signed in.
//
//   W1  Looking changes nothing: mail programs open links by themselves.  To confirm is a button.
//   W2  An answer takes one text, files and, if he has one, his number; what was typed comes back
//       when it is refused, and stays when he only confirms.
//   W3  Behind the answer the link is over, so thanks stand on a page without one.
#pragma once

#include "tenant/tenant.h"
#include "vendor/vendor_ask.h"
#include "web/frame.h"
#include "web/route.h"

struct vendor_page {
    struct tenant desk;
    struct vendor_asked q;
    str token, number, text;
    bool confirmed;
};

extern const struct route vendor_answer_routes[];
