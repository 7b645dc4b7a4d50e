// SPDX-License-Identifier: GPL-3.0-or-later
// The table of contents: what the program can do, feature by feature.
#pragma once

#include "job/job.h"
#include "web/route.h"

extern const struct route *const feature_routes[];    // ends with NULL
extern const struct job_kind *const feature_jobs[];    // ends with NULL
