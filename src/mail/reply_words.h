// SPDX-License-Identifier: GPL-3.0-or-later
// The words that mail programs and people write around a mail, in some thirty languages, and
// how they are found: without regard to case, also beyond ASCII (Latin, Greek, Cyrillic).
//
//   W1  A table only ever adds: what programs write in a language that stands in none of them
//       is still known by its shape (reply_header.h, reply_wrote.h).
#pragma once

#include "base/base.h"

enum reply_words {
    WORDS_FORWARDED = 1,    // "Begin forwarded message", "Weitergeleitete Nachricht"
    WORDS_ORIGINAL,         // "Original Message", "Ursprüngliche Nachricht"
    WORDS_WROTE,            // "wrote", "schrieb", "a écrit"
    WORDS_BEFORE_DATE,      // "On ", "Am ", "Le "
    WORDS_OF_ONESELF,       // "I wrote": no attribution
    WORDS_MOBILE,           // "Sent from my", "Von meinem iPhone gesendet"
    WORDS_MOBILE_END,       // "iPhoneから送信"
    WORDS_EXCUSE,           // "excuse typos"
    WORDS_CLOSING,          // "Mit freundlichen Grüßen"
    WORDS_CLOSING_SHORT,    // "mfg": alone, not the beginning of a word
    WORDS_THANKS,           // "Vielen Dank"
    WORDS_CONTACT,          // "tel", "www."
    WORDS_FOOTER,           // "confidential", "unsubscribe"
    WORDS_LEGAL,            // what a disclaimer begins with
};

bool reply_words_begin(str s, enum reply_words list);
bool reply_words_end(str s, enum reply_words list);

// What gives a line away stands near its beginning; the rest of a long one is not searched.
enum { WORDS_LOOK_AT = 500 };
bool reply_words_within(str s, enum reply_words list);
isize reply_words_find(str s, enum reply_words list, isize *n);    // the first, or -1

// Is `word`, in lower case, what s begins with, and how many bytes of s is it?  0 if not.
isize reply_words_prefix(str s, str word);

bool reply_words_small(str s);    // begins with a small letter

// Without the blanks around it: no-break spaces and byte order marks, too.
str reply_words_trim(str s);
str reply_words_strip(str s);      // nor what sets it in bold: "*Von:*"
isize reply_words_blank(str s);    // how many bytes of a blank stand at its beginning
