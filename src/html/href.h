// SPDX-License-Identifier: GPL-3.0-or-later
// Where a link of a stranger may lead.
//
//   R1  http, https, mailto and tel, spelt out; everything else, and what depends on the page
//       it stands in, is no link.
//   R2  Blanks and control bytes are treated as browsers treat them: around it they go, line
//       breaks and tabs inside go too.  So "java\nscript:" is seen for what it is.
//   R3  What has a meaning in HTML, CSS or shells comes out as %XX.
//   R4  LIMIT_HTML_ADDRESS holds for what comes out, too: whatever is written is read again.
#pragma once

#include "base/arena.h"

str href_safe(struct arena *a, str value);    // decoded; empty: no link

// The Content-ID of "cid:...", decoded; empty if it is none.
str href_content_id(struct arena *a, str value);
str href_cid(struct arena *a, str content_id);    // and back; empty: too long

// The same address if it is http or https: a picture that lies elsewhere.
str href_remote(struct arena *a, str value);
