// SPDX-License-Identifier: GPL-3.0-or-later
// Server-sent events: what happened, told to the pages that show it.
//
//   Y1  A reader hears only of cases they may see, asked anew for each event: with a case, of
//       that one; without, of all of theirs.  What belongs to no case is told to nobody.
//   Y2  An event names kinds and keys; the page fetches what it may see.
//   Y3  Events leave after the commit (db/writer.h, W6), heartbeats every 15 s.
//   Y4  A stream ends after LIMIT_STREAM_S, and the page opens another with its rights checked
//       anew: who was switched off or moved hears no more.
//   Y5  One person has at most LIMIT_STREAMS_PERSON, so that nobody takes the room of all.
//   Y6  A stream whose session ended, or whose person was disabled, hears nothing from then on: it
//       is asked for each event that it would hear, and ends there (access.h, A5).
#pragma once

#include "event/event.h"
#include "web/request.h"

struct live;

struct live *live_new(void);
void live_free(struct live *l);

// session: the token it was opened with; empty: an API token (Y6).
bool live_add(struct live *l, struct exchange *x, const struct who *who, str session,
              int64_t ticket);
void live_beat(struct live *l, int64_t now_ms);    // Y3 Y4; monotonic time

// Y3: after the commit, on the connection that made it.
void live_publish(struct live *l, struct ctx *cx);
void live_close_all(struct live *l);
int live_count(struct live *l);

// Y1: the members of the teams that may see the event's case, ascending.
struct live_reach {
    int64_t *person;
    isize n;
};

fallible live_reach_load(struct ctx *cx, const struct event *e, struct live_reach *out);
bool live_reaches(const struct live_reach *r, const struct event *e, const struct who *who,
                  int64_t ticket);    // pure
