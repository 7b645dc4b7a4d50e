// SPDX-License-Identifier: GPL-3.0-or-later
// Which teams a sheet offers, the best first, each with the sentence that says why.
//
//   A1  Nobody is offered who would be refused: not the team that has the case, not one
//       without people, and for a hand-over nobody a level too high (unless the asker leads or
//       a rule sends such cases there), not the team it came from, and none that may not solve
//       this topic unless somebody there learns it.
//   A2  First comes the next level; there, the team that took most of the last hand-overs of
//       this category, then of this product, then by name.
//   A3  Only teams and kinds of cases are looked at, never what a person did or how fast.
//   A4  A vendor and a department are offered for a question only, after the teams that work.
//   A5  Among teams of a level one that serves the product or the topic comes first; one whose
//       level may not solve this topic comes after the others.  Each says so.
//   A6  A team stands out when more speaks for it than for any other: a rule of the desk, that it
//       took part in this case before, its product, its topic, that it took most of the last such
//       cases, or that the next level has no other, offered or not.  The order of names speaks
//       for nobody.
//   A7  For a team speaks, too, that solved cases like this one ended there (triage/), with the
//       words that decided; never for one below the level that has the case.
//   A8  While nobody has said what kind of case it is, the solution whose steps were tried last
//       says its topic and its product, and where none was tried, what solved cases suggest on
//       the page of the case (triage/triage_case.h), to find who stands out; what a level may is
//       not judged by it.
#pragma once

#include "engagement/engagement.h"

// A6, the weakest first.
enum target_evidence {
    EVIDENCE_LEVEL = 1,    // the only team of the next level
    EVIDENCE_TAKEN,
    EVIDENCE_TOPIC,
    EVIDENCE_PRODUCT,
    EVIDENCE_ALIKE,    // solved cases like this one ended there (triage/)
    EVIDENCE_PATH,
    EVIDENCE_RULE,
};

struct engagement_target {
    team_id team;
    struct words name;
    int level;
    bool ready;    // somebody there, not the asker, can be rung (engagement_live.h, E1)
    struct words why;
    enum target_evidence evidence;    // 0: nothing speaks for it
};

enum { TARGETS_SHOWN = 4 };    // as many as have a digit; the others stand in a list

// For engagement_hand_over, engagement_ask or engagement_swarm (mode).
fallible engagement_target_list(struct ctx *cx, const struct ticket *t,
                                enum engagement_mode mode, struct engagement_target **out,
                                isize *n);

// The one of this team, or NULL.  Pure.
const struct engagement_target *engagement_target_of(const struct engagement_target *t, isize n,
                                                     team_id team);

// A7: which team that is; 0: no team, or not one that is offered.
fallible engagement_target_alike(struct ctx *cx, const struct ticket *t,
                                 struct engagement_target *target, isize n, team_id *out);

// A6: the one that stands out stands first from here on.  NULL: none does.
const struct engagement_target *engagement_target_to_front(struct engagement_target *t,
                                                           isize n);

// A6: the one that stands out, or NULL.  Pure.
const struct engagement_target *engagement_target_evident(const struct engagement_target *t,
                                                          isize n);
