// SPDX-License-Identifier: GPL-3.0-or-later
// The phone: one line that is subject, search and classification at once, and four keys that
// end the call.
//
//   C1  Nothing typed is lost: the first thing worth keeping makes a case with a number, and
//       every button keeps what the fields hold before it does anything else.  Who calls is
//       no case yet: Enter behind the name only leads on to the line.
//   C2  A caller is one we know, or a name and one way to reach him; a name alone is enough
//       to go on.  A name that may mean somebody we know is asked about before anything is
//       stored; a number or address alone that is one contact's is that contact.  A number behind
//       a name is the number.
//   C3  Solved in the call (F9) is one transaction: case, what was said, the steps, the
//       linked solution, its end.
//   C4  What was tried with the caller stands in "Bisher", helped or not; what nobody ticked
//       was not tried.  A tick belongs to its solution, whichever is open.  Of the solution that
//       helped the last step ticked is the one that did.  Words on how it was solved beat it.
//   C5  A caller with an open case is asked about it first; what is said goes there as a call,
//       and the case begun here, if there is one, is merged into it.  A case that waits for the
//       customer waits no longer (T5): here he is.
//   C6  Handing over (F8) loses no word: the sheet finds everything in the case, and what was
//       said stands there as a call, once.  So it does after a question (F4).
//   C7  A telephone system opens /w/call?von=NUMBER: the caller stands there when the number
//       is one contact's, else the number is filled in.
//   C8  What solved cases suggest as topic and product of the case (triage/triage_case.h) stands
//       below the line with the words that decided, ticked; it is entered when the call ends,
//       unless the tick was taken away, and which of the two it was is an event (K5).
//   C9  The number of the call stays with who calls, also when that is somebody we know by
//       another number, unless the tick beside it is taken away.
//   C10 What solved it is said, never guessed: the solution that is marked (F2), else the one
//       whose steps were ticked, else words.  With none of them F9 asks, and keeps what was typed.
//   C11 A call stays with who took it, whether it is searched, parked, asked about or handed
//       over, until a team accepts it.
//   C12 A running major incident that the line fits (call_incident.h) stands first, with what
//       there is to say; F2 says that the call belongs to it.
//   C13 A solution that works around a known error says which.
//   C14 What was typed before there is a case is kept (call_draft.h) and offered on the empty page.
//   C15 F9 can be taken back (solving/undo.h): the page is as it was, with all it held.
//   C16 A call of mine that is a case, is new or open and has no word of ours yet stands on the
//       empty page, too: what was kept and left has not been handled.  CALL_LEFT at most, then it
//       is said that there are more.
#pragma once

#include "contact/contact.h"
#include "solving/solving.h"
#include "triage/triage_case.h"

struct call_tick {    // a step that was done
    str solution;     // its key
    int64_t step;     // from 0
};

struct call_input {
    contact_id contact;      // one we know, or 0
    str who, mail, phone;    // else: the name, and how to reach him
    bool keep_phone;         // C9
    str said;                // the line
    int impact;              // 1 one person .. 4 everybody; 0: not asked yet
    bool stands_still;       // nothing works at all
    str helped;              // C10: key of the solution, or empty
    const struct call_tick *tick;
    isize ticks;
    struct triage_answer suggested;    // C8: what the page showed
    bool fits;
};

// What a typed caller is: a number to call back, an address, or a name with or without a number.
void call_read_caller(struct arena *a, str typed, str *name, str *mail, str *phone);

// C1 C2.  Makes the case, or brings it up to date; *at is 0 before the first time.
fallible call_keep(struct ctx *cx, const struct call_input *in, struct ticket_at *at);

// C4 C8.  The call leaves the page unsolved: what was ticked did not help.
fallible call_tried(struct ctx *cx, const struct call_input *in, struct ticket_at *at);

// C6
fallible call_note(struct ctx *cx, const struct call_input *in, struct ticket_at *at);

// C3 C4 C8.  `text`: how it was solved, when no solution was.
fallible call_solved(struct ctx *cx, const struct call_input *in, struct ticket_at *at,
                     str text);

// C5.  `into` is the open case; the one begun here, unless at->id is 0, ends in it.
fallible call_belongs_to(struct ctx *cx, const struct call_input *in, struct ticket_at *at,
                         ticket_id into);
