// SPDX-License-Identifier: GPL-3.0-or-later
// What customers see of a desk: help to find, a report without an account, and one's own
// requests by a signed link (link/portal_link.h).
//
//   V1  Whoever reads the portal is nobody there, also somebody of the staff who is signed in:
//       solutions for customers, and nothing of any case but what a link opens.
//   V2  Internal words never come out: no note, no call record, no file of one, no team's
//       name, no count that includes them.
//   V3  The state is told in plain words: who has it, what comes next, until when.  Who has it
//       is said as mails say it, in the desk's own words (staff/level.h).
//   V4  Every page works without a script, and nothing that was typed is lost.
//   V5  Asking for one's links is answered the same, and as fast, for what exists and for what
//       does not; the links go to the address we know, never to the asker (portal_ask.h).
#pragma once

#include "major/major.h"
#include "engagement/engagement_path.h"
#include "portal/portal_fact.h"
#include "promise/promise.h"
#include "staff/level.h"
#include "tenant/tenant.h"

// What stands around every page.
struct portal_desk {
    struct tenant tenant;
    struct facts facts;
    const struct major *major;    // known outages
    isize majors;
};

fallible portal_desk(struct ctx *cx, struct portal_desk *out);
struct who portal_nobody(tenant_id tenant);    // V1

// A solution in a list.
struct portal_help {
    int64_t key;
    str title;
};

enum { PORTAL_HELP = 6 };

// What helped most often, and what else is new; for everybody, in the reader's language.
struct portal_lists {
    struct portal_help often[PORTAL_HELP], fresh[PORTAL_HELP];
    isize n_often, n_fresh;
};

fallible portal_lists(struct ctx *cx, struct portal_lists *out);

// --- one's own request ---------------------------------------------------------------------

// V3: "Ihr Anliegen liegt jetzt bei der Fachtechnik."  Pure.
struct words portal_state(struct arena *a, const struct levels *l, const struct ticket *t,
                          instant now);

// What anybody is promised for a case like this, whoever he is: no firm, no VIP, no rule has a say.
// `t` is not looked up.
fallible portal_usual_promise(struct ctx *cx, const struct ticket *t, struct words *out);

// Where it has been, where it is, what is still to come.
enum portal_when { PORTAL_DONE = 1, PORTAL_NOW, PORTAL_LATER };

struct portal_station {
    struct words name;
    enum portal_when when;
    instant at;    // since when; 0 for what is to come
    int level;     // of the desk; 0: reported, solved
};

// The stations of a case from its path: reported, the levels it has been at, solved.  Pure.
void portal_stations(struct arena *a, const struct levels *l, const struct ticket *t,
                     const struct engagement_station *path, isize n,
                     struct portal_station **out, isize *out_n);

struct words portal_level(const struct levels *l, int level);    // "bei der Fachtechnik"
