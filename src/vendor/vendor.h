// SPDX-License-Identifier: GPL-3.0-or-later
// A vendor: what a desk knows of the firm behind a team of level 4.
//
//   V1  A vendor is a team (engagement.h, G2 G6); there is no person in it and none is kept.
//   V2  With a mail address questions go out by mail; without one they are asked by other means,
//       and the answer is entered by who asked.
//   V3  The address is not one of ours, or our own mail would answer us.
//   V4  Everything else may be empty: language (the desk's), the number of our contract there, a
//       note for colleagues that never leaves.
#pragma once

#include "person/team.h"

struct vendor {
    struct team team;
    str address, name;    // as mail greets it; empty: the team's name
    enum lang lang;
    str contract, note;
};

fallible vendor_load(struct ctx *cx, team_id team, struct vendor *out);    // ERR_ABSENT below 4
fallible vendor_list(struct ctx *cx, struct vendor **out, isize *n);
fallible vendor_save(struct ctx *cx, const struct vendor *v);
