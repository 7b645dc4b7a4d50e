// SPDX-License-Identifier: GPL-3.0-or-later
// "Mein Tag", /w: what is promised until tomorrow, who asks us to take part, what came back,
// what we owe, and what is new to know.  First what must not wait: replies that did not arrive.
#pragma once

#include "duty/duty.h"
#include "engagement/engagement_path.h"
#include "escalation/escalation_http.h"
#include "forge/forge_issue.h"
#include "ticket/ticket_list.h"
#include "web/route.h"

struct day_promise {
    str what, subject, contact;
    instant due;
    int64_t number;
    int level, priority;
};

struct day_unreached {    // our last reply did not reach the customer (ticket.h, W9)
    str subject, contact;
    instant at;    // since when it is known
    int64_t number;
    int level;
    bool over;    // solved, and he has not heard of it
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
    struct day_promise *promise;
    isize promises;
    struct day_unreached *unreached;
    isize unreacheds;
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
struct url day_answer(const struct page *p, const struct engagement_waiting *k);    // its sheet
