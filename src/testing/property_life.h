// SPDX-License-Identifier: GPL-3.0-or-later
// A life of a case in plain structs, and its judge (property.h): the judge knows the tables and
// the meaning of the clocks by heart and asks nobody.
#pragma once

#include "clock/reckon.h"
#include "engagement/engagement.h"

enum { LIFE_TEAMS = 6, LIFE_STEPS = 60, LIFE_PARTS = 24, LIFE_EVENTS = 120, LIFE_SPANS = 60 };

extern const struct team life_teams[LIFE_TEAMS + 1];

// The time the case was in one status.
struct life_span {
    enum ticket_status status;
    instant from, to;    // to 0: still
};

struct life {
    struct ctx cx;
    uint64_t random;
    bool office;    // the calendar has hours; else all hours count

    struct ticket t;
    struct engagement part[LIFE_PARTS];
    int parts;
    struct reckon_event event[LIFE_EVENTS];
    int events;

    // The judge's own memory.
    struct life_span span[LIFE_SPANS];
    int spans;
    const char *broken;
    struct reckon_clock before[RECKON_MOST];
    isize clocks;
};

uint64_t life_roll(struct life *l, uint64_t sides);
bool life_has_room(const struct life *l);

void life_note_status(struct life *l, enum ticket_status to);
void life_note_engagement(struct life *l, const struct engagement *e, enum engagement_state to);
const char *life_judge(struct life *l);    // the rule that is broken, or NULL
