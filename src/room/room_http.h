// SPDX-License-Identifier: GPL-3.0-or-later
// The room as it stands on the page of its thing: who is in it, the one list, a line to add.
//
//   H1  The thing's page brings the address; its route has loaded the thing before anything
//       here is looked at (R5).
//   H2  A refused line comes back with what was typed.
#pragma once

#include "room/room.h"
#include "web/frame.h"
#include "web/request.h"

struct room_panel {
    struct room room;
    struct url action;    // where its forms are sent
    bool asked;           // the thing's page has a button that joins
    bool closed;          // the thing is over: the list can be read
};

fallible room_panel(struct ctx *cx, struct room_key key, struct room_panel *out);

// One of its forms: tun = dabei, weg, sagen, ja, nein, offen.
fallible room_act(struct ctx *cx, const struct request *rq, struct room_key key);

const char *room_tone(const struct room_entry *e);
