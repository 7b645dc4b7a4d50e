// SPDX-License-Identifier: GPL-3.0-or-later
// What a level may do by itself ("Handlungsspielraum"): solve, look at a device, ship, credit,
// reset a password, help where support has ended; and up to which amount.
//
//   A1  The most exact rule decides: of the topic, of the topic above it, of everything.
//   A2  Where the desk has no rule the house rule holds: everybody solves, resets and looks;
//       level 2 ships and credits up to an amount, level 3 without one; both grant goodwill.
//   A3  A trainee solves, and does nothing that needs authority (DOMAIN 3).
//   A4  Who may not is told which level may, and hands the case over to it.
//   A5  The level of the act counts: the highest of the asker's own teams.
//   A6  The program itself and customers act by no level; they are not asked.
//   A7  A topic that a right of a level names is not removed: the right would hold for nothing.
//   A8  A desk may have a rule for each of thousands of topics: of an act only those are read that
//       can decide it (A1).
#pragma once

#include "person/person.h"
#include "staff/level.h"
#include "ticket/category.h"

enum authority_verb {
    AUTHORITY_SOLVE = 1,
    AUTHORITY_REMOTE,
    AUTHORITY_SHIP,
    AUTHORITY_CREDIT,
    AUTHORITY_RESET,
    AUTHORITY_GOODWILL,    // lifecycle/lifecycle.h
    AUTHORITY_VERBS,
};

extern const struct authority_word {
    const char *code;
    struct words name, denied;    // denied: "may not solve this itself"
    bool amount;                  // has a limit in money
} authority_words[AUTHORITY_VERBS];

enum authority_verb authority_named(str code);    // 0: there is none

struct authority_rule {
    int level;
    enum authority_verb verb;
    category_id category;    // 0: of everything
    bool allowed;
    int64_t amount;        // cents; 0: any
    struct words about;    // the topic's name; filled by authority_page()
};

struct authority_act {
    enum authority_verb verb;
    int level;
    category_id category, above;    // the topic and the one above it; 0: none
    bool trainee;
    int64_t amount;    // cents
};

struct authority_verdict {
    bool allowed;
    int64_t limit;    // cents; 0: none
    int level;        // the lowest that may, or 0
};

// Pure: looks at nothing but its arguments.
struct authority_verdict authority_check(const struct authority_rule *rule, isize n,
                                         const struct authority_act *act);

// A4 in a few words, for a choice that is not the asker's: "“2nd level” may".
struct words authority_whose(struct arena *a, const struct levels *l,
                             const struct authority_verdict *v);

fallible authority_house(struct ctx *cx, struct authority_rule **out,
                         isize *n);    // the rules about everything
fallible authority_page(struct ctx *cx, isize skip, isize most, struct authority_rule **out,
                        isize *n, isize *all);    // of all rules; all: how many there are
fallible authority_save(struct ctx *cx,
                        const struct authority_rule *r);    // one more, or changed
fallible authority_forget(struct ctx *cx,
                          const struct authority_rule *r);    // the house rule again

// May the asker do this about that topic?  ERR_DENIED with the sentence of A4.
fallible authority_may(struct ctx *cx, enum authority_verb verb, category_id category,
                       int64_t amount);

// What the asker may do about that topic, and up to which amount.
fallible authority_verdict(struct ctx *cx, enum authority_verb verb, category_id category,
                           struct authority_verdict *out);

// May that level?  For choosing whom to ask.
fallible authority_of_level(struct ctx *cx, int level, enum authority_verb verb,
                            category_id category, bool *out);

// A7.  ERR_INVALID: a right of a level names it.  Before category_remove().
fallible authority_check_topic(struct ctx *cx, category_id category);
