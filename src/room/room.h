// SPDX-License-Identifier: GPL-3.0-or-later
// A room: people of several levels look at one thing together, be it a case in a swarm, a
// problem or a major incident, and keep one list of what they know.
//
//   R1  One list for all: notes, guesses, findings, next steps, in the order they were said.
//   R2  A guess is open, confirmed or ruled out; a step is to be done or done.  A confirmed
//       guess is a finding like any other.
//   R3  What was said is never changed or removed; only its state is, and a state says when.
//   R4  Who joins is seen with the level, by name as long as the room lasts; nothing about
//       them is counted.  Joining twice is being there.
//   R5  Who may see the thing may come in: the page of the thing has looked.  A room of
//       another desk is not there.
#pragma once

#include "ticket/ticket_words.h"
#include "base/ctx.h"

enum room_about { ROOM_CASE = 1, ROOM_PROBLEM, ROOM_MAJOR };
enum room_kind { ROOM_NOTE = 1, ROOM_GUESS, ROOM_FINDING, ROOM_STEP };
enum room_state { ROOM_OPEN = 1, ROOM_YES, ROOM_NO };    // confirmed or done; ruled out

extern const struct ticket_word room_kinds[], room_states[];    // states: of a guess

struct room_key {
    enum room_about about;
    int64_t object;    // the case, problem or major incident
};

struct room_entry {
    int64_t id;
    enum room_kind kind;
    enum room_state state;
    str text, person;
    int level;
    instant at, settled;
};

struct room_member {
    str name;
    int level;
    bool me;
};

struct room {
    struct room_key key;
    const struct room_entry *entry;
    isize n;
    const struct room_member *member;
    isize members;
    bool inside;    // the asker joined
};

fallible room_load(struct ctx *cx, struct room_key key, struct room *out);
fallible room_join(struct ctx *cx, struct room_key key);
fallible room_leave(struct ctx *cx, struct room_key key);
fallible room_say(struct ctx *cx, struct room_key key, enum room_kind kind, str text);    // R1
fallible room_settle(struct ctx *cx, struct room_key key, int64_t entry,
                     enum room_state state);    // R2

bool room_may_settle(enum room_kind kind, enum room_state state);    // pure: R2
