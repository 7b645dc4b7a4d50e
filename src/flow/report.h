// SPDX-License-Identifier: GPL-3.0-or-later
// The figures of flow.h as JSON, under the names that the literature of each log uses; and apart
// from them what went to more authority ("escalation_h", escalation/escalation.h) and what
// began above level 1 ("bypass"): how many cases, and by what: a "rule", the "address" of a
// team, the "lead", or "directly", by who entered it there.
#pragma once

#include "base/buf.h"
#include "flow/read.h"

// src: as read_cases has it; it also says which names are used.
fallible report_flow(struct ctx *cx, str src, struct buf *out);
