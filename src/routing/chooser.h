// SPDX-License-Identifier: GPL-3.0-or-later
// Who gets a case, and which case comes next.  Pure: the same facts give the same choice.
//
//   H1  Nobody who is away is chosen, nobody not ready, nobody without room, nobody whose level
//       may not solve it.
//   H2  While the team is closed only who is on call is chosen; then he need not be ready.
//   H3  Who has the skill comes before who wants to learn it; who has neither is not chosen.
//   H4  In turn: the next by key after who got the last one.  By load: who holds least, and
//       among equals in turn.
//   H5  Of cases the earliest promise comes first, then the priority, then the oldest; what one
//       only wants to learn comes after what one can.
//   H6  Each choice has its sentence.  It names no figure and no other person.
//   H7  Nothing else is looked at: not how fast, how often or how well somebody worked.
#pragma once

#include "staff/crew.h"
#include "ticket/ticket.h"

struct chooser_person {
    person_id id;
    bool away, here, ready, oncall;    // here: signed in and not silent
    bool able;                         // the level may solve this topic
    bool lacks, learns;                // a skill it needs; wants to learn what is lacking
    int holds, room;                   // cases now, and at most
};

struct chooser_team {
    enum crew_assign assign;    // CREW_TURN or CREW_LOAD
    bool open;                  // in its hours
    person_id turn;             // who got the last one
};

// The index of the chosen one and the sentence; -1: nobody.
isize chooser_person(const struct chooser_team *team, const struct chooser_person *person,
                     isize n, struct words *why);

struct chooser_case {
    ticket_id id;
    instant due;    // earliest open promise; 0: none
    int priority;
    bool able, lacks, learns;    // of the asker
    bool stands_in;              // somebody who is away has it, and the asker stands in
};

isize chooser_case(const struct chooser_case *list, isize n, struct words *why);
