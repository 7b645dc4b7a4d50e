// SPDX-License-Identifier: GPL-3.0-or-later
// A case is taken to who may decide ("Eskalation an Leitung"): to more authority, not to more
// knowledge.  So it is no engagement (engagement.h): nobody works on the case for it.
//
//   E1  Ball, work, care and clocks stay as they are.  The lead of the team that has the ball is
//       told, or of the one that cares for the customer.
//   E2  Whoever sees the case may, while it is not over, with a reason and a line in words.
//   E3  One is open for a case at a time.  Who escalates again adds reason and line to it.
//   E4  Who leads a team is a lead in it.  Where none is here, or nobody but who asks, it is with
//       all leads of the desk at once.
//   E5  It waits to be taken as long as a hand-over to that level waits for acceptance, in
//       working time (agreement.h); then it climbs, once, to all leads of the desk.  What was
//       taken and is not ended by the time that was said is open again, with all of them.
//   E6  Who it is with takes it, saying in a line what will be done, and until when; and ends it
//       with a decision and a line.  Of two one wins, and the other is told who was faster; of
//       oneself nobody is told so.
//   E7  Who escalated takes it back while nobody has taken it or added to it.
//   E8  By itself: when a vendor's time is over (UC), and once for a complaint, to the lead of
//       the team that works or cares.  By itself nothing is said twice to one that is open.
//   E9  When the case is over, so is this.  When it is merged, it goes on where that goes on.
//   E10 The customer reads nothing of it; of a complaint, that the lead has it.
//   E11 Its events are escalation.raised .added .climbed .taken .overdue .decided .withdrawn .ended
//       .moved,
//       with the code of reason or outcome: counted apart from what went to more knowledge (DOMAIN
//       11), and never by person.
//   E12 Who said why is told the decision, in "Mein Tag" and on top of the case, until it is read.
//   E13 Nobody grants or settles what he asked for himself, first or later or in a case merged
//       into it, unless nobody else leads here now; whom he entered as absent himself counts.
//   E14 What is said is one line, without marks that turn the writing round or cannot be seen; a
//       case has at most LIMIT_ESCALATION_REASONS at a time.
#pragma once

#include "ticket/ticket.h"

KEY(escalation_id);

enum escalation_reason {
    ESCALATE_DEADLINE = 1,
    ESCALATE_COMPLAINT,
    ESCALATE_AUTHORITY,
    ESCALATE_SILENCE,
    ESCALATE_DANGER,
    ESCALATE_VENDOR,
};

enum escalation_state { ESCALATION_OPEN = 1, ESCALATION_TAKEN, ESCALATION_ENDED };

enum escalation_stage { ESCALATION_TEAM = 1, ESCALATION_DESK };    // whose leads

// Which rows a statement is about.
enum escalation_which {
    ESCALATION_ONE = 1,
    ESCALATIONS_OF_CASE,
    ESCALATIONS_NEWS,
    ESCALATIONS_WITH_ME
};

enum escalation_outcome {
    OUTCOME_GRANTED = 1,
    OUTCOME_DONE,
    OUTCOME_DECLINED,
    OUTCOME_WITHDRAWN,    // E7
    OUTCOME_OVER,         // E9
};

// By their enums.
extern const struct ticket_word escalation_reasons[], escalation_states[], escalation_stages[],
    escalation_outcomes[];

struct escalation {
    escalation_id id;
    int64_t version;
    ticket_id ticket;
    int64_t number;
    str subject;
    int priority;
    team_id team;
    struct words team_name;
    int level;
    enum escalation_stage stage;
    enum escalation_state state;
    enum escalation_reason reason;    // the first one; the others: escalation_words()
    str text, asker;    // the first reason in words, and whose; empty: it began by itself
    int64_t words;
    instant promised;    // to the customer, the earliest; 0: nothing
    instant raised, due, taken, until, ended;
    str person, line;    // who took it or decided it at once; what will be done
    enum escalation_outcome outcome;
    str decision;
    bool ours;      // the asker is one of those it is with
    bool raiser;    // the asker may take it back (E7)
    bool own;       // the asker gave a reason for it (E13)
    bool mine;      // the asker took it, or decided it at once
    bool news;      // decided, and the asker has not read it (E12)
};

struct escalation_word {
    int64_t id;
    escalation_id escalation;
    enum escalation_reason reason;
    str text, person;    // person empty: by itself, or forgotten
    instant at;
};

// --- by who works on the case ----------------------------------------------------------------

struct escalation_new {
    team_id team;    // 0: the one that has the ball, or works
    enum escalation_reason reason;
    str text;
};

struct escalation_raised {
    escalation_id id;
    bool added;    // E3: one was open already
};

fallible escalation_raise(struct ctx *cx, ticket_id ticket, const struct escalation_new *n,
                          struct escalation_raised *out);

// E1: whose lead may be told, the first without being asked; at most two.
isize escalation_teams(const struct ticket *t, struct team out[2]);

// E4 E5: with whom it would be, and until when it should be taken.
fallible escalation_outlook(struct ctx *cx, const struct ticket *t, team_id team,
                            enum escalation_stage *stage, instant *due);

struct escalation_at {
    escalation_id id;
    int64_t version;
};

fallible escalation_withdraw(struct ctx *cx, struct escalation_at at);

// --- by the lead -----------------------------------------------------------------------------

fallible escalation_take(struct ctx *cx, struct escalation_at at, str line, instant until);
fallible escalation_decide(struct ctx *cx, struct escalation_at at,
                           enum escalation_outcome outcome, str line);

// --- reading ---------------------------------------------------------------------------------

fallible escalation_load(struct ctx *cx, escalation_id id, struct escalation *out);
fallible escalation_list(struct ctx *cx, ticket_id ticket, struct escalation **out, isize *n);
fallible escalation_words(struct ctx *cx, ticket_id ticket, struct escalation_word **out,
                          isize *n);

// Those that are with the asker: open ones, first what nobody has taken, each by the earlier of
// its own time and the customer's promise; or ended since then.  *more: there are others.
fallible escalation_mine(struct ctx *cx, struct escalation **out, isize *n, bool *more);
fallible escalation_lately(struct ctx *cx, instant since, struct escalation **out, isize *n,
                           bool *more);

// E12
fallible escalation_news(struct ctx *cx, struct escalation **out, isize *n);
fallible escalation_read(struct ctx *cx, escalation_id id);

fallible escalation_cases(struct ctx *cx, ticket_id **out, isize *n);    // that are at a lead
fallible escalation_count(struct ctx *cx, int64_t *out);    // open ones that nobody has taken

// E10.  For who reads the own request: 0 unless it is an open one about a complaint.
fallible escalation_of_complaint(struct ctx *cx, ticket_id ticket, enum escalation_state *out);

// The one of a list that is open, or NULL.  Pure.
const struct escalation *escalation_open(const struct escalation *e, isize n);

// When something must happen: by its own time or the promise, whichever is earlier; of one that
// is over, when it ended.  Pure.
instant escalation_when(const struct escalation *e);
bool escalation_by_promise(const struct escalation *e);    // it is the promise

// "Lead of Network", "Leads of the desk".  Pure.
struct words escalation_with(struct arena *a, const struct escalation *e);

// --- by itself -------------------------------------------------------------------------------

struct job_kind;

// "escalation.climb", "escalation.overdue": E5.  "escalation.follow": after events, E8 E9;
// "escalation.event": one of them that failed, so that it delays no other (J15).
extern const struct job_kind escalation_jobs[];
