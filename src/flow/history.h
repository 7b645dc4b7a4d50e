// SPDX-License-Identifier: GPL-3.0-or-later
// Event logs of other systems, read into one form: what happened to a case, in its order.
//
//   L1  A log is CSV (RFC 4180) with a line of names, plain or compressed (gzip).
//   L2  Columns are found by name; one that is missing is named, and nothing is taken.
//   L3  A line that cannot be understood is named with its number and left out; the others
//       go on.
//   L4  Lines of one case are brought together, in the order of the log; cases in the order
//       of their first line.
//   L5  People are counted, where the log names them, and forgotten at once.
//   L6  A state of the log has one meaning (flow.h), from one table; a state nobody knows is
//       noted and moves nothing.
#pragma once

#include "base/buf.h"
#include "base/ctx.h"
#include "flow/flow.h"

struct history_row {
    str id;    // of the case
    instant at;
    str state;
    enum flow_means means;
    str team;               // empty: as it was
    int level;              // of the team
    str line;               // when it is more than the level says: "2-3"
    int impact, urgency;    // 1 to 4, or 0: not said
    str product;
    str more;      // further members for the event: ,"impact":"Medium"
    str person;    // forgotten when this is read
    int64_t nth, order;
};

enum history_kind { HISTORY_BPIC2013 = 1, HISTORY_SERVICENOW, HISTORY_HELPDESK };

// "bpic2013": the word of the subcommand, and the src of what it makes.
const char *history_name(enum history_kind kind);
enum history_kind history_from(str name);    // 0: none

struct history {
    struct history_row *row;
    isize rows;
    int64_t people;     // how many different ones the log names; 0: it names none
    int64_t refused;    // lines left out (L3)
};

// `bytes` as they are in the file; `said` takes a sentence for each refused line, at most 200.
fallible history_read(struct ctx *cx, enum history_kind kind, str bytes, struct buf *said,
                      struct history *out);
