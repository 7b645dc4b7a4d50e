// SPDX-License-Identifier: GPL-3.0-or-later
// Whether two reports may have one cause, and why.
//
//   A1  Same product and same topic count two each, a word in common one, up to four words;
//       four are enough, but never without a word in common.
//   A2  Words are stems (search/stem.h); small words and those that every report has ("geht
//       nicht", "Problem", "help") do not count.
//   A3  The reason names what was found: product, topic, and the words as they were written.
//   A4  Proposals are about cases that are open, not linked anywhere, and the asker's to see.
//   A5  Whoever says by which few words a thing is recognised, says how many are enough.
#pragma once

#include "problem/problem.h"

enum { ALIKE_WORDS = 48, ALIKE_SHOWN = 3, ALIKE_ENOUGH = 4 };

// What a report is made of.
struct problem_face {
    category_id category;
    product_id product;
    str stem[ALIKE_WORDS], word[ALIKE_WORDS];    // as compared, and as written
    int words;
    int enough;    // A5; 0: ALIKE_ENOUGH
};

struct problem_likeness {
    bool category, product;
    str word[ALIKE_SHOWN];
    int words;     // all in common
    int points;    // A1
};

struct stemmer;

struct problem_face problem_alike_face(struct stemmer *s, struct arena *a, category_id category,
                                       product_id product, str text);
bool problem_alike(const struct problem_face *a, const struct problem_face *b,
                   struct problem_likeness *out);    // A1; what is enough says `a`
str problem_alike_said(struct arena *a, const struct problem_face *f, str between);
struct words problem_alike_why(struct arena *a, const struct problem_likeness *l);    // A3

struct problem_match {    // a case that looks like it
    ticket_id id;
    int64_t number;
    str subject, contact;
    struct words why;
    int points;
};

// Cases that look like this one, or like this problem: the most alike first (A4).
fallible problem_alike_cases(struct ctx *cx, const struct ticket *t, struct problem_match **out,
                             isize *n);
fallible problem_alike_to(struct ctx *cx, const struct problem_record *p,
                          struct problem_match **out, isize *n);
fallible problem_alike_by(struct ctx *cx, const struct problem_face *f,
                          struct problem_match **out, isize *n);

struct problem_hint {    // what stands at a case (P7)
    int64_t number;
    enum problem_state state;
    str title;
    bool linked;    // else it looks alike
    struct words why;
    int64_t workaround_key;
    str workaround_title;
};

// The problem of the case, or up to three it looks like.  Costs one look.
fallible problem_alike_hints(struct ctx *cx, const struct ticket *t, struct problem_hint **out,
                             isize *n);
