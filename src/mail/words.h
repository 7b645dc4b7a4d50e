// SPDX-License-Identifier: GPL-3.0-or-later
// RFC 2047: =?charset?Q?text?= and what broken programs make of it.
#pragma once

#include "base/arena.h"

// Everything decoded, nothing else changed.
str words_decode(struct arena *a, str raw);
