// SPDX-License-Identifier: GPL-3.0-or-later
// A team as it is set up: its level, what it serves, when it works, its address, its people, and
// how its cases find their people.
//
//   C1  A team has a name in both languages, each once in a desk, and a level that is staffed,
//       or 4: a vendor's.
//   C2  Its people, topics and products are the desk's own; whoever is not named leaves.
//   C3  Cases are pulled unless the team says otherwise: given in turn, or to who holds least.
//       Live channels are always given, as far as somebody has room.
//   C4  Of two who change the same version, one wins.
//   C5  One team at least takes in new cases: none of a vendor, and no department, which is asked
//       and never handed a case (engagement.h, G2).
//   C6  Who works on open cases, owns a problem that is not over or has a part in a major
//       incident that is not reviewed becomes no vendor and no department meanwhile
//       (G2; problem.h, P5; major.h, J2).
//   C7  Its people, topics and products are no more in all than its form has boxes for.
#pragma once

#include "clock/calendar_store.h"
#include "person/person.h"
#include "ticket/category.h"
#include "ticket/product.h"

enum crew_assign { CREW_PULL = 1, CREW_TURN, CREW_LOAD };

extern const struct crew_word {
    const char *code;
    struct words name;
} crew_assigns[];    // by enum; ends with code NULL

enum { CREW_CAPACITY_MOST = 20 };

struct crew {
    struct team team;    // id 0: a new one
    int64_t version;
    calendar_id calendar;    // 0: works always
    str address;
    enum crew_assign assign;
    int capacity;    // of one person, in given cases at once
    const int64_t *member, *category, *product;
    isize members, categories, products;
};

fallible crew_load(struct ctx *cx, team_id id, struct crew *out);
fallible crew_head(struct ctx *cx, team_id id, struct crew *out);    // without its lists
fallible crew_save(struct ctx *cx, const struct crew *c, team_id *out);
bool crew_has(const int64_t *list, isize n, int64_t id);    // pure

// Does it work now, by its calendar?
fallible crew_is_open(struct ctx *cx, const struct crew *c, bool *out);

// The team whose own address this is; id 0: nobody's.
fallible crew_by_address(struct ctx *cx, str address, team_id *out);
