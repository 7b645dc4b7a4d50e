// SPDX-License-Identifier: GPL-3.0-or-later
// The job "intake.drop": what is left on the disk of a mail that a person deleted.
#pragma once

#include "job/job.h"

fallible intake_away_drop(struct ctx *cx, struct job *job);
