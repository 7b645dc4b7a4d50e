// SPDX-License-Identifier: GPL-3.0-or-later
// A rule of repetition in words, if it is one that people say in words.
#pragma once

#include "base/base.h"

struct arena;
struct icalrecurrencetype;

struct words ical_rule_words(struct arena *a, const struct icalrecurrencetype *rule);
