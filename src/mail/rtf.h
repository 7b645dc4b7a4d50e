// SPDX-License-Identifier: GPL-3.0-or-later
// Rich text as Outlook sends it inside a winmail.dat.
//
//   I1  Compressed RTF (MS-OXRTFCP) is unpacked up to LIMIT_MAIL_TEXT bytes.
//   I2  The readable text comes out: paragraphs, tabs, characters in whatever way they are
//       written.  Fonts, styles, pictures and everything optional ("\*") do not.
//   I3  RTF that was made of HTML gives that HTML back (MS-OXRTFEX).
//   I4  One walk; groups deeper than RTF_DEPTH are read like the one around them.
#pragma once

#include "base/arena.h"

enum { RTF_DEPTH = 100 };

str rtf_uncompress(struct arena *a, str packed);    // empty: cannot be read

// UTF-8.  *is_html: it is HTML (I3).
str rtf_text(struct arena *a, str rtf, bool *is_html);
