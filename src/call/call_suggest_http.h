// SPDX-License-Identifier: GPL-3.0-or-later
// What may help with a call, as JSON while the line is typed: the incident (C12), that support has
// ended for the product it names (lifecycle.h, C7), solutions with
// their steps and the known error they work around (C13), and who may be calling.
#pragma once

#include "search/search.h"
#include "web/route.h"

fallible call_suggest(struct ctx *cx, struct request *rq, struct reply *rp);
// Of each solution P-1, or empty.
fallible call_suggest_known(struct ctx *cx, const struct search_suggestion *s, str **out);
