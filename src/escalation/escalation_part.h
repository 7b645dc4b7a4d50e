// SPDX-License-Identifier: GPL-3.0-or-later
// What the operations of this folder share; nobody else includes it.
#pragma once

#include "escalation/escalation.h"

// more: further members of the event's data, each with a comma before it.
fallible escalation_part_tell(struct ctx *cx, const char *kind, const struct escalation *e,
                              str more);

fallible escalation_part_end(struct ctx *cx, struct escalation *e,
                             enum escalation_outcome outcome, str decision);

// E8: without words, for nobody said any.
fallible escalation_part_raise(struct ctx *cx, const struct ticket *t,
                               const struct escalation_new *n);
