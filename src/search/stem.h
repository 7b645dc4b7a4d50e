// SPDX-License-Identifier: GPL-3.0-or-later
// How a text becomes words that can be found: the same for what is stored and for what is
// asked, and the same on both databases, because it happens here and not in them.
//
//   S1  Case, accents and the spelling of umlauts do not matter: Gerät, GERÄT, Geraet and
//       gerat are one word, Straße and Strasse too.
//   S2  Endings do not matter: German and English stems by libstemmer.  A text is judged as a
//       whole by its small words and letters; one that cannot be judged gets both stems.
//   S3  What is joined is found joined, apart and by its parts: 4182-2073 is also 41822073,
//       4182 and 2073; E-Mail is also Email; FC7590 is also 7590 and "FC 7590".
//   S4  A stem has only a-z, 0-9 and bytes beyond ASCII, at most STEM_MAX of them: no quote,
//       no operator, no blank.  So it can stand in any query.
//   S5  Any bytes will do: what is no letter and no digit, or no UTF-8, separates words.
//   S6  In a stored text the words keep their order, so that phrases can be found; the other
//       ways to find them (S3, second stems) stand behind all of them.
//   S7  What changes a stem raises STEM_VERSION, and everything is indexed anew.
#pragma once

#include "base/buf.h"

enum { STEM_VERSION = 1, STEM_MAX = 40, STEM_PARTS = 8 };

// One word, in lower case and without accents other than those of German.
struct stem_word {
    int n;
    bool digit;    // has one: is not stemmed
    char p[STEM_MAX];
};

// What stands between two separators: one word, or some with a joiner between each two.
struct stem_run {
    str raw;    // as it stands in the text
    int parts;
    bool joined;    // by what can also be left out: - _ / :
    struct stem_word part[STEM_PARTS];
};

// The next run of *rest, which shrinks; false at the end.
bool stem_next(str *rest, struct stem_run *run);

// German, English, or 0 for a text that does not say.
enum lang stem_language(str text);

// A word that carries no meaning alone, in either language.
bool stem_is_small(const struct stem_word *w);

// libstemmer's state, and what it found lately.  Must be closed; not for two threads at once.
struct stemmer;
struct stemmer *stem_open(struct arena *a);
void stem_close(struct stemmer *s);

str stem_of(struct stemmer *s, struct arena *a, const struct stem_word *w, enum lang lang);
str stem_plain(struct arena *a, const struct stem_word *w);    // folded, but not stemmed
str stem_whole(struct arena *a, const struct stem_run *run, struct stem_word *out);    // S3

// 7590ax is 7590 and ax: the places where letters and digits meet; 0 when it is no such word.
int stem_split(const struct stem_word *w, struct stem_word *out, int most);

// A stored text (S6): stems in order, and behind them, in `more`, the other ways to find them.
struct stems {
    struct buf words, more;
};
struct stems stem_start(struct arena *a);
void stem_add(struct stemmer *s, struct stems *out, str text);
void stem_add_number(struct stems *out, str number);    // 4182-2073, L-118: as S3, not stemmed
str stem_end(struct stems *out);
