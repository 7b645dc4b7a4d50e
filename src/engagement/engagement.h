// SPDX-License-Identifier: GPL-3.0-or-later
// Another team takes part in a case.  Four verbs: consult (Rückfrage), hand over (Übergabe),
// return (Rückgabe), swarm (Schwarm); and forward (Weiterreichen), for what came to the wrong
// door.  DOMAIN 7.3 gives the guards their numbers; G11 and on are ours.
//
//   G1  One hand-over or return of a case waits for acceptance at a time, and one question
//       waits for its answer.
//   G2  Who receives it can: a team of this desk with people in it, not the one that has it.
//       It is handed over only to a team whose level may solve this topic (staff/authority.h)
//       or in which somebody wants to learn it.  A vendor's team and a department are asked,
//       never handed the case.
//   G3  A hand-over says what is wrong and what the customer was promised; towards level 3
//       also what is asked for; and what the desk wants of its topic (engagement_need.h).
//       What else is missing lowers its completeness and is shown.
//   G4  A return has a reason.  "Level 1 could have solved it" names the solution that level
//       1 may use, or the returning team owes it.  The named one is linked with the case; one that
//       the receiving level may not see is refused.
//   G5  A team returns a case to the same team once.  The second time they talk to each
//       other, or to the lead.
//   G6  Teams are asked, never persons.  Who takes it says so by accepting; of a vendor's
//       team not even that is kept.
//   G7  Only a lead skips a level, or a rule of the desk that sends such cases to that very
//       team (routing/rule.h), and the event says so.
//   G8  What leaves the house names no customer, address or number, unless it is released.
//       A vendor's team never sees the case itself.
//   G9  No engagement deletes a draft.
//   G10 Who declines says what would be accepted.
//   G11 Only the team that works on a case (or a lead) asks others and takes that back; only
//       the asked answer.
//   G12 Until a hand-over is accepted its sender works on the case and answers for it.
//   G13 Accepting one says in a line what happens next; the line becomes "Jetzt", behind the
//       team that says it.
//   G14 What is solved, merged or spam is not moved.
//   G15 Exactly one has the ball (ticket.h): the customer, the vendor or the date while the
//       case waits for them; the asked team while a question waits (but a live one, which
//       moves nothing); else who works on it.
//   G16 What is passed on never goes back to a team that has just passed it on.
//   G17 A return waits half an hour, then it is accepted by itself: nobody can refuse a case
//       that came from them.  Where nobody takes cases any more by then, it is withdrawn,
//       and who has the case keeps it (G2).
//   G18 Of two who answer one request, one wins.
//   G19 The asked team may see the case from the request on.
//   G20 A hand-over by hand says what is lacking: knowledge, a tool, a right, time; or that
//       the risk is too high.  Programs may not know.
//   G21 What a hand-over says was tried stands on the state card, too, unless it says less than
//       the card does: nobody has to tell it twice.
//
// Requests take the case at the version the asker saw (struct ticket_at); answers take the
// engagement at its version, so that a mail arriving meanwhile does not refuse them.
#pragma once

#include "engagement/engagement_words.h"
#include "solution/solution.h"

KEY(engagement_id);

struct job_kind;

// The hand-over contract.
struct engagement_contract {
    str problem;      // what is wrong, in the customer's words; of a consult: the question
    str tried;        // what was done, with its result
    str situation;    // device, when and how to reach the customer
    str promised;     // what the customer was told
    enum asked_for asked_for;
    enum handover_cause cause;    // why it goes up; 0: a program did not say
    bool live;                    // the customer is on the line: it rings (engagement_live.h)
};

struct engagement {
    engagement_id id;
    int64_t version;
    ticket_id ticket;
    enum engagement_mode mode;
    enum engagement_state state;
    enum engagement_live live;    // 0: nobody was rung
    instant rings_until;
    team_id from_team, to_team;
    struct words from_name, to_name;
    int from_level, to_level;
    person_id from_person, to_person;
    struct engagement_contract contract;
    int completeness;    // percent
    enum return_reason reason;
    str reason_text;    // of a return; of a declined one: what would be accepted
    solution_id solution;
    str answer;    // the line of acceptance, or the answer
    instant requested, accept_due, accepted, concluded;
};

// --- requests, by who works on the case ---------------------------------------------------

// The contract as the Lagebild, the contact and the promises have it, to be corrected.
fallible engagement_contract_from(struct ctx *cx, ticket_id ticket,
                                  struct engagement_contract *out);

fallible engagement_hand_over(struct ctx *cx, struct ticket_at *at, team_id to,
                              const struct engagement_contract *c, engagement_id *out);

struct engagement_return {
    enum return_reason reason;
    str text;                // 0 bytes with RETURN_INCOMPLETE: what the contract lacks
    solution_id solution;    // with RETURN_KNOWN; 0: the returning team owes it
};

fallible engagement_return(struct ctx *cx, struct ticket_at *at,
                           const struct engagement_return *r, engagement_id *out);

struct engagement_question {
    str text;
    bool released;    // G8: what leaves the house was looked at
    bool live;        // it rings (engagement_live.h); without words the problem is the question
};

fallible engagement_ask(struct ctx *cx, struct ticket_at *at, team_id to,
                        const struct engagement_question *q, engagement_id *out);
fallible engagement_swarm(struct ctx *cx, struct ticket_at *at, team_id to, str why,
                          engagement_id *out);

// --- answers -----------------------------------------------------------------------------

struct engagement_at {
    engagement_id id;
    int64_t version;
};

// Takes a hand-over or a return, joins a swarm, or says "I am looking at your question".
// `care`: the customer's contact moves here too; returns leave it where it is.
fallible engagement_accept(struct ctx *cx, struct engagement_at at, str line, bool care);
fallible engagement_decline(struct ctx *cx, struct engagement_at at, str text);
fallible engagement_answer(struct ctx *cx, struct engagement_at at, str answer);
fallible engagement_end(struct ctx *cx, struct engagement_at at, str outcome);    // a swarm

// To a third team: a request at the wrong door, or a case one has accepted.
fallible engagement_forward(struct ctx *cx, struct engagement_at at, team_id to,
                            engagement_id *out);

// By the sender.
fallible engagement_withdraw(struct ctx *cx, struct engagement_at at);
fallible engagement_expire(struct ctx *cx, struct engagement_at at);    // after its time only

// --- for the operation that solves a case ------------------------------------------------

fallible engagement_was_assisted(struct ctx *cx, ticket_id ticket, bool *out);
fallible engagement_conclude_all(struct ctx *cx, struct ticket_at *at);    // leaves none open

// --- what happens by itself --------------------------------------------------------------

// "engagement_due": when the time for accepting is over, a return is accepted (G17); for
// others, and for a question that nobody has answered, "clock.breached" is written.
extern const struct job_kind engagement_jobs[];

// --- reading -----------------------------------------------------------------------------

// How a case goes back: the hand-over by which the team that works on it got it.
struct engagement_way_back {
    struct engagement came;    // id 0: nobody handed it over
    bool again;                // G5: it went back there before
    bool blocked;              // G2: nobody is there to take it
};

fallible engagement_way_back(struct ctx *cx, const struct ticket *t,
                             struct engagement_way_back *out);

// G1: what waits for its answer, a hand-over or a return; or a question to a team of ours.  id 0:
// nothing does.
fallible engagement_pending(struct ctx *cx, ticket_id ticket, struct engagement *out);
fallible engagement_question(struct ctx *cx, ticket_id ticket, struct engagement *out);

fallible engagement_load(struct ctx *cx, engagement_id id, struct engagement *out);
fallible engagement_list(struct ctx *cx, ticket_id ticket, struct engagement **out, isize *n);
