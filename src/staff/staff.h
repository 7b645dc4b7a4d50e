// SPDX-License-Identifier: GPL-3.0-or-later
// How a desk is organised: levels, teams, skills, authority, and who is here.  This part sets up
// people.
//
//   M1  A person has a login, a name, a role and any number of teams, of several levels.
//   M2  Who is switched off is signed out at once, and stays readable where he worked.
//   M3  One who configures stays: the last one cannot be switched off or get another role.
//   M4  Nothing here shows what a person did.
#pragma once

#include "person/person.h"

struct staff {
    struct person person;    // id 0: a new one; password empty: as it was
    const int64_t *team;
    isize teams;
};

struct staff_row {
    person_id id;
    str login, name;
    enum role role;
    bool disabled;
    struct words teams;    // their names
};

fallible staff_list(struct ctx *cx, struct staff_row **out, isize *n);
fallible staff_load(struct ctx *cx, person_id id, struct staff *out);
fallible staff_save(struct ctx *cx, const struct staff *s, person_id *out);
