// SPDX-License-Identifier: GPL-3.0-or-later
// Which team a new case goes to, and who of a team gets which case; each choice says why.
//
//   R1  A new case goes where the first rule that holds sends it (rule.h); else to the team whose
//       address it came to; else to the team of its level that serves its topic or product; else
//       it stays where it began.
//   R2  Who is on the phone with the customer keeps the case: a call is not sent elsewhere.
//   R3  Each choice is kept with its sentence, as an event, and shown in the case.
//   R4  A team pulls: "next" gives the asker the best case of the own teams, and nobody else
//       gets the same one.
//   R5  Where the team says so, and on live channels, a case is given to somebody at once if
//       somebody can have it (chooser.h); else it waits for all.
//   R6  What waits is given when somebody becomes free, and looked at again every
//       ROUTING_AGAIN_S while it waits.
//       A team in which that fails delays no other: it has a job of its own (J15).
//   R7  Load is counted to choose and for nothing else: no page, event or log has it.
//   R8  Only a lead gives cases to others or sends new ones elsewhere by hand.  What somebody
//       works on already is handed over instead.
//   R9  A case that begins above level 1 is a bypass: the report of the flow counts it, by what
//       sent it there (flow/report.h).  A rule for VIPs is no other than any.
#pragma once

#include "job/job.h"
#include "routing/rule.h"
#include "ticket/ticket.h"

enum {
    ROUTING_AGAIN_S = 300,
    ROUTING_LOOKED = 200,
    ROUTING_GIVEN = 50,
    ROUTING_SILENT_S = 15 * 60
};

// Right after ticket_create(), in its transaction; team, level and priority of `made` follow.
// address: of the desk, that it was written to, or empty.  *out: the case where it lies then; who
// has it and its version may be newer.
fallible routing_begin(struct ctx *cx, struct ticket_made *made, enum channel channel,
                       str address, struct ticket *out);

// The team to which the first rule that holds sends such a case; id 0: none.
fallible routing_ruled(struct ctx *cx, const struct ticket *t, team_id *out);

// R4.  Takes it for the asker; `id` 0: nothing waits that the asker may have.
fallible routing_next(struct ctx *cx, ticket_id *id);

// R5.  One case that waits for its team.  *given: somebody has it now.
fallible routing_give(struct ctx *cx, ticket_id id, bool *given);

// R8, for marked cases of a list.
fallible routing_assign(struct ctx *cx, struct ticket_at *at, person_id person);
fallible routing_send(struct ctx *cx, struct ticket_at *at, team_id team);

struct routing_choice {
    int64_t id;
    struct words why;
};

fallible routing_choices(struct ctx *cx, ticket_id id, struct routing_choice **out, isize *n);

// "routing.follow": who became free.  "routing.again": a team in which something waits.
extern const struct job_kind routing_jobs[];
