// SPDX-License-Identifier: GPL-3.0-or-later
// What a case is about: at most two levels, found by the customers' own words.
//
//   C1  A category below another one has no category below itself.
//   C2  A desk has each German name once.
//   C3  Of two people who change the same version one wins (ERR_STALE).
//   C4  Its texts are one line each, without control characters.
//   C5  One that has ended is offered nowhere any more, stays at all that has it, and can be
//       brought back.  What has not ended stands below nothing that has.
//   C6  One that nothing refers to can be removed for good; staff/authority.h A7 says what no key
//       of the database holds.
//   C7  The key of one that was removed never comes again: what was learned of it (triage/)
//       would speak of another one.
//   C8  However many there are: those whose words stand in a text are found by it (name_key.h).
#pragma once

#include "ticket/choice.h"

KEY(category_id);

struct category {
    category_id id, parent;
    struct words name;
    str words;    // what customers call it, blanks between
    int64_t version;
    instant ended;         // C5; 0: it has not
    struct words above;    // the parent's name; filled when it is read
};

struct words category_path(struct arena *a, const struct category *c);    // Netz › WLAN.  Pure

fallible category_add(struct ctx *cx, const struct category *c, category_id *out);
fallible category_change(struct ctx *cx, const struct category *c);    // C3: all but its key
fallible category_load(struct ctx *cx, category_id id, struct category *out);
bool category_is_offered(const struct category *c);    // C5.  Pure
fallible category_offer(struct ctx *cx, category_id kept, struct category **out,
                        isize *n);    // C5: what can be chosen, and what is chosen already;
                                      // LIMIT_CHOICES at most, and one more if there are more
fallible category_offer_tops(struct ctx *cx, category_id kept, struct category **out,
                             isize *n);    // of these, those that stand at the top
fallible category_choose(struct ctx *cx, category_id id,
                         category_id kept);    // C5: ERR_INVALID, unless on offer or kept
fallible category_remove(struct ctx *cx, category_id id, int64_t version);    // C3 C6
fallible category_by_name(struct ctx *cx, str name, category_id *out);    // in either language

// C8.  What can be chosen, or is kept, and of its words those that stand in the text and that at
// most so many topics have; those with the most of them first, and no more than 20.
fallible category_said(struct ctx *cx, str text, category_id kept, int most,
                       struct category **out, isize *n);
fallible category_page(struct ctx *cx, const struct choice_wish *wish, struct category **out,
                       isize *n);    // choice.h
fallible category_count(struct ctx *cx, str typed, struct choice_count *out);

// The ones that were solved most of late, to be proposed.
fallible category_used(struct ctx *cx, struct category **out, isize *n);
fallible category_find(struct ctx *cx, str typed, category_id kept, category_id *out,
                       enum choice_found *found);    // choice.h, N3
fallible category_among(struct ctx *cx, const int64_t *key, isize keys, struct category **out,
                        isize *n);    // those of these keys, by name
