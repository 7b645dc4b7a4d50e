// SPDX-License-Identifier: GPL-3.0-or-later
// A peer that speaks lines over a real connection, for tests of servers.
#pragma once

#include "base/ctx.h"

struct dial {
    int fd;
    char text[8192];
    isize n, used;    // used: given out already
};

bool dial_open(struct dial *d, int port);    // on 127.0.0.1
void dial_say(struct dial *d, str bytes);
str dial_hear(struct dial *d);    // one line without its end; empty when the other side is gone
str dial_rest(struct dial *d, struct arena *a);    // all until the other side closes
void dial_close(struct dial *d);
