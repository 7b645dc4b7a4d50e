// SPDX-License-Identifier: GPL-3.0-or-later
// A problem: one cause of many cases, from the first suspicion until nobody asks any more.
//
//   P1  A problem has a number of its desk, P-1 and up, and no number is given twice.
//   P2  It goes from state to state by one table (problem_may); nothing else changes a state.
//   P3  A known error has a workaround that is written down and that level 1 may use.
//   P4  "Fixed" says the cause, "rejected" says why.
//   P5  A problem belongs to a team.  Its people and the lead change it; everybody who works
//       may open one, and say which case belongs to it.  Vendors and departments own none.
//   P6  A case has one cause at most.  The owning team may see it from then on.
//   P7  The workaround stands at each case that belongs to it and at each open one that looks
//       alike, as far as the reader may use it (K2 of solution.h).
//   P8  "Looks alike" is a pure rule with a reason in words (problem_alike.h); nothing is
//       linked by itself.
//   P9  When it is fixed, cases that wait go on: somebody closes the loop with the customer.
//   P10 What was found out is owed to the levels below, once (F8 of duty.h), unless a written
//       solution serves them already.
//   P11 Of two who change one version, one wins.
//   P12 Another desk's problem is not there.  Of cases in other teams only their number is
//       said.
//   P13 What is imported twice is one problem.
#pragma once

#include "solution/solution.h"

KEY(problem_id);

enum problem_state {
    PROBLEM_SUSPECTED = 1,
    PROBLEM_OPEN,       // somebody looks into it
    PROBLEM_KNOWN,      // a known error: there is a workaround
    PROBLEM_PLANNED,    // the fix is on its way
    PROBLEM_FIXED,
    PROBLEM_VERIFIED,
    PROBLEM_CLOSED,
    PROBLEM_REJECTED,
};

extern const struct ticket_word problem_states[];

struct problem_record {
    problem_id id;
    int64_t number, version;
    enum problem_state state;
    str title, words, cause, fix_ref, reason;
    category_id category;
    product_id product;
    struct words category_name;
    str product_name;
    team_id team;
    struct words team_name;
    int team_level;
    solution_id workaround, fix;
    int64_t workaround_key, fix_key;    // 0: none, or none for the asker
    str workaround_title;
    int64_t cases, open_cases;    // of the whole desk
    instant created, changed;
};

// --- pure ------------------------------------------------------------------------------

bool problem_may(enum problem_state from, enum problem_state to);    // P2
bool problem_is_over(enum problem_state state);                      // nothing more to find
str problem_number_text(struct arena *a, int64_t number);            // P-12
bool problem_number_read(str s, int64_t *out);                       // "P-12", "p12", "12"

// --- reading ---------------------------------------------------------------------------

fallible problem_load(struct ctx *cx, problem_id id, struct problem_record *out);
fallible problem_by_number(struct ctx *cx, str number, struct problem_record *out);

struct problem_filter {
    bool over;    // those that are over, too
    str words;    // all of them occur
};

// Latest change first, at most LIMIT_PAGE_ROWS.
fallible problem_list(struct ctx *cx, const struct problem_filter *f,
                      struct problem_record **out, isize *n);
fallible problem_mine(struct ctx *cx, const struct problem_record *p, bool *out);    // P5

// The known errors that these solutions work around (P7): the number for each, or 0.
fallible problem_worked_around(struct ctx *cx, const int64_t *solution, isize n,
                               int64_t *number);

struct problem_case {
    ticket_id id;
    int64_t number;
    str subject, contact;
    enum ticket_status status;
    int level;
    instant created;
};

// Those the asker may see: open ones first.
fallible problem_cases(struct ctx *cx, problem_id id, struct problem_case **out, isize *n);

// Who asked for those the asker may see, each once; at most 500.
fallible problem_contacts(struct ctx *cx, problem_id id, contact_id **out, isize *n);

// Those of them that are not over.
const ticket_id *problem_cases_open(struct arena *a, const struct problem_case *c, isize n,
                                    isize *open);

// The asker's own team that looks deepest; 0: none that works on cases.
fallible problem_own_team(struct ctx *cx, team_id *out);

// --- writing ---------------------------------------------------------------------------

// state is always PROBLEM_SUSPECTED or PROBLEM_OPEN; team 0: one of the asker's own.
fallible problem_add(struct ctx *cx, const struct problem_record *p, problem_id *out);

// Title, words, cause, topic, product, team; p->version is what the writer looked at.
fallible problem_change(struct ctx *cx, const struct problem_record *p);

struct problem_step {
    problem_id id;
    int64_t version;
    enum problem_state to;
    solution_id solution;    // the workaround of a known error, the fix of a fixed one; or 0
    str cause, fix_ref, reason;
};

fallible problem_move(struct ctx *cx, const struct problem_step *s);    // P2 P3 P4 P9 P10

fallible problem_link(struct ctx *cx, problem_id id, ticket_id ticket);    // P6
fallible problem_unlink(struct ctx *cx, problem_id id, ticket_id ticket);

// The solution that was written for it (P10): the fix, and the answer to what is owed.
fallible problem_write_down(struct ctx *cx, problem_id id, solution_id solution);

fallible problem_import(struct ctx *cx, const struct problem_record *p, str src, str src_id,
                        problem_id *out);    // P13
