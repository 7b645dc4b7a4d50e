// SPDX-License-Identifier: GPL-3.0-or-later
// How well a document answers a plan: BM25 over its stems, the same on both databases.
// Pure; who calls it has already found out which documents may be shown.
//
//   R1  A rare word counts more than a frequent one, the title more than the text, the text
//       more than notes, a word of a short text more than one of a long text.
//   R2  A word counts more than what it only begins, ends or may have been meant to be.
//   R3  Saying a word often helps less each time.
//   R4  Two words of the query that follow each other count more when they do so here too.
//   R5  How well it fits is the share of the query's weight in the words it has: three frequent
//       words of a sentence are no fit where its two rare ones are missing.
#pragma once

#include "search/plan.h"

struct rank_doc {
    str title, said, notes;    // stems; notes is empty for who may not read them
};

struct rank {
    int64_t score;    // millionths; only comparisons mean something
    int units;        // how many of the plan's words it has
    int fit;          // percent (R5)
};

struct ranker;
struct ranker *rank_start(struct arena *a, const struct plan *p);
struct rank rank_score(struct ranker *r, const struct rank_doc *d);
