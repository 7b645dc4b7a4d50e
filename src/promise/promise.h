// SPDX-License-Identifier: GPL-3.0-or-later
// What the customer was told, with its time ("Zusage").
//
//   Z1  The case's due time is its earliest open promise, in the same transaction; none: never.
//   Z2  A promise stays open until it is kept, moved or dropped with its case.  When its time
//       passes it is marked broken and stays open, so that it stays on top of every list.
//       Of a case that is over it is dropped instead, and what ended with a case that was not
//       over after all is open again.
//   Z3  Moving needs a reason, a time in the future, and leaves both promises to be read.
//   Z4  The next public word keeps every open promise of an answer; other promises are kept
//       by hand.  That somebody else was asked is no answer (engagement/handover_http.h, S4).
//   Z5  A promise belongs to a team, never to a person.
//   Z6  A time promised is a full five minutes, never earlier than the target.
//   Z7  A page says "heute"; a letter names the day, for it may be read on another one.
#pragma once

#include "clock/agreement.h"
#include "job/job.h"
#include "message/message.h"

KEY(promise_id);

enum promise_kind { PROMISE_ANSWER = 1, PROMISE_OTHER };    // Z4
enum promise_state { PROMISE_OPEN = 1, PROMISE_KEPT, PROMISE_MOVED, PROMISE_DROPPED };

struct promise {
    promise_id id;
    enum promise_kind kind;
    enum promise_state state;
    str what;    // in the customer's words
    instant due;
    instant broken;    // when it was seen that its time had passed; 0: it was not
    str reason;        // why it was moved
    team_id team;
    struct words team_name;
    instant created, closed;
};

struct promise_new {
    enum promise_kind kind;
    str what;    // empty with PROMISE_ANSWER: the usual words
    instant due;
    team_id team;    // 0: who cares for the case
};

fallible promise_give(struct ctx *cx, struct ticket_at *at, const struct promise_new *p,
                      promise_id *out);
fallible promise_keep(struct ctx *cx, struct ticket_at *at, promise_id id);
fallible promise_move(struct ctx *cx, struct ticket_at *at, promise_id id, instant due,
                      str reason, promise_id *out);
fallible promise_answered(struct ctx *cx, struct ticket_at *at);    // Z4

// That reply, of this moment, was taken back: what it kept or moved is open again, and what was
// promised with it in its place was not said to anybody.
fallible promise_unanswered(struct ctx *cx, struct ticket_at *at, instant answered);

// The case was not over after all: what ended with it at that moment is open again.
fallible promise_unended(struct ctx *cx, struct ticket_at *at, instant ended);

fallible promise_drop_all(struct ctx *cx, struct ticket_at *at);    // the case is over

// message_add of a reply, with what it keeps (Z4): this is what pages and the API call.
fallible promise_reply(struct ctx *cx, struct ticket_at *at, const struct message_new *m,
                       message_id *out);
fallible promise_list(struct ctx *cx, ticket_id ticket, struct promise **out,
                      isize *n);    // open first
fallible promise_load(struct ctx *cx, promise_id id, ticket_id *ticket, struct promise *out);

// The first promise of a new case, by its priority and channel.
fallible promise_first(struct ctx *cx, struct ticket_made *made, enum channel channel,
                       instant *due);

// T13 with everything that was promised.  step_merge() is the whole of it.
fallible promise_merge(struct ctx *cx, struct ticket_at *from, struct ticket_at *into);

// Until when a first word can be promised, by what the desk has agreed for this case; ticket 0:
// for one that is not there yet.  Z6; without a target: a working day of the wall clock.
fallible promise_first_due(struct ctx *cx, ticket_id ticket, int priority, enum channel channel,
                           instant from, instant *out);
instant promise_round(instant due);    // pure: Z6

// "Sie hören bis heute 16:10 von uns" / "You will hear from us by 16:10 today", no full stop; in
// a letter "... bis Dienstag, 1. Dezember, 16:10 Uhr von uns" (Z7).  Pure.
struct words promise_words(struct arena *a, instant now, instant due, bool formal);
struct words promise_written(struct arena *a, instant now, instant due, bool formal);

bool promise_is_late(const struct promise *p, instant now);    // pure

extern const struct ticket_word promise_states[];
extern const struct job_kind promise_jobs[];    // "promise.late", one a desk: Z2
