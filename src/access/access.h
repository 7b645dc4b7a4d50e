// SPDX-License-Identifier: GPL-3.0-or-later
// Who asks, and what they may do: roles, sessions, tokens.
//
//   A1  What a role may do stands in one table (access.c) and nowhere else.
//   A2  0 is never a permission: a route without one does not start (web/route.h).
//   A3  Sessions and tokens have 256 random bits; the database knows only their SHA-256.
//   A4  A sign-in makes a new session; what the browser brought before never becomes one.
//   A5  A session ends after LIMIT_SESSION_IDLE_S of silence and LIMIT_SESSION_S in all, at
//       sign-out, and at once when its person is disabled.
//   A6  Administration configures and sees no case's content (DOMAIN 3).
#pragma once

#include "person/person.h"

enum permission {
    CAN_ANYBODY = 1,     // no sign-in needed
    CAN_SIGNED_IN,       // any member of staff
    CAN_WORK,            // read and work on the cases of the own scope
    CAN_CALL,            // take calls: look up any customer of the desk
    CAN_WRITE_SOLUTION,  // write and mend solutions
    CAN_PUBLISH,         // decide a solution's audience
    CAN_WAIVE,           // let a duty go, with a reason
    CAN_SEE_QUEUES,      // quarantine, outbox, jobs
    CAN_CONFIGURE,       // people, teams, settings
    CAN_WORD,            // what our letters say beside their text
    CAN_LEAD,            // decide where teams cannot: skip a level, end a ping-pong
};

// What the person of this id may do and see, as of now.
fallible access_who(struct ctx *cx, person_id id, struct who *out);
bool access_can(const struct who *who, enum permission p);

// A new session; *token is what the cookie holds.
fallible access_start(struct ctx *cx, person_id person, str *token);

// Who holds this session.  ERR_DENIED if nobody (any more).
fallible access_session(struct ctx *cx, str token, struct who *who, enum lang *lang, str *name);
fallible access_seen(struct ctx *cx, str token);    // moves the idle end

// A5, for who listens longer than a request: does that session still open something?  Without a
// session, of a program: is its person still there?
fallible access_stands(struct ctx *cx, str token, person_id person, bool *out);
fallible access_end(struct ctx *cx, str token);
fallible access_end_all(struct ctx *cx, person_id person);
fallible access_sweep(struct ctx *cx);    // forget sessions that are over

// Tokens of programs; begin with "staffel_".
fallible access_token_add(struct ctx *cx, person_id person, bool may_write, str *token);
fallible access_token(struct ctx *cx, str token, struct who *who, bool *may_write);
fallible access_token_revoke(struct ctx *cx, int64_t id);    // ERR_ABSENT when it is no more

struct access_key {    // of a token only what is known of it without its text
    int64_t id;
    bool may_write;
    instant created;
};

// Those that still open something, oldest first.
fallible access_token_list(struct ctx *cx, person_id person, struct access_key **out, isize *n);

// ERR_INVALID with a sentence when a new password is too short, too long or too common.
fallible access_password_check(struct ctx *cx, str password, str login);
