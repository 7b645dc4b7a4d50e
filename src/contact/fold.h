// SPDX-License-Identifier: GPL-3.0-or-later
// Names as they are looked for: lower case, without accents, in words.
//
//   F1  "Müller", "Mueller" and "Muller" find each other: a word with an umlaut is kept in both
//       spellings, a typed umlaut is read as two letters.
//   F2  Letters outside of Latin stay what they are, in lower case where Greek and Cyrillic
//       have one.
//   F3  Everything that is neither a letter nor a digit separates words.
//
// All pure.
#pragma once

#include "base/arena.h"

enum { FOLD_WORDS = 24, FOLD_WORD_BYTES = 40 };

struct fold {
    str word[FOLD_WORDS];
    int n;
};

// Add the words of s, each once; what does not fit is left out.  The second adds both
// spellings.
void fold_typed(struct arena *a, str s, struct fold *out);
void fold_stored(struct arena *a, str s, struct fold *out);

// Add s itself as one word (a mail address, a phone number).
void fold_whole(struct fold *out, str s);
