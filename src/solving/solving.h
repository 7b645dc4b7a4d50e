// SPDX-License-Identifier: GPL-3.0-or-later
// Solving a case, the whole of it: what was learned, the case, what other teams were asked,
// what was promised, what is owed from now on.  The page of a case, the call (F9) and the API
// solve by this one function.
//
//   S1  All of it in one transaction, or nothing.
//   S2  What solved it is a solution that is named, one that is written now, or words (T3).
//       The link stands before the case is solved, so that the duty sees it (F1).
//   S3  Nothing is left open: requests to other teams are withdrawn, their parts concluded.
//   S4  The level of the case solved it; it was assisted if another team answered or came.
//   S5  Promises end with the case: an answer that was given is kept, the rest is dropped.
//   S6  A new solution is subject to the rights of its writer (K4), not of the case.
//   S7  A case that is new or waits is taken up first: what works again works, whoever had to
//       act.
//   S8  Who solves may solve this topic at his level (staff/authority.h); what ended by itself
//       needs no authority.
//   S9  Above level 1 the solver is asked whether level 1 could have done it.  Who says yes names
//       the solution or says in words what helped, and then the team owes what is missing (F1);
//       what ended by itself cannot be answered so.  It is said of the case, of no person.
//   S10 What is owed elsewhere already (`owed`: one cause of many cases) is not owed again.
//   S11 A solution written along says what to do, in a step at least: the next one reads it out.
#pragma once

#include "duty/duty.h"

enum solving_front { FRONT_YES = 1, FRONT_NO };

struct solving {
    solution_id solution;            // a known one, or 0
    const struct solution *fresh;    // one to be written now, or NULL
    enum solved_how how;             // without a solution; 0: SOLVED_BY_TEXT
    str text;                        // how, in words
    bool told;                       // the customer knows: in the call, or a reply goes with it
    int reminders;                   // SOLVED_NO_REPLY: how many were sent
    enum solving_front front;        // S9; 0: not said
    bool owed;                       // S10
};

struct solving_done {
    solution_id solution;    // the linked one, or 0
    duty_id duty;            // what the team owes from now on, or 0
    bool assisted;
};

fallible solving_finish(struct ctx *cx, struct ticket_at *at, const struct solving *s,
                        struct solving_done *out);
