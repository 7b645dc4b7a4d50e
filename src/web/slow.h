// SPDX-License-Identifier: GPL-3.0-or-later
// A few threads for work that would hold up everybody else: hashing passwords.
#pragma once

#include "base/base.h"

struct slow;

struct slow *slow_new(int threads);
void slow_free(struct slow *s);                                      // finishes what waits
bool slow_add(struct slow *s, void (*run)(void *arg), void *arg);    // false: too much waits
