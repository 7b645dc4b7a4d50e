// SPDX-License-Identifier: GPL-3.0-or-later
// The data release check: what in a text that is to leave the house may say whose case it is.
// Pure: it looks at nothing but the text and what is known of the customer.
//
//   D1  A word of the customer's name or firm (or of each, when there are several), whole,
//       whatever its case, with umlauts or spelt out, also in the genitive.  Forms of address and
//       of firms are no names.
//       So is a word of his mail address, on both sides of the @, but not of one for many (info@,
//       gmail.com), and nothing of less than three letters.
//   D2  A mail address, whosever.
//   D3  What looks like a phone number: seven digits or more, as people group them, unless they
//       hang on a letter (0x80070005).  Dates are none.
//   D4  A customer number: the one we know, or digits behind a word that says so.
//   D5  An IP address, but not one of a private or local network, which says nothing of anybody.
//   D6  A street with its number, a postcode with its town; and what is said of how to reach him:
//       its capitalised words, but for those that say when and by what ("Kanton Bern; per Mail").
//   D7  What is ours is no find: the number of the case, the number of our contract.
//   D8  Finds come in the order of the text and do not overlap.
//
// What is found for nothing is released by hand; so finding too much costs a click, and finding
// too little a secret.
#pragma once

#include "base/arena.h"

enum release_kind {
    RELEASE_NAME = 1,
    RELEASE_MAIL,
    RELEASE_PHONE,
    RELEASE_NUMBER,
    RELEASE_IP,
    RELEASE_PLACE,
    RELEASE_KINDS,
};

extern const struct release_word {
    const char *code;    // in the event
    struct words name;
} release_words[];    // by the enum

struct release_customer {
    str name, org;         // of several customers all, one below the other
    str mail, reach;       // addresses; how to reach him, in words
    str number;            // in the system he was imported from, or empty; a line each
    str ours, contract;    // D7
};

struct release_find {
    isize at, n;
    enum release_kind kind;
};

void release_check(struct arena *a, str text, const struct release_customer *c,
                   struct release_find **out, isize *n);

bool release_finds(struct arena *a, str text, const struct release_customer *c);    // anything

// "name phone": the kinds that were found, by code.
str release_kinds(struct arena *a, const struct release_find *f, isize n);
