// SPDX-License-Identifier: GPL-3.0-or-later
// Server-sent events: what happened, told to the pages that show it.
//
//   Y1  A page hears only of its own desk, and of a case only after its scope was checked.
//   Y2  An event names kinds and keys; the page fetches what it may see.
//   Y3  Events leave after the commit (db/writer.h, W6), heartbeats every 15 s.
//   Y4  A stream ends after LIMIT_STREAM_S, and the page opens another with its rights checked
//       anew: who was switched off or moved hears no more.
//   Y5  One person has at most LIMIT_STREAMS_PERSON, so that nobody takes the room of all.
#pragma once

#include "event/event.h"
#include "web/request.h"

struct live;

struct live *live_new(void);
void live_free(struct live *l);
bool live_add(struct live *l, struct exchange *x, const struct who *who, int64_t ticket);
void live_beat(struct live *l, int64_t now_ms);    // Y3 Y4; monotonic time
void live_publish(struct live *l, const struct event *first);
void live_close_all(struct live *l);
int live_count(struct live *l);
