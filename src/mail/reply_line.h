// SPDX-License-Identifier: GPL-3.0-or-later
// What one line of a mail looks like.  Tables of the words that mail programs write, German
// and English first, then the languages that our neighbours write.
#pragma once

#include "base/base.h"

bool reply_line_is_quote(str line);      // "> text", "max> text"
bool reply_line_is_rule(str line);       // "-------", "_______"
bool reply_line_is_dashes(str line);     // "-- ", which begins a signature
bool reply_line_is_marker(str line);     // "-----Ursprüngliche Nachricht-----"
bool reply_line_is_mobile(str line);     // "Von meinem iPhone gesendet"
bool reply_line_is_closing(str line);    // "Mit freundlichen Grüßen"
bool reply_line_is_contact(str line);    // "Tel. +49 40 123456", "www.example.org"
bool reply_line_is_footer(str line);     // "Diese E-Mail ist vertraulich ..."

// Labels of a copied header: "Von:", "*Sent:*".  0 if it is none.
enum { LABEL_FROM = 1, LABEL_DATE = 2, LABEL_TO = 4, LABEL_SUBJECT = 8, LABEL_OTHER = 16 };
int reply_line_label(str line);

// "Am 3. Mai 2021 um 10:12 schrieb Max <max@example.org>:".  A weak one could be a sentence of
// the text itself: it counts only when a quotation follows.
enum wrote { WROTE_NOT = 1, WROTE_WEAK, WROTE_STRONG };
enum wrote reply_line_wrote(str line);

// How many lines an attribution that begins in this one may take; 0 if none begins here.
int reply_line_wrote_lines(str line);
bool reply_line_may_end_wrote(str line);
