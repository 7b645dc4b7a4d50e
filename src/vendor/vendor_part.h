// SPDX-License-Identifier: GPL-3.0-or-later
// What the operations of this folder share; nobody else includes it.
#pragma once

#include "staff/level.h"
#include "vendor/vendor_ask.h"

// One question, without its clocks.
fallible vendor_part_load(struct ctx *cx, engagement_id id, struct vendor_asked *out);
