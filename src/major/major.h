// SPDX-License-Identifier: GPL-3.0-or-later
// A major incident ("Großstörung"): many are cut off at once, so one team leads, one speaks,
// and everybody says the same.
//
//   J1  The lead declares it.  It has a number of its desk, G-1 and up.  What piles up (five
//       open cases about one product or topic in 15 minutes) is shown as a reason to.
//   J2  Two roles, both teams: who coordinates and who speaks, no vendors and no departments
//       (nor do they become that meanwhile: crew.h, C6).  They and the lead change it;
//       everybody who works attaches cases and comes into the room.
//   J3  A case belongs to one major incident at most; the coordinating team may see it then.
//   J4  What is said in public is said in German and in English, and each text is kept.
//   J5  The next word has a time.  When it passes without one, that is an event and stands on
//       the page; each attached case has the same time as a promise (C7 of circular.h).
//   J6  Customers see what is said while it lasts and for a day after: on the help page, and
//       in the first answer to whoever reports something that looks like it.
//   J7  The 1st level has a text to speak.
//   J8  Declared, restored, reviewed; back from restored to declared.  A review says what was
//       learned, and names the problem behind it where there is one.
//   J9  The clocks of the law run in the case that stands for it, the first attached one.
//   J10 Of two who change one version, one wins.  Another desk's is not there.
//   J11 It is recognised by the words its lead says, whatever of them is more than what every
//       report says: half of them (or what is alike otherwise) propose a case, all of them, two
//       at least, are a first answer.  These words can be changed as long as it is not
//       reviewed.
#pragma once

#include "problem/problem_alike.h"

KEY(major_id);

struct job_kind;

enum major_state { MAJOR_DECLARED = 1, MAJOR_RESTORED, MAJOR_REVIEWED };

extern const struct ticket_word major_states[];

struct major {
    major_id id;
    int64_t number, version;
    enum major_state state;
    str title, words;
    category_id category;
    product_id product;
    team_id leads, speaks;
    struct words leads_name, speaks_name;
    str public_de, public_en;    // the latest (J4)
    str script;                  // J7
    str review;
    int64_t problem;    // the number in P-12, or 0
    instant next;       // J5; 0: nothing is promised
    instant declared, restored;
    int64_t cases, open_cases;
};

bool major_may(enum major_state from, enum major_state to);     // pure: J8
bool major_is_late(const struct major *m, instant now);         // pure: J5
str major_number_text(struct arena *a, int64_t number);         // G-3
bool major_number_read(str s, int64_t *out);

fallible major_load(struct ctx *cx, major_id id, struct major *out);
fallible major_by_number(struct ctx *cx, str number, struct major *out);
fallible major_list(struct ctx *cx, struct major **out, isize *n);    // latest first
fallible major_mine(struct ctx *cx, const struct major *m, bool *out);    // J2

struct major_pile {    // J1
    category_id category;
    product_id product;
    struct words name;
    int64_t cases;
};

fallible major_piles(struct ctx *cx, struct major_pile **out, isize *n);

fallible major_declare(struct ctx *cx, const struct major *m, major_id *out);

struct major_word {
    major_id id;
    int64_t version;
    str de, en, script;
    instant next;
};

fallible major_say(struct ctx *cx, const struct major_word *s);    // J4 J5 J7
fallible major_move(struct ctx *cx, major_id id, int64_t version, enum major_state to,
                    str review, int64_t problem);    // J8

struct major_said {
    str de, en, person;
    instant at;
};

fallible major_said(struct ctx *cx, major_id id, struct major_said **out, isize *n);

fallible major_attach(struct ctx *cx, major_id id, ticket_id ticket);    // J3
fallible major_detach(struct ctx *cx, major_id id, ticket_id ticket);
fallible major_cases(struct ctx *cx, major_id id, struct problem_case **out, isize *n);

// The one a case belongs to; *out.id is 0 when there is none.
fallible major_of_case(struct ctx *cx, ticket_id ticket, struct major *out);

fallible major_recognise(struct ctx *cx, major_id id, int64_t version, str words);    // J11
struct problem_face major_face(struct arena *a, const struct major *m);

// Open cases that look like it, none of them attached anywhere.
fallible major_alike(struct ctx *cx, const struct major *m, struct problem_match **out,
                     isize *n);

// Those customers see now (J6), and the one this report looks like.
fallible major_public(struct ctx *cx, struct major **out, isize *n);
fallible major_like(struct ctx *cx, const struct ticket *t, struct major *out);

// What a first answer says about it, with an empty line in front; empty for number 0.  Pure.
str major_answer(struct arena *a, const struct major *m, enum lang lang);

// "major.late": J5.
extern const struct job_kind major_jobs[];
