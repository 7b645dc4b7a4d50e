// SPDX-License-Identifier: GPL-3.0-or-later
// A copy of the data directory that a server could start on.
//
//   E1  The backup is taken while the server runs; it is the state of one moment, with every
//       file that state names.
//   E2  It is whole when the command says so: everything is synced.
//   E3  Nothing is overwritten: neither by a backup nor by a restore.
//   E4  A restore takes from a backup what a backup holds and nothing else: plain files, no links,
//       each with the hash that its name says.  Who can write to the backup reaches nothing
//       outside of it.
#pragma once

#include "app/command.h"

// A backup becomes a new data directory (E3 E4).
fallible backup_bring(struct ctx *cx, str from, const struct db_place *to, int64_t *files);

int backup_run(struct call *c);
int backup_restore(struct call *c);
int backup_check(struct call *c);
