// SPDX-License-Identifier: GPL-3.0-or-later
// The swarm: several teams help with one case, which stays where it is.
//
//   R1  One sheet calls as many teams as are ticked; each call is an engagement of its own.  Who is
//       called or helps already is not offered again.
//   R2  A called team joins with one key, from the case or from here, and whoever says so is in the
//       room; its part ends with a line of what came out of it.
//   R3  Who called sees on the same sheet who is called, who helps and what came of it, as it
//       happens: the script fetches what changed, and leaves alone what is being typed.
//   R4  The case has a room (room/room.h): who may see the case notes into one list.
#pragma once

#include "engagement/engagement_target.h"
#include "room/room_http.h"
#include "sheet/sheet_http.h"
#include "web/route.h"

struct swarm_part {
    struct engagement e;
    bool mine;    // the asker's team is called
    bool sent;    // the asker's team called
};

struct swarm {
    struct sheet sheet;
    const struct swarm_part *part;
    isize parts;
    const struct engagement_target *target;
    isize targets;
    str why;
    struct room_panel room;
};

// The name of the box of a team.
str swarm_box(const struct page *p, team_id team);

extern const struct route swarm_routes[];
