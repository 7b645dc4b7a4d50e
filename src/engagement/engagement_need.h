// SPDX-License-Identifier: GPL-3.0-or-later
// What a hand-over of a topic must say beside the problem and the promise: the desk decides it
// for each topic, because a question about an invoice needs no serial number.
//
//   D1  "Tried" and "situation" may be wanted, topic by topic; a topic below another one has
//       wishes of its own.
//   D2  Only who configures the desk says so.
#pragma once

#include "engagement/engagement.h"

enum contract_need { NEED_TRIED = 1, NEED_SITUATION = 2 };    // bits

struct engagement_need {
    category_id category;
    struct words name;
    bool below;    // another one
    unsigned needs;
};

fallible engagement_need_list(struct ctx *cx, struct engagement_need **out, isize *n);
fallible engagement_need_of(struct ctx *cx, category_id category, unsigned *out);
fallible engagement_need_set(struct ctx *cx, category_id category, unsigned needs);
