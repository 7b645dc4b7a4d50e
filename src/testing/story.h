// SPDX-License-Identifier: GPL-3.0-or-later
// Plays tests/stories/*.story without sockets (their language: tests/stories/README.md).
// tests/sockets/stories.py plays the same files over real connections.
#pragma once

#include "testing/test.h"

// False at the first line that is not so; the line and the page are told on stderr.
bool story_play(struct world *w, const char *path);
