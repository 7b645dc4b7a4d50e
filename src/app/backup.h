// SPDX-License-Identifier: GPL-3.0-or-later
// A copy of the data directory that a server could start on.
//
//   E1  The backup is taken while the server runs; it is the state of one moment, with every
//       file that state names.
//   E2  It is whole when the command says so: everything is synced.
//   E3  Nothing is overwritten: neither by a backup nor by a restore.
#pragma once

#include "app/command.h"

int backup_run(struct call *c);
int backup_restore(struct call *c);
int backup_check(struct call *c);
