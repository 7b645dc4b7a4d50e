// SPDX-License-Identifier: GPL-3.0-or-later
// The hand-over sheet: to whom, the contract filled from the case, what the customer was told.
//
//   S1  `h`, Enter (or the digit of another team), text, Ctrl+Enter: that is all the typing.
//   S2  Everything the desk knows is in the fields already; what is missing is marked and does
//       not block, but for the problem and the promise (G3).
//   S3  The time on the sheet is the promise to the customer: sending gives it, or moves the
//       one that is open, in the same transaction.  The one that is open keeps its words; other
//       words are one more promise.
//   S4  Who has a mail address is told whom we have asked and by when to expect an answer, unless
//       the tick is taken away.  That word answers nothing: what was promised stays open.  The
//       sheet shows it word for word, in the customer's language, for the team and the time that
//       are chosen; of who can only be called, what to say, with the case's number to read out.
//   S5  Why it goes up is a key: knowledge, a tool, a right, time, risk (G20).  One is chosen
//       already only when the case says so: the level may not solve this topic, or steps of a
//       known solution did not help.
//   S6  With the customer on the line it can ring where somebody is ready (Durchstellen);
//       where nobody is, it is a hand-over like any other.
//   S7  The team in which solved cases like this one ended (triage/) stands first, with the words
//       that decided, if it may be offered at all (engagement_target.h A1).  Whether it was
//       taken is an event (triage/triage_case.h K5).
//   S8  A team is chosen already only when it stands out (engagement_target.h A6), and stands
//       first then, with the sentence that says why.  Else the sheet asks, and what is sent
//       without a team or a cause comes back with the text kept.
//   S9  Until when the team has to accept is said before sending, as a time: the hours of
//       work decide it.
//   S10 A team says who is on call for it now (staff/presence.h, P4).
#pragma once

#include "engagement/engagement_target.h"
#include "sheet/sheet_http.h"
#include "staff/presence.h"
#include "web/route.h"

struct handover {
    struct sheet sheet;
    const struct engagement_target *target;
    isize targets;
    team_id suggested;                      // S7
    team_id chosen;                         // S8; 0: nothing yet
    struct words why;                       // S5: why the cause is chosen already
    struct engagement_contract contract;    // as shown
    str day, clock, what;                   // the promise, as typed
    bool tell;                              // S4
    struct words told;                      // what they are told, in their language
    unsigned needs;                         // what the topic wants (engagement_need.h)
    bool ready;                             // S6: somewhere
    instant accept_by;                      // S9; 0: nothing is agreed
    struct presence_span *oncall;           // S10
    isize oncalls;
};

bool handover_chosen(const struct handover *h, const struct engagement_target *t);
bool handover_listed(const struct handover *h);    // the chosen team has no digit
bool handover_first(const struct handover *h,
                    const struct engagement_target *t);    // has the focus
const char *handover_cause_key(const struct page *p, enum handover_cause cause);    // S5
bool handover_asks_what_for(const struct handover *h);    // G3: the third level is told
int handover_filled(const struct handover *h);    // blocks of the contract, of four

extern const struct route handover_routes[];
