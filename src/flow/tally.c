// SPDX-License-Identifier: GPL-3.0-or-later
#include "flow/tally.h"

enum { ROOM_FIRST = 64 };

static uint64_t hash_of(str s)    // FNV-1a
{
    uint64_t h = 14695981039346656037u;
    for (isize i = 0; i < s.n; i++)
        h = (h ^ (unsigned char)s.p[i]) * 1099511628211u;
    return h ^ h >> 29;
}

// The slot that holds the name, or the empty one where it belongs.
static isize slot_of(const struct tally *t, str name)
{
    isize mask = t->room * 2 - 1, at = (isize)(hash_of(name) & (uint64_t)mask);
    while (t->slot[at] != 0 && !str_eq(t->item[t->slot[at] - 1].name, name))
        at = (at + 1) & mask;
    return at;
}

static void make_room(struct tally *t, isize room)
{
    struct tally_item *old = t->item;
    t->item = make(t->arena, struct tally_item, room);
    t->slot = make(t->arena, int32_t, room * 2);
    t->room = room;
    for (isize i = 0; i < t->items; i++) {
        t->item[i] = old[i];
        t->slot[slot_of(t, old[i].name)] = (int32_t)(i + 1);
    }
}

struct tally tally_new(struct arena *a)
{
    struct tally t = {.arena = a};
    make_room(&t, ROOM_FIRST);
    return t;
}

isize tally_at(struct tally *t, str name)
{
    isize at = slot_of(t, name);
    if (t->slot[at] != 0)
        return t->slot[at] - 1;
    if (t->items == t->room) {
        make_room(t, t->room * 2);
        at = slot_of(t, name);
    }
    t->item[t->items] = (struct tally_item){.name = name};
    t->slot[at] = (int32_t)++t->items;
    return t->items - 1;
}

void tally_add(struct tally *t, str name)
{
    t->item[tally_at(t, name)].n++;
}

isize tally_find(const struct tally *t, str name)
{
    return t->slot[slot_of(t, name)] - 1;
}

int64_t tally_of(const struct tally *t, str name)
{
    isize at = tally_find(t, name);
    return at < 0 ? 0 : t->item[at].n;
}

struct tally_item *tally_top(const struct tally *t, isize most, isize *n)
{
    *n = 0;
    struct tally_item *top = make(t->arena, struct tally_item, most + 1);
    for (isize i = 0; i < t->items; i++) {
        isize at = *n;
        for (; at > 0 && top[at - 1].n < t->item[i].n; at--)
            top[at] = top[at - 1];
        top[at] = t->item[i];
        *n += *n < most;
    }
    return top;
}
