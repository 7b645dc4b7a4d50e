// SPDX-License-Identifier: GPL-3.0-or-later
// Keys by which a database finds the few products and topics that a text may speak of, so that a
// desk with many thousands of them need not read them all.
//
//   K1  What stands in a text (product.h R4, workplace/classify.h) is among what its keys find.
//       Whether it does stand there is decided by the comparing functions, as of any list.
//   K2  A name and its keys change in one transaction.
//   K3  What is older than the keys gets them by the job "name.key", few at a time and in a time
//       that does not grow with their number: whoever writes waits for it.
//   K4  A name of a product is found by its first NAME_KEY_WORDS words, so that thousands of one
//       maker are no crowd; a word of a topic, which may stand within another, by its first
//       letters.
#pragma once

#include "job/job.h"
#include "ticket/category.h"
#include "ticket/product.h"

enum {
    NAME_KEY_LEAST = 3,    // bytes of a name or a word: "PC" would be in every other line
    NAME_KEY_WORDS = 4,
    NAME_KEY_START = 4,    // bytes of a topic's word
};

// Pure.  Lists in JSON; texts and names are in lower case.
bool name_key_in_word(str s, isize at);
str name_key_line(struct arena *a, str line);      // the groups of words that stand in it
str name_key_text(struct arena *a, str text);      // what words in it can begin with
str name_key_names(struct arena *a, str names);    // keys of names with commas between
str name_key_words(struct arena *a, str words);    // and of words with blanks between

// K2.  What has none any more can be removed.
fallible name_key_product(struct ctx *cx, const struct product *p);
fallible name_key_topic(struct ctx *cx, const struct category *c);
fallible name_key_forget_product(struct ctx *cx, product_id id);
fallible name_key_forget_topic(struct ctx *cx, category_id id);

extern const struct job_kind name_key_jobs[];    // K3
