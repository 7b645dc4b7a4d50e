// SPDX-License-Identifier: GPL-3.0-or-later
// Staff and their teams.  A team has a level; a person may be in teams of several levels,
// because the level belongs to the act, not to the person (DOMAIN 1.7).
//
//   P1  A login is unique in its desk and has no blanks.
//   P2  Nothing here counts or times what a person does.
#pragma once

#include "person/team.h"

// DOMAIN 3, as far as this version has pages for them.
enum role {
    ROLE_AGENT_L1 = 1,
    ROLE_TRAINEE,
    ROLE_TECH_L2,
    ROLE_EXPERT_L3,
    ROLE_LEAD,
    ROLE_STEWARD,
    ROLE_ADMIN,
};

extern const struct role_words {
    const char *code;    // agent_l1, as on the command line
    struct words name, does;    // does: what it is for, a phrase
} person_roles[];    // indexed by enum role; ends with code NULL

bool person_role_from(str code, enum role *out);

struct person {
    person_id id;
    str login, name, email;
    enum role role;
    enum lang lang;
    str password;    // argon2id hash; empty: cannot sign in with a password
    bool disabled;
};

fallible person_add(struct ctx *cx, const struct person *p, person_id *out);
fallible person_load(struct ctx *cx, person_id id, struct person *out);
fallible person_by_login(struct ctx *cx, str login, struct person *out);
fallible person_by_email(struct ctx *cx, str email, struct person *out);    // in lower case
fallible person_join(struct ctx *cx, person_id person, team_id team);
fallible person_set_password(struct ctx *cx, person_id id, str hash);
