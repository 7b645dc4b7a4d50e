// SPDX-License-Identifier: GPL-3.0-or-later
// The ways of cases as an event log that tools for process mining read: XES, IEEE 1849-2016.
//
//   X1  A trace is a way of read.h, an event one of its steps; both in their order.
//   X2  concept:name of an event is its state, org:group its team, lifecycle:transition what
//       it means in the standard life cycle of 1849 (clause 7.2): schedule, start, suspend,
//       resume, complete; "unknown" for what says nothing about who must act.
//   X3  No event names a person: there is no org:resource.
//   X4  Whatever a name holds, the file is XML: what XML 1.0 cannot carry becomes U+FFFD.
//   X5  The line and the product have no name in the standard and stand under plain keys.
#pragma once

#include "base/buf.h"
#include "flow/read.h"

// src: as read_cases has it.
fallible xes_write(struct ctx *cx, str src, struct buf *out);

// The same of cases at hand.
void xes_put(struct buf *out, const struct read_case *c, isize n);
