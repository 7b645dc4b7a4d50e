// SPDX-License-Identifier: GPL-3.0-or-later
// Which product a case is about, and how long it is sold and supported.
//
//   R1  A desk has each name once.
//   R2  A day is the last on which a product is sold or supported, by the clock on the wall
//       (base/zone.h).  Support does not end before the sale.
//   R3  What comes after a product is another one of the desk, and never leads back to it.  What
//       is offered instead is the first of that line that is still sold and can be chosen (R7).
//   R4  A text names a product when its name, or one of the names customers have for it, stands
//       in it as whole words; of several the longest.
//       Names of less than three letters name nothing, nor does what is behind LIMIT_LINE bytes.
//   R5  Of two people who change the same version one wins (ERR_STALE).
//   R6  Each of its texts is one line without control characters: they stand in letters.
//   R7  One that has ended is offered nowhere any more and named by no text, stays at all that has
//       it, and can be brought back.  It is no matter of sale and support (R2).
//   R8  One that nothing refers to can be removed for good.
//   R9  The key of one that was removed never comes again (category.h, C7).
//   R10 However many there are: a text is compared (R4) with those that its words can name
//       (name_key.h), and finds what it would find among all of them.
//   R11 What is offered for it is said in the customer's language: with only one of them, in that.
#pragma once

#include "ticket/choice.h"

KEY(product_id);

struct product_life {    // R2: days since 1970; 0: no end is set
    int64_t sold_until, supported_until;
};

struct product {
    product_id id;
    int64_t version;
    str name;
    str words;    // what customers call it, commas between
    struct product_life life;
    product_id successor;    // R3; 0: none
    struct words offer;      // R11: what we offer for it, in words to the customer
    instant ended;           // R7; 0: it has not
};

enum product_state {
    PRODUCT_SOLD = 1,
    PRODUCT_KEPT,        // not sold any more, still supported
    PRODUCT_OUTLIVED,    // not supported any more
};

// Pure.
instant product_day(int64_t day);    // its beginning
struct words
product_said(struct arena *a, const struct product_life *l,
             instant now);    // "supported until 30.06.2027"; empty while it is sold
bool product_day_read(str typed, instant now, int64_t *out);    // when.h, H1; nothing: 0
str product_day_shown(struct arena *a, int64_t day, enum lang lang);    // and back
enum product_state product_state(const struct product_life *l, instant now);
bool product_is_offered(const struct product *p);    // R7
const struct product *product_named(struct arena *a, str text, const struct product *all,
                                    isize n);    // R4; NULL: none

fallible product_add(struct ctx *cx, const struct product *p, product_id *out);
fallible product_change(struct ctx *cx, const struct product *p);    // R5: all but its key
fallible product_load(struct ctx *cx, product_id id, struct product *out);
fallible product_offer(struct ctx *cx, product_id kept, struct product **out,
                       isize *n);    // R7: what can be chosen, and what is chosen already;
                                     // LIMIT_CHOICES at most, and one more if there are more
fallible product_choose(struct ctx *cx, product_id id,
                        product_id kept);    // R7: ERR_INVALID, unless on offer or kept
fallible product_remove(struct ctx *cx, product_id id, int64_t version);    // R5 R8
fallible product_by_name(struct ctx *cx, str name, product_id *out);
fallible product_by_text(struct ctx *cx, str text, struct product *out);    // R4; id 0: none
fallible product_instead(struct ctx *cx, const struct product *p,
                         struct product *out);    // R3; id 0: none
fallible product_page(struct ctx *cx, const struct choice_wish *wish, struct product **out,
                      isize *n);    // choice.h
fallible product_count(struct ctx *cx, str typed, struct choice_count *out);

// The ones that were solved most of late, to be proposed.
fallible product_used(struct ctx *cx, struct product **out, isize *n);
fallible product_find(struct ctx *cx, str typed, product_id kept, product_id *out,
                      enum choice_found *found);    // choice.h, N3
fallible product_among(struct ctx *cx, const int64_t *key, isize keys, struct product **out,
                       isize *n);    // those of these keys, by name
