// SPDX-License-Identifier: GPL-3.0-or-later
// What can be known about: skills, who has them how deep, and which topics need them.
//
//   S1  A person says by himself what he can (1 basic, 2 well, 3 specialist) and what he wants
//       to learn; nobody else writes it, and no figure is made of it.
//   S2  A topic or a product needs a skill at a depth, or none.
//   S3  Who lacks a needed skill is not given the case, unless he wants to learn it and nobody
//       else is there.
#pragma once

#include "ticket/category.h"
#include "ticket/product.h"

KEY(skill_id);

struct skill {
    skill_id id;
    struct words name;
};

struct skill_need {
    int64_t id;
    skill_id skill;
    struct words skill_name;
    category_id category;    // one of the two
    product_id product;
    struct words about;
    int depth;
};

struct skill_own {
    struct skill skill;
    int depth;    // 0: none
    bool learns;
};

extern const struct words skill_depths[4];    // "–", "basic", ...

fallible skill_add(struct ctx *cx, struct words name, skill_id *out);
fallible skill_by_name(struct ctx *cx, str name, skill_id *out);
fallible skill_list(struct ctx *cx, struct skill **out, isize *n);
fallible
skill_needs(struct ctx *cx, const struct choice_wish *wish, struct skill_need **out,
            isize *n);    // a page of them, of what or of which skill (ticket/choice.h)
fallible skill_need_count(struct ctx *cx, str typed, isize *out);
fallible skill_need_add(struct ctx *cx, const struct skill_need *n);
fallible skill_need_forget(struct ctx *cx, int64_t id);

// Every skill of the desk, with what the person says of it.
fallible skill_of_person(struct ctx *cx, person_id person, struct skill_own **out, isize *n);
fallible skill_say(struct ctx *cx, skill_id skill, int depth,
                   bool learns);    // S1: the asker's own
