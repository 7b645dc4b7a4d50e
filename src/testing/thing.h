// SPDX-License-Identifier: GPL-3.0-or-later
// What a route may be about, for the matrix of everybody and everything: one of each kind, made
// for a team of a desk.
#pragma once

#include "testing/test.h"

struct thing {
    const char *number, *key, *link, *vendor_link, *problem, *major;
    int64_t file, message, calendar, agreement, mailbox, sender, engagement, duty, contact,
        outbox, mail, team, person, rule, referral, circular, measure, vendor, forge, escalation,
        topic, product;
};

void thing_make(struct world *w, int64_t desk, int64_t team, struct thing *t);
