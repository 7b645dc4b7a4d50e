// SPDX-License-Identifier: GPL-3.0-or-later
// One line for each piece of work, written by the edges (http, intake, job, main) and by
// nobody else.  key=value, UTC, to standard error: the journal or a file keeps it.
//
//   G1  Never a body, a subject, a token, a name or an address: keys and counts only.
//   G2  A line break or control byte in a value cannot start a new line.
#pragma once

#include "base/base.h"

enum log_level { LOG_ERROR = 1, LOG_INFO };

void log_line(enum log_level level, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
