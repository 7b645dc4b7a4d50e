// SPDX-License-Identifier: GPL-3.0-or-later
// /w/call: the phone capture.
#pragma once

#include "web/route.h"

extern const struct route call_routes[];
