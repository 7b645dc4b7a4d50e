// SPDX-License-Identifier: GPL-3.0-or-later
// One case of the demo, played step by step at its own times.
#pragma once

#include "access/access.h"
#include "base/json.h"
#include "crypt/crypt.h"
#include "demo/demo.h"
#include "portal/portal_fact.h"

#define DEMO_ADDRESS "hilfe@nordlicht.example"

enum { DEMO_KEYS = 128, DEMO_LETTERS = 4 };

struct demo_key {
    str key;
    int64_t id;
};

struct demo_member {
    person_id person;
    team_id team;
};

struct demo_letter {    // O9
    str contact;           // its name in the demo
    str key;               // as the customer would have given it
    struct crypt_wish wish;
    str mail;
};

struct demo {
    struct arena *arena;
    instant now;
    str base_url;    // O6
    str tickets;     // what is left of the file
    str ticket;      // key of the one being played
    str password;    // its hash
    struct who system;
    person_id lead;
    struct demo_key team[DEMO_KEYS], person[DEMO_KEYS], contact[DEMO_KEYS], product[DEMO_KEYS],
        category[DEMO_KEYS], solution[DEMO_KEYS];
    isize teams, people, contacts, products, categories, solutions;
    struct demo_member member[DEMO_KEYS];
    isize members;
    struct facts facts;    // of the imprint
    struct demo_letter letter[DEMO_LETTERS];
    isize letters;
};

str demo_content(const char *file);
void demo_remember(struct demo *d, struct demo_key *list, isize *n, const struct json *o,
                   int64_t id);
int64_t demo_find(const struct demo_key *list, isize n, str key);    // 0: none
fallible demo_replay(struct ctx *cx, struct demo *d, const struct json *o);
