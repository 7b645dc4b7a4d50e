// SPDX-License-Identifier: GPL-3.0-or-later
// What one line of a mail looks like, by the words of reply_words.h.
#pragma once

#include "base/base.h"

bool reply_line_is_quote(str line);      // "> text", "max> text", "| text"
bool reply_line_is_rule(str line);       // "-------", "_______"
bool reply_line_is_dashes(str line);     // "-- ", which begins a signature
bool reply_line_is_mobile(str line);     // "Von meinem iPhone gesendet"
bool reply_line_is_closing(str line);    // "Mit freundlichen Grüßen"
bool reply_line_is_thanks(str line);     // "Vielen Dank," and nothing else
bool reply_line_is_contact(str line);    // "Tel. +49 40 123456", "www.example.org"
bool reply_line_is_footer(str line);     // "Diese E-Mail ist vertraulich ..."
bool reply_line_is_name(str line);    // "Max Muster", "/Max", "Dr. Eva Müller-Lüdenscheidt"

// "-----Ursprüngliche Nachricht-----", "Begin forwarded message:".  A framed line with other
// words is one only if a copied header follows.  *rest is what stands behind the frame.
enum mark { MARK_NONE = 1, MARK_FORWARDED, MARK_ORIGINAL, MARK_UNKNOWN };
enum mark reply_line_mark(str line, str *rest);
