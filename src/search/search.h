// SPDX-License-Identifier: GPL-3.0-or-later
// Finding cases and solutions again: the search page, the palette, the portal, and the line
// that is typed while somebody is on the phone.
//
//   F1  A hit is something the asker may open.  What decides is the data layer (@scope,
//       @audience), asked anew for every hit, not the index.
//   F2  Words only staff may read make nothing visible to a customer: no hit, no rank, no
//       snippet (index.h X4).
//   F3  Documents that have all words come first; if they do not fill the page, those follow
//       that have some.  More than three words are a sentence: then having many of the rare
//       ones is as good as having all.
//   F4  Among more than LIMIT_SEARCH_WINDOW documents the newest are ranked.
//   F5  Of solutions, those come first that helped often, are validated, in the asker's
//       language and for the product in question.  One that says nothing of what to do, in
//       steps or in words, comes after all that do.
//   F6  The time depends on what is shown, not on what is stored: frequent words raise the
//       rank of what the rare ones found.
//   F7  Any text is a query.  Only its length can be wrong.
//   F8  Who looks for a customer (`customers`) finds his cases first, those that are not over and
//       then the newest before the others, though no word of them says who he is.  Only staff.
//   F9  Whoever asked for nothing is offered what fits and nothing else: it has half of what was
//       said by weight (rank.h, R5), and is not far behind the best.
#pragma once

#include "search/index.h"

enum search_found { SEARCH_CUSTOMER = 1, SEARCH_ALL, SEARCH_SOME };    // F8; of the words

struct search_hit {
    enum search_kind kind;
    int64_t id;
    int64_t number;    // of the case, or the key of the solution: 118 in L-118
    str title;
    str snippet;                  // plain text around the best place
    str before, match, after;     // the same in three, to mark the first word found
    enum search_found found;
    int64_t score;     // only comparisons mean something
    int fit;           // percent of what was asked (rank.h, R5)
    str src, src_id;
    enum lang lang;
    str customer;        // F8: his name
    bool open;           // a case that is not over
    bool put_away;       // one that is over as spam: it may be a report that was held back
    int64_t product;     // 0: none
    int confidence;      // of a solution
    instant at;          // last change
};

struct search_ask {
    str words;
    int kinds;         // 1 << SEARCH_CASE | 1 << SEARCH_SOLUTION; 0: both
    isize limit;       // 0: LIMIT_PAGE_ROWS
    enum lang lang;    // F5; 0: cx->lang
    int64_t product;   // F5
    bool typing;       // the last word may be unfinished
    bool open;         // only cases that are not over
    bool customers;    // F8
    bool fitting;      // F9
    contact_id contact;    // only this customer's cases
};

// ERR_INVALID beyond LIMIT_SEARCH bytes.
fallible search_run(struct ctx *cx, const struct search_ask *ask, struct search_hit **out,
                    isize *n);

struct search_suggestion {
    struct search_hit *solution;
    str *steps;    // of each: a line for each step: text, tab, what one should see
    isize solutions;
    struct search_hit *similar;    // open cases
    isize cases;
};

// What may help with a line that is still being typed: at most `most` of each (0: 5).  With a
// contact, similar are the open cases of that customer; else all the asker may see.
fallible search_suggest(struct ctx *cx, const struct search_ask *line,
                        struct search_suggestion *out);
