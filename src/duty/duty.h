// SPDX-License-Identifier: GPL-3.0-or-later
// Knowledge flows down, or somebody owes it (Rückfluss-Pflicht; DOMAIN 8).
//
//   F1  Who solves above level 1 without a linked solution that level 1 may use owes one.  So
//       does who returns a case as solvable below without naming the solution.  What ended
//       without being solved teaches nothing and owes nothing.
//   F2  A duty belongs to a team, never to a person, and no person stands in it.
//   F3  It is due after two working days.
//   F4  open -> drafted -> published; what is taken back opens it again.  A duty is settled
//       by what can be used, never by a tick.
//   F5  Letting it go (waived) needs the right to and a reason, and stays visible.
//   F6  One open duty for a case and a team; solving again adds none.
//   F7  What level 3 finds out is owed to levels 2 and 1 both.
//   F8  The fix of a problem is owed once, by the team that owns it, to levels 2 and 1 both.
//   F9  What is new for level 1 is what changed in the last two weeks and level 1 may work with.
#pragma once

#include "solution/solution.h"

KEY(duty_id);

struct job_kind;

enum duty_cause { DUTY_NO_SOLUTION = 1, DUTY_AUDIENCE, DUTY_RETURN, DUTY_PROBLEM };

// 4 and 5 are kept for acknowledged and effective, which need training and clusters.
enum duty_state { DUTY_OPEN = 1, DUTY_DRAFTED, DUTY_PUBLISHED, DUTY_WAIVED = 6 };

extern const struct ticket_word duty_causes[], duty_states[];

struct duty {
    duty_id id;
    enum duty_cause cause;
    enum duty_state state;
    ticket_id ticket;
    int64_t number;    // of the case; 0 when the case is not the asker's
    str subject;
    int64_t problem;    // the number in P-12, with DUTY_PROBLEM
    team_id team;
    struct words team_name;
    int audience;    // for whom it is owed
    solution_id solution;
    int64_t solution_key;    // 0: none yet, or none for the asker
    instant due, created, closed;
    str waived;    // the reason it was let go
};

// --- pure ------------------------------------------------------------------------------

// What of a case's links decides: each solution that solved it.
struct duty_link {
    int audience;
    enum confidence confidence;
};

// F1 F7.  False: nothing is owed.
bool duty_needed(int solved_level, enum solved_how how, const struct duty_link *link, isize n,
                 enum duty_cause *cause, int *audience);

instant duty_due(instant created);    // F3: Monday to Friday

// F4: what a duty for `audience` is when this solution is its answer.
enum duty_state duty_state_with(int audience, const struct duty_link *solution);

// --- working ---------------------------------------------------------------------------

// In the transaction that solves the case.  *out is 0 when nothing is owed.
fallible duty_on_solved(struct ctx *cx, ticket_id ticket, duty_id *out);

// In the transaction that returns it; solution: what the technician named, or 0.
fallible duty_on_return(struct ctx *cx, ticket_id ticket, team_id team, solution_id solution,
                        duty_id *out);

// F8.  In the transaction that says it is fixed; and when its solution was written.
fallible duty_on_problem(struct ctx *cx, int64_t problem, team_id team, solution_id solution,
                         duty_id *out);
fallible duty_of_problem_settle(struct ctx *cx, int64_t problem, solution_id solution);

// F9, the newest first.
fallible duty_news(struct ctx *cx, struct solution **out, isize *n);

// This solution is the answer to that duty.
fallible duty_draft(struct ctx *cx, duty_id id, solution_id solution);
fallible duty_waive(struct ctx *cx, duty_id id, str reason);    // F5

// Every duty this solution could settle is looked at again (F4).
fallible duty_settle(struct ctx *cx, solution_id solution);

// "duty_settle": asked for by solution/ whenever that may have changed (K9).
extern const struct job_kind duty_jobs[];

// --- reading ---------------------------------------------------------------------------

fallible duty_load(struct ctx *cx, duty_id id, struct duty *out);

// The unsettled ones of a team (0: of all teams of the asker, of the whole desk for who sees
// all of it), the earliest due first.
fallible duty_list(struct ctx *cx, team_id team, struct duty **out, isize *n);
fallible duty_of_ticket(struct ctx *cx, ticket_id ticket, struct duty **out, isize *n);
