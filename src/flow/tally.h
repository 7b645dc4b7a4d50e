// SPDX-License-Identifier: GPL-3.0-or-later
// How often each name occurs.  Names stay in the order in which they first came, and so do
// names of equal count in a list of the most frequent.
#pragma once

#include "base/arena.h"

struct tally_item {
    str name;
    int64_t n;
};

struct tally {
    struct arena *arena;
    struct tally_item *item;
    isize items, room;
    int32_t *slot;    // 1 + index of the item; twice as many as there is room
};

struct tally tally_new(struct arena *a);
isize tally_at(struct tally *t, str name);    // where it stands; new ones count 0
void tally_add(struct tally *t, str name);
isize tally_find(const struct tally *t, str name);    // where it stands, or -1
int64_t tally_of(const struct tally *t, str name);    // 0 when it never came

// The most frequent first, at most `most` of them.
struct tally_item *tally_top(const struct tally *t, isize most, isize *n);
