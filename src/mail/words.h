// SPDX-License-Identifier: GPL-3.0-or-later
// RFC 2047: =?charset?Q?text?= and what broken programs make of it.
#pragma once

#include "base/arena.h"

// Everything decoded, nothing else changed.
str words_decode(struct arena *a, str raw);

// For a parser of addresses: each encoded word becomes a quoted string in UTF-8, so that its
// content cannot be taken for structure and no charset is left to decode.
str words_quote(struct arena *a, str raw);
