// SPDX-License-Identifier: GPL-3.0-or-later
// The threads that do jobs (job/job.h): one for quick work, one for each kind that goes abreast
// (J16), and for each that waits for peers as many as it wants (J13).  Who stops gives back what
// was taken and not begun, with its try uncounted, so that nobody waits for the end of its lease
// (J3).
#pragma once

#include "db/pool.h"
#include "db/writer.h"
#include "job/job.h"

struct runner;

struct runner *runner_start(const struct job_kind *kinds, struct pool *pool,
                            struct writer *writer, str data_dir);
void runner_wake(struct runner *r);    // a commit may have added a job
void runner_stop(struct runner *r);
