// SPDX-License-Identifier: GPL-3.0-or-later
// The table of limits (limits.def) as constants and as rows to print.
#pragma once

#include "base/base.h"

// clang-format off
#define LIMIT(name, value, text) \
    static const int64_t LIMIT_##name __attribute__((unused)) = (value);
#include "base/limits.def"
#undef LIMIT

struct limit {
    const char *name;
    int64_t value;
    const char *text;
};

extern const struct limit limits[];    // ends with a row without a name
