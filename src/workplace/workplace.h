// SPDX-License-Identifier: GPL-3.0-or-later
// Everything the page of a case shows, read once, in as few statements as it takes: who has
// it, what is known, what was said, what is promised, who takes part, what could help.
//
//   P1  What the case does not have costs no statement (timeline.h, L5).
//   P2  Looking changes nothing.
//   P3  Waiting is honest: it is said when the customer has written while the case waits, and
//       when it was put to wait within a quarter of an hour of its promise, or after it.
//   P4  Solutions that may fit are those of the topic and product; of a case that nobody has
//       classified, those of the topic and product that solved cases suggest.  Its words are
//       looked up when it is to be solved (solving/solve_http.h V2), not by every look (H3).
//   P5  "Jetzt" of a case that is over says what ended it, not what was to be done.
//   P6  A case whose first mail names another one (intake/arrival.h, R10) leads there and to the
//       sheet that merges them, as long as it is not over, and says whether it is the same
//       customer's; only who may read the other one learns that there is one.
//   P7  That a case goes to and fro is said from the second time on between the same two teams.
//   P8  What nobody has set up (keys, a Git service) is offered only to who sets up.
//   P9  Other open cases of the same customer are named, and the sheet that merges offers them: two
//       mails on one matter are two cases until somebody sees it.
//   P10 Of a case that is not over it says who of those who have it is away, until when, and who
//       stands in.
//   P11 Of a case that is not over it says that support for its product has ended, and what is
//       chosen (lifecycle/lifecycle.h).
#pragma once

#include "duty/duty.h"
#include "engagement/engagement_path.h"
#include "major/major.h"
#include "lifecycle/lifecycle.h"
#include "message/draft.h"
#include "outbox/outbox.h"
#include "referral/referral.h"
#include "staff/presence.h"
#include "triage/triage_case.h"
#include "vendor/vendor_ask.h"
#include "workplace/timeline.h"

struct workplace_hint {    // a solution that may fit
    str key, title;
    struct words confidence;
    int64_t reused;
};

struct workplace_named {    // P6
    str number, subject, contact;
    bool same;    // the same contact's
};

struct workplace_beside {    // P9
    str number, subject;
    instant created;
};

struct workplace {
    struct ticket ticket;
    str number;    // 4182-2073
    struct timeline timeline;
    enum timeline_filter filter;
    bool older;    // not the newest part: nothing is written from here

    struct engagement_station *station;
    isize stations;
    struct engagement_bounce bounce;     // it went to and fro
    struct words ball;                   // who must act, in words
    struct presence_span *away;    // of who works on it and who cares (P10)
    isize aways;
    const struct engagement *mine[4];    // open ones whose asked team is one of the asker's
    isize mines;

    struct draft draft[DRAFT_KINDS];
    struct outbox_waiting *unsent;    // what colleagues wrote and what waits for its time
    isize unsents;
    struct workplace_beside *beside;
    isize besides;
    struct solution_link *link;
    isize links;
    struct workplace_hint *hint;
    isize hints;
    struct referral *referral;
    isize referrals;
    struct vendor_asked *vendor;    // what vendors were asked
    isize vendors;
    struct duty *duty;
    isize duties;
    struct problem_hint *problem;    // its cause, or what it looks like
    isize problems;
    struct major major;              // number 0: none
    bool attached;                   // else it looks like it
    struct lifecycle outlived;       // of a case that is not over
    struct workplace_named named;    // without a number: none

    struct triage_case triage;    // what solved cases suggest for it
    bool wait_answered;           // P3: the customer has written since
    bool wait_late;               // P3: set just before the promise was due, or after
};

enum { WORKPLACE_HINTS = 3 };

// For the whole page.
// P9, and whether a case of this number was merged into this one: the number, or nothing.
fallible workplace_beside(struct ctx *cx, const struct ticket *t, struct workplace_beside **out,
                          isize *n);
fallible workplace_merged(struct ctx *cx, const struct ticket *t, str number, str *out);

fallible workplace_load(struct ctx *cx, const struct ticket *t,
                        const struct timeline_wish *wish, struct workplace *out);

// The case and its last few words, for the preview in a list.
fallible workplace_glance(struct ctx *cx, const struct ticket *t, struct workplace *out);

// P3.  Pure.
bool workplace_waits_late(instant since, instant due);

bool workplace_is_mine(const struct ctx *cx, const struct workplace *w);
bool workplace_is_over(const struct workplace *w);
bool workplace_waits(const struct workplace *w);

// What works for the asker, so that nothing else is offered.  Pure.
const struct engagement *
workplace_asked(const struct workplace *w);    // to be answered, or NULL
bool workplace_passes(const struct ctx *cx, const struct workplace *w);    // may hand it over
struct words workplace_stuck(const struct ctx *cx,
                             const struct workplace *w);    // why not; empty: it may
bool workplace_returns(const struct ctx *cx, const struct workplace *w);
bool workplace_works(const struct ctx *cx, const struct workplace *w);    // its team, or a lead

const struct escalation *workplace_led(const struct workplace *w);    // at the lead, or NULL

// How a letter to the customer begins, with the empty line behind.
str workplace_greeting(struct arena *a, const struct ticket *t);
