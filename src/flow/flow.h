// SPDX-License-Identifier: GPL-3.0-or-later
// How cases flowed through teams and lines: what the history of a desk says about escalation,
// ping-pong, waiting and time.  Pure: it looks at nothing but the sequences it is given.
//
//   F1  A path is the sequence of teams (or lines), equal neighbours being one.
//   F2  What follows a closed case belongs to the way of that case.
//   F3  Ping-pong: a team, another one, and the first again (A, B, A); each such place in a
//       path counts, its pair of teams in the order of their names.
//   F4  A line is "1", "2", "3", or "2-3" for a team of both.  A step is downward when the
//       next line begins lower, and a skip when it begins more than one above the last.
//   F5  Push to front: begins on line 1, never steps down, never skips.
//   F6  Reopened: something other than an end after it was resolved.
//   F7  A hand-over is a step of the path of teams.
//   F8  Time through: from the first to the last step, in days of 24 hours.  The median of an
//       even number is the mean of the two in the middle.
//   F9  A variant is the whole sequence of states, equal neighbours included.
//   F10 Nothing here knows a person.
#pragma once

#include "flow/tally.h"

enum flow_means {
    FLOW_QUEUED = 1,       // nobody has taken it up yet
    FLOW_WORK,             // somebody works on it
    FLOW_WAIT_USER,        // the one who asked must act
    FLOW_WAIT_CUSTOMER,    // the customer behind must act
    FLOW_WAIT_VENDOR,      // a vendor must act
    FLOW_WAIT,             // waits for something else
    FLOW_NOTED,            // says nothing about who must act
    FLOW_RESOLVED,
    FLOW_DONE,    // over in another way: in the call, cancelled
    FLOW_CLOSED,
};

struct flow_step {
    instant at;
    str team, line;
    str state;    // in the words of where it came from: "Accepted/In Progress"
    enum flow_means means;
    str org;    // the part of the house the team belongs to; empty: not known
};

struct flow_case {
    const struct flow_step *step;
    isize steps;
    str product;
};

struct flow_days {
    double mean, median;
};

struct flow_figures {
    int64_t cases, events;
    struct tally line_set, line_path, line_event, first_line, last_line;
    int64_t never_beyond_line1, not_started_on_line1, steps_down, skips, pushed_to_front;
    int64_t pingpong_cases, pingpong_times, revisits_team, revisits_line;
    struct tally pingpong_pair;
    int64_t handovers[4];                      // 0, 1, 2, 3 and more
    struct tally team, product, org;           // of org: how many cases came through it
    struct tally state_event, status_event;    // "Accepted/In Progress", "Accepted"
    struct tally last_state, variant;
    int64_t most_steps;
    struct flow_days through, through_0, through_3;    // all; without hand-over; 3 and more
    int64_t ever_resolved, never_over, reopened;
    int64_t wait_user_events, wait_user_cases, wait_cases;
};

void flow_figures(struct arena *a, const struct flow_case *c, isize n,
                  struct flow_figures *out);

int flow_line_begins(str line);    // F4; 0: of no line
bool flow_is_end(enum flow_means means);

// The codes that events keep of `means` ("queued", "wait_user"); 0 when there is no such.
const char *flow_means_code(enum flow_means means);
enum flow_means flow_means_from(str code);
