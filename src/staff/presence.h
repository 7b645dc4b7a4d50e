// SPDX-License-Identifier: GPL-3.0-or-later
// Who is here: absence with who stands in, the rota of on-call people, and "I take cases now".
//
//   P1  An absence has a beginning, an end and perhaps a substitute; never a reason.
//   P2  A person enters the own absence; who configures or leads may enter it for others.
//   P3  A substitute is somebody else of the desk whose account works, and who sees the cases of
//       the teams of who is away.
//   P4  On call is somebody of the team, from when until when; who hands over to the team reads
//       who it is now.
//   P5  Ready is what the person says, for now; who signs in is not ready by that.
//   P6  What is over is forgotten: nothing is kept of when somebody was away.
//   P7  Who stands in and who is on call reads it himself, in "Mein Tag" and on the own page;
//       until when somebody is away, and who stands in, stands on each case of his.
#pragma once

#include "job/job.h"
#include "person/person.h"

struct presence_span {
    int64_t id;
    person_id person;
    str name;
    instant from, until;
    person_id other;    // absence: the substitute, or 0
    str other_name;
    team_id team;    // on call: for whom
    struct words team_name;
};

// Pure: does one of the person's spans hold `at`?  Its index, or -1.
isize presence_at(const struct presence_span *span, isize n, person_id person, instant at);

// Absences that are not over; person 0: of everybody.
fallible presence_absences(struct ctx *cx, person_id person, struct presence_span **out,
                           isize *n);
fallible presence_leave(struct ctx *cx, const struct presence_span *s);    // P1 P2 P3
fallible presence_return(struct ctx *cx, int64_t id);

struct presence_standin {    // P3
    person_id id;
    str name;
};

// Who may stand in for a person; 0: for anybody.
fallible presence_standins(struct ctx *cx, person_id person, struct presence_standin **out,
                           isize *n);

// Who is away now: those whom the asker stands in for; one of two people who have a case.
fallible presence_covered(struct ctx *cx, struct presence_span **out, isize *n);
fallible presence_away(struct ctx *cx, person_id one, person_id other,
                       struct presence_span **out, isize *n);

fallible presence_oncall(struct ctx *cx, team_id team, struct presence_span **out, isize *n);
fallible presence_oncall_add(struct ctx *cx, team_id team, const struct presence_span *s);
// The asker's own that are not over; of all teams those of now (P4 P7).
fallible presence_oncall_own(struct ctx *cx, struct presence_span **out, isize *n);
fallible presence_oncall_now(struct ctx *cx, struct presence_span **out, isize *n);
fallible presence_oncall_drop(struct ctx *cx, team_id team, int64_t id);

fallible presence_is_ready(struct ctx *cx, bool *out);    // the asker
fallible presence_set_ready(struct ctx *cx, bool ready);

// "presence.forget": P6.
extern const struct job_kind presence_jobs[];
