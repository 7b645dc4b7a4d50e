// SPDX-License-Identifier: GPL-3.0-or-later
// What is new in a reply, and what is only quoted below it.
//
//   Q1  Each line of the text is new, quoted or signature; nothing is dropped, the whole
//       stays with the message.
//   Q2  From a copied header ("Von: ... Gesendet: ...") or an attribution ("Am ... schrieb
//       ...:") on, everything is quoted.
//   Q3  Whoever answers between or below the quoted lines is shown with them: hiding an
//       answer is worse than showing a quotation.
//   Q4  A forwarded mail without a word of its own is new, but for its copied header.
//   Q5  A text that would be hidden completely is shown completely.
//   Q6  The signature (reply_sign.h) is what follows.
//   Q7  Code between ``` fences is text, whatever it looks like.
//   Q8  The work is linear in the text.
#pragma once

#include "base/arena.h"

struct reply_text {
    str reply, quoted, signature;
};

// `sender` is the name of who writes, or empty.
struct reply_text reply_text_split(struct arena *a, str text, str sender);
