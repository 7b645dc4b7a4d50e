// SPDX-License-Identifier: GPL-3.0-or-later
// A disk that loses power: SQLite's files through a layer that forgets what was not synced.
//
//   V1  A write is visible in this process at once, and on the disk only after the sync of its
//       file.  When the process ends in any way, the rest is gone: killing it is the power cut.
//   V2  Now and then a sector of an unsynced write reaches the disk early, in any order, as
//       real disks do; a power cut in the middle of a sync leaves some of it.
//   V3  Sectors (512 bytes) are written whole.
//
// `kill -9` alone proves nothing: what a killed process wrote stays in the kernel's memory.
#pragma once

#include <stdbool.h>
#include <stdint.h>

// Becomes SQLite's way to its files for the whole process.
bool lossy_start(uint64_t seed);
void lossy_stop(void);

// End the process at the nth write or sync from now (V2); 0: never.
void lossy_die_at(int64_t nth);

// As after a power cut, without ending the process: close every database first.
void lossy_forget(void);

// The next of a row of random numbers, the same for the same seed.
uint64_t lossy_random(void);
