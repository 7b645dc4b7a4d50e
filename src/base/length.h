// SPDX-License-Identifier: GPL-3.0-or-later
// How long a text may be, said to whoever wrote it.  People count characters: a Greek or
// Cyrillic one takes two bytes, an emoji four.  Whole messages are counted in bytes: what they may
// take of the disk and the wire.
#pragma once

#include "base/ctx.h"

fallible length_check(struct ctx *cx, const char *field, str text, int64_t most);
fallible length_bytes(struct ctx *cx, const char *field, str text, int64_t most);
