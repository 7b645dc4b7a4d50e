// SPDX-License-Identifier: GPL-3.0-or-later
// The tree of a mail's parts becomes one text, one HTML and a row of attachments.
//
//   P1  Of a multipart/alternative the plain text is the text, unless it is empty; the HTML
//       is kept beside it.
//   P2  Texts that stand side by side are joined in their order.
//   P3  A part that calls itself an attachment, or has a name and is not the mail's first
//       part, or is neither plain text nor HTML, is an attachment.  (text/enriched is shown,
//       with its markup, where it is the whole mail.)
//   P4  A multipart that cannot be divided (no boundary, or never met) is shown as text.
//   P5  The walk keeps its own stack of MAIL_DEPTH places; deeper is ERR_INVALID.
//   P6  What is more text than anybody reads (MAIL_TEXT) is cut, and whole as an attachment.
//   P7  A winmail.dat is exchanged for the files in it; its text is the mail's where that has
//       none.  One that cannot be read stays what it is.
#pragma once

#include "mail/bounce.h"

typedef struct _GMimeObject GMimeObject;

// bytes are what GMime parsed: part contents are found in them by offset.  report: what
// bounce_read() wants of it.
fallible parts_read(struct ctx *cx, GMimeObject *root, str bytes, struct mail *m,
                    struct bounce_parts *report);
