// SPDX-License-Identifier: GPL-3.0-or-later
// "Mein Tag", /w: what came to me, what is promised until tomorrow, who asks us to take part, what
// came back, what we owe, and what is new to know.  First what must not wait: replies that did not
// arrive.
//
//   Y1  The ball that came to me stands near the top and says why (news.h), and so do the cases of
//       whom I stand in for.
//   Y2  What is due until tomorrow is what my teams promised and what I must do it for, whoever
//       promised it.  The number is the true one; of many the first are shown, with a link to all.
//   Y3  What came back stands by its time, over all of my teams.
//   Y4  What is new to know is what "Pflichten" calls new (duty.h, F9).
//   Y5  Whom I stand in for, and when I am on call, stands there.
//   Y6  A reply that is held (outbox.h, O14) stands there for who wrote it and for the team
//       that owes the next word.
//   Y7  So does what is solved while the reply that told of it was taken back (ticket.h, W12), for
//       the team that owes the word.
#pragma once

#include "duty/duty.h"
#include "engagement/engagement_path.h"
#include "escalation/escalation_http.h"
#include "forge/forge_issue.h"
#include "inbox/news.h"
#include "staff/presence.h"
#include "ticket/ticket_list.h"
#include "web/route.h"

struct day_promise {
    str what, subject, contact;
    instant due;
    int64_t number;
    int level, priority;
    bool vip;
    bool waits;    // for somebody outside, or a date
};

enum day_unsaid_why { UNSAID_UNREACHED = 1, UNSAID_HELD, UNSAID_UNTOLD };    // W9, Y6, Y7

struct day_unsaid {    // the customer has not got our word
    str subject, contact;
    bool vip;
    instant at;    // since when it is known
    int64_t number;
    int level;
    bool over;    // unreached: solved, and he has not heard of it
};

// Cases of a team that wait, and those of them that should be looked at (workplace.h, P3).
struct day_waits {
    struct words team;
    int64_t waiting, answered, late;
};

struct day_page {
    struct escalation *led;    // what is with the asker as a lead, first what nobody has taken
    isize leds, untaken;
    bool more_led;
    struct escalation *told;    // what leads decided about the asker's requests
    isize tolds;
    struct news *cover;    // Y1: of whom I stand in for
    isize covers;
    struct news *came;    // Y1
    isize cames;
    struct presence_span *covered, *oncall;    // Y5
    isize covereds, oncalls;
    struct day_promise *promise;
    isize promises;
    int64_t promised;    // Y2: the true number
    struct day_unsaid *unreached;
    isize unreacheds;
    struct day_unsaid *held;    // Y6
    isize helds;
    struct day_unsaid *untold;    // Y7
    isize untolds;
    struct engagement_waiting *asked;    // hand-overs and questions to my teams
    isize askeds;
    struct engagement_waiting *back;    // returns that wait for my teams
    isize backs;
    struct ticket_row *returned;    // what they have accepted
    isize returneds;
    struct duty *duty;
    isize duties;
    struct solution *fresh;    // lately published
    isize freshs;
    struct day_waits *wait;    // of my teams, where there is something to look at
    isize waits;
    struct forge_news *news;    // what the developers did about my teams' cases
    isize newss;
    bool ready;    // to be rung (engagement_live.h)
};

extern const struct route day_routes[];

// The earlier of what is agreed and what the customer was told; whether it is the promise.
instant day_due(const struct engagement_waiting *k);
bool day_by_promise(const struct engagement_waiting *k);
int64_t day_covers(const struct day_page *v, const struct presence_span *absence);    // Y1
struct url day_answer(const struct page *p, const struct engagement_waiting *k);    // its sheet
