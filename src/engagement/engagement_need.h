// SPDX-License-Identifier: GPL-3.0-or-later
// What a hand-over of a topic must say beside the problem and the promise: the desk decides it
// for each topic, because a question about an invoice needs no serial number.
//
//   D1  "Tried" and "situation" may be wanted, topic by topic; a topic below another one has
//       wishes of its own.
//   D2  Only who configures the desk says so.
//   D3  More than a page of topics are shown by the page; saving one leaves the others.
#pragma once

#include "engagement/engagement.h"

enum contract_need { NEED_TRIED = 1, NEED_SITUATION = 2 };    // bits

struct engagement_need {
    category_id category;
    struct words name;
    bool below;    // another one
    unsigned needs;
};

fallible engagement_need_list(struct ctx *cx, const struct choice_wish *wish,
                              struct engagement_need **out,
                              isize *n);    // a page of what is offered (ticket/choice.h)
fallible engagement_need_of(struct ctx *cx, category_id category, unsigned *out);
fallible engagement_need_set(struct ctx *cx, category_id category, unsigned needs);
