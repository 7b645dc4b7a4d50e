// SPDX-License-Identifier: GPL-3.0-or-later
// Removes what works that failed for good, and processes that died, left in the data folder.
//
//   V1  Once a day: bytes in blob/ without a row, and files in tmp/ (uploads, mails on their
//       way) and held/ (portal_file.h) that are older than anybody works on.
//   V2  Who stores bytes begins with their row.  So does who removes them: where the row cannot
//       be had, somebody stores them or has done so.
#pragma once

#include "job/job.h"

extern const struct job_kind blob_sweep_jobs[];    // "blob.sweep"
