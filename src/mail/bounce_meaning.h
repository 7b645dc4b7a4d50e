// SPDX-License-Identifier: GPL-3.0-or-later
// Why a mail did not arrive, from what the words mean and not from how they are put: servers
// say the same few things in ten thousand ways, and tomorrow in another one.  Pure.
//
//   M1  A word has a meaning by its beginning or as a whole, in English, German, French and
//       Spanish (IDEA in bounce_meaning.def); most words have none.  An address, a link and a
//       name of a machine are no words, but a block list may stand in them.
//   M2  Meanings count together only within one sentence, of at most forty words.
//   M3  Somebody or something is missing when it is called so ("unknown"), or when what exists
//       is denied ("not found", "no such", "does not exist").
//   M4  Who is missing, a person or a machine, is told by the word that is nearest to that.
//   M5  What announces the copy of the mail says nothing about it.
//   M6  The rules (MEANS) are asked from top to bottom, each of all sentences: the surest
//       first.  A rule names what must be said, of what at least one thing, and what must not.
//       The weakest (MAYBE) are asked when the status said nothing either.
#pragma once

#include "mail/bounce_reason.h"

struct bounce_lexicon;

// The words of bounce_meaning.def by their first byte: made once for a mail, asked by each
// recipient.
const struct bounce_lexicon *bounce_meaning_words(struct arena *a);

// plain: bounce_code_plain() of what was said.  BOUNCE_NONE: no rule fits.
enum bounce_reason bounce_meaning(const struct bounce_lexicon *l, str plain);
enum bounce_reason bounce_meaning_maybe(const struct bounce_lexicon *l, str plain);
