// SPDX-License-Identifier: GPL-3.0-or-later
// The form in which solutions are written and mended, wherever that happens: here, from a duty
// (duty/duty_http.h), at the end of a case (solving/solve_http.h).
//
//   O1  One step a line; "->" stands between what to do and what one should see.
//   O2  Who may not publish is offered only what the desk will take from them (K4).
//   O3  A form that comes back shows what was typed, not what is stored.
#pragma once

#include "solution/solution.h"
#include "ticket/pick_http.h"
#include "web/frame.h"
#include "web/request.h"

struct solution_form {
    struct solution s;    // as shown; id 0: a new one
    str key;              // L-118; empty for a new one
    str steps;            // as typed
    struct url action;    // where it is sent
    struct url back;      // the page it was opened from
    str back_name;
    bool publisher;    // O2
    int level;         // highest of the writer's teams
    int64_t version;
    struct pick category, product;
};

// Fills the form from `s`, over it what was typed.
fallible solution_form_open(struct ctx *cx, const struct request *rq, const struct solution *s,
                            struct solution_form *out);

// The solution as typed, over what stands in *s; what is not in the form stays as it is.
fallible solution_form_take(struct ctx *cx, const struct request *rq, struct solution *s);

str solution_form_steps(struct arena *a, const struct solution *s);    // O1, for a field
bool solution_form_for(const struct solution *s, int bit);    // is the audience's box ticked
bool solution_form_offers(const struct solution_form *f, int bit);    // O2
