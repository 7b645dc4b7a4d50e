// SPDX-License-Identifier: GPL-3.0-or-later
// staffel intake: a mail from a pipe (intake/pipe.h).
#pragma once

#include "app/command.h"

int intake_command(struct call *c);
