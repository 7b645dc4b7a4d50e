// SPDX-License-Identifier: GPL-3.0-or-later
// The words of a desk and in about how many documents each occurs: what a batch of documents
// adds and takes away, found out in memory and written with a few statements.
//
//   C1  While a desk is small, every word of every document is in the vocabulary, and its
//       count is exact.
//   C2  From TERMS_EXACT documents on, one of TERMS_SAMPLE documents speaks for all: it counts
//       that many times, the others are not looked at.  A word that is missing or miscounted
//       then is rare, and is treated as such.  (Writing down every word of every document
//       took longer than indexing it.)
//   C3  A word that a document loses is looked for in all others, and forgotten if none has
//       it: a name is not to outlive the case it was in.
#pragma once

#include "base/buf.h"
#include "db/db.h"

// Serial numbers occur once and would fill the table; what is not kept counts as rare.
enum { TERMS_LONGEST = 24, TERMS_LONGEST_NUMBER = 4, TERMS_EXACT = 2048, TERMS_SAMPLE = 8 };
bool terms_keeps(str word);

struct terms;

// For the documents of the asker's desk.
fallible terms_start(struct ctx *cx, struct terms **out);

// What really happened to one document: it had the words of `before` and now has those of
// `after`.  Either may be empty: it is new, or gone.
struct terms_change {
    int64_t id;
    const str *before, *after;
    isize n_before, n_after;
};
void terms_count(struct terms *t, const struct terms_change *c);

// All of it into the vocabulary; the documents are written already (C3).
fallible terms_store(struct ctx *cx, struct terms *t);
