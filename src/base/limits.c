// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/limits.h"

#define LIMIT(name, value, text) {#name, (value), text},
const struct limit limits[] = {
#include "base/limits.def"
    {0},
};
#undef LIMIT
