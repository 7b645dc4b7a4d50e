// SPDX-License-Identifier: GPL-3.0-or-later
// Rules of where a new case goes: if all of this, then there.
//
//   U1  All conditions of a rule hold, or it does not; a rule without any holds for every case.
//   U2  The first active rule that holds decides; a switched-off one never does.
//   U3  A topic holds for what stands below it, too.
//   U4  Words: one of them is enough; of several in one entry all must be there, each at the
//       beginning of a word, umlauts or not.
//   U5  A rule does something: it names a team, a level or a priority, and a team that works on
//       cases.  It names a team or a level, not both: a team has its level.
//   U6  Why a rule holds, or what is missing, is said in a sentence.
//   U7  Of two who change the same version, one wins.
//   U8  “VIP” holds for cases whose contact is one when the case comes (contact/contact.h,
//       K11), and for none without a contact.  Like the firm it is read from who is said to
//       ask, proven or not.
#pragma once

#include "staff/level.h"
#include "ticket/ticket.h"

KEY(rule_id);

enum { RULES_MOST = 200, RULE_WORDS_MOST = 2000 };

struct rule {
    rule_id id;
    int64_t version, place;
    str name;
    bool active;
    category_id category;
    product_id product;
    str org;
    enum lang lang;          // 0: any
    enum channel channel;    // 0: any
    bool vip;                // false: whoever asks
    str words;               // entries with a comma or a line between
    team_id team;            // 0: as it is
    int level, priority;     // 0: as it is
    struct words category_name, team_name;
    str product_name;
};

// What the conditions look at.
struct rule_case {
    category_id category, above;
    product_id product;
    str org;
    enum lang lang;
    enum channel channel;
    bool vip;
    const str *word;    // of subject and problem, as rule_words() has them
    isize words;
};

enum rule_part {
    RULE_CATEGORY = 1,
    RULE_PRODUCT,
    RULE_ORG,
    RULE_LANGUAGE,
    RULE_CHANNEL,
    RULE_WORDS,
    RULE_VIP,
    RULE_PARTS
};

// Words as they are compared, at most RULE_WORDS_MOST.  Pure.
const str *rule_words(struct arena *a, str text, isize *n);

// The first condition that is not met, or 0.  Pure.
enum rule_part rule_unmet(struct arena *a, const struct rule *r, const struct rule_case *c);

// The index of the deciding rule, or -1.  Pure.
isize rule_pick(struct arena *a, const struct rule *r, isize n, const struct rule_case *c);

struct words rule_why(struct arena *a,
                      const struct rule *r);    // "Rule “VPN”: the topic is VPN."
struct words rule_why_not(struct arena *a, const struct rule *r, enum rule_part unmet);
struct words rule_effect(struct arena *a, const struct rule *r, const struct levels *l);

fallible rule_list(struct ctx *cx, struct rule **out, isize *n);    // in their order
fallible rule_load(struct ctx *cx, rule_id id, struct rule *out);
fallible rule_check(struct ctx *cx,
                    const struct rule *r);    // U5; names filled by rule_save only
fallible rule_save(struct ctx *cx, const struct rule *r,
                   rule_id *out);    // id 0: a new, last one
fallible rule_move(struct ctx *cx, rule_id id, bool up);
fallible rule_remove(struct ctx *cx, rule_id id);

fallible rule_case_of(struct ctx *cx, const struct ticket *t, struct rule_case *out);

// The same in two steps: its words are read only where there are rules.
fallible rule_case_facts(struct ctx *cx, const struct ticket *t, struct rule_case *out);
void rule_case_words(struct arena *a, const struct ticket *t, struct rule_case *c);
