// SPDX-License-Identifier: GPL-3.0-or-later
// The body of a request: forms by libmicrohttpd's own reader, files to disk, the rest whole.
#pragma once

#include "http/connection.h"

void body_begin(struct connection *c);
bool body_is_dropped(const struct connection *c);    // refused, but read to its end
void body_add(struct connection *c, str bytes);
void body_end(struct connection *c);
void body_free(struct connection *c);    // removes the files nobody took
