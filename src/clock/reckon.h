// SPDX-License-Identifier: GPL-3.0-or-later
// The clocks of a case, from what happened and from what is agreed: one pure function.
//
//   R1  FIRST runs from the beginning to our first word that is not automatic; a call or a chat
//       hears it at once.  Solving the case is a word, too.
//   R2  NEXT runs from the oldest words of the customer's that nobody has answered yet, once
//       the first word was said.
//   R3  SOLVE runs from the beginning until the case is solved.  Opened again it goes on, and the
//       time in between was a pause.
//   R4  ACCEPT runs from a hand-over's request to its answer; WORK from the beginning, or from
//       accepting, until another team has accepted, the case is solved or it is over.
//   R5  ANSWER runs from a question between teams to its answer; to a vendor it is FIX, and ACK
//       until the vendor confirms.
//   R6  Waiting pauses the clocks whose agreement says so (agreement_pauses), from the event
//       that began it to the one that ended it.  A pause belongs to the case: it holds for
//       every clock and target, also those that start or change later.
//   R7  The target is the one for today's priority and agreement, counted from the beginning
//       (clock.h C5).
//   R8  A word that was taken back, is held, or did not arrive, was not said.  One that was written
//       to leave later is said when it leaves (clock_case.h, E4).
//   R9  Spam and merged cases have no clocks that run.
//   R10 A clock is met when it ended in time, late when it ended or stands beyond its due.
//   R11 Solving that was taken back, and spam that was none, ended no clock; only a wait is over.
#pragma once

#include "clock/agreement.h"

enum clock_signal {
    SIGNAL_CREATED = 1,
    SIGNAL_CUSTOMER,    // the customer's words
    SIGNAL_WORD,        // ours, public, not automatic
    SIGNAL_UNSAID,      // taken back, or it did not arrive
    SIGNAL_WAIT,        // .cause
    SIGNAL_GO,          // the waiting is over
    SIGNAL_SOLVED,
    SIGNAL_REOPENED,
    SIGNAL_UNDONE,      // R11
    SIGNAL_OVER,        // closed, merged, spam
    SIGNAL_ASKED,       // an engagement was requested: .mode, .level, .object
    SIGNAL_TAKEN,       // accepted
    SIGNAL_SETTLED,     // answered, declined, withdrawn ...
    SIGNAL_PRIORITY,    // .from, .to
};

// As in engagement/engagement_words.h, which stands above this folder.
enum reckon_mode { RECKON_CONSULT = 1, RECKON_HANDOVER, RECKON_RETURN, RECKON_SWARM };

struct reckon_event {
    instant at;
    enum clock_signal signal;
    enum clock_cause cause;
    enum reckon_mode mode;
    int level;
    int64_t object;    // the message, the engagement
    int from, to;
};

struct reckon_case {
    enum channel channel;
    int priority, level;
    const struct reckon_event *event;    // oldest first
    isize events;
};

struct reckon_clock {
    enum clock_kind kind;
    int level;
    int64_t object;        // the engagement, or the number of the event that began it
    instant start, end;    // end 0: it has not ended
    instant due;           // 0: stands still
    int64_t target_ms, elapsed_ms, paused_ms;
    enum clock_cause stands;    // why it stands still now, or 0
    bool late;                  // R10
    struct clock_run run;
};

enum { RECKON_MOST = 64 };

// Room for RECKON_MOST; what is beyond that is left out, the oldest first.
isize reckon_clocks(struct arena *a, const struct reckon_case *c, const struct agreement *rules,
                    instant now, struct reckon_clock *out);

// When a clock has used up that much of its target, in working time; 0 while it stands.
instant reckon_at_percent(const struct reckon_clock *k, int percent);

bool reckon_runs(const struct reckon_clock *k);    // neither ended nor standing still
