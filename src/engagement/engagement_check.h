// SPDX-License-Identifier: GPL-3.0-or-later
// May this happen?  The guards of engagement.h, decided by looking at nothing but the
// arguments.  Each has a test of its name in engagement_check_test.c.
#pragma once

#include "engagement/engagement.h"
#include "engagement/release.h"

// The one table of states.  False: that does not happen.
bool engagement_check_next(enum engagement_mode mode, enum engagement_state state,
                           enum engagement_act act, enum engagement_state *out);

// Filled blocks of the contract in percent, and the names of the empty ones ("" when none is).
int engagement_check_completeness(const struct engagement_contract *c);
str engagement_check_missing(struct arena *a, const struct engagement_contract *c,
                             enum lang lang);

// Everything the guards look at.
struct engagement_facts {
    const struct ticket *ticket;
    struct team from;    // works on the case
    struct team to;      // is to take part
    bool member;         // the asker belongs to the team that has to act
    bool lead;           // may decide where teams cannot
    bool pending;        // G1: a hand-over or return waits
    bool question;       // G1: a question waits
    bool swarming;       // `to` is called or helps already
    bool returned;       // G5: `from` has returned this case to `to` before
    bool came_from;      // `to` handed this case to `from`
    bool passed_on;      // G16: `to` passed this request on
    bool able;           // G2: `to` may solve this topic, or somebody there wants to learn it
    bool ruled;          // G7: a rule of the desk sends such cases to `to`
    bool ready;          // E1: somebody of `to`, not the asker, is ready to be rung
    unsigned needs;      // G3: bits of enum contract_need
    int64_t members;     // G2: people in `to`
    struct release_customer customer;    // G8: whom a question to a vendor must not name
};

fallible engagement_check_handover(struct ctx *cx, const struct engagement_facts *f,
                                   const struct engagement_contract *c);
fallible engagement_check_forward(struct ctx *cx, const struct engagement_facts *f);
fallible engagement_check_return(struct ctx *cx, const struct engagement_facts *f,
                                 const struct engagement_return *r);
// G2: there is somebody in `to`, and it works on cases of its own.
bool engagement_check_takes(const struct engagement_facts *f);

fallible engagement_check_ask(struct ctx *cx, const struct engagement_facts *f,
                              const struct engagement_question *q);
fallible engagement_check_swarm(struct ctx *cx, const struct engagement_facts *f, str why);

// E7: the asked team takes over what is being talked about.
fallible engagement_check_take_over(struct ctx *cx, const struct engagement *consult,
                                    const struct engagement_facts *f, str line);

// Answers.  `line`: what was typed with it.  *next is the state it leads to.
fallible engagement_check_act(struct ctx *cx, const struct engagement *e,
                              enum engagement_act act, const struct engagement_facts *f,
                              str line, enum engagement_state *next);
