// SPDX-License-Identifier: GPL-3.0-or-later
#include "clock/wall.h"

#include "base/now.h"

static int compare(str a, const char *z)
{
    str b = str_from_z(z);
    int order = memcmp(a.p, b.p, (size_t)int_min(a.n, b.n));
    return order != 0 ? order : a.n < b.n ? -1 : a.n > b.n;
}

const struct wall *wall_find(str name)
{
    isize low = 0, high = wall_table_n;
    while (low < high && name.n > 0) {
        isize middle = low + (high - low) / 2;
        int order = compare(name, wall_table[middle].name);
        if (order == 0)
            return &wall_table[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

int64_t wall_offset_ms(const struct wall *w, instant t, instant *until)
{
    int low = 0, high = w->changes;    // the last change that is not after t
    while (high - low > 1) {
        int middle = low + (high - low) / 2;
        if (w->change[middle].from_min * (int64_t)MINUTE_MS <= t.ms)
            low = middle;
        else
            high = middle;
    }
    until->ms = high < w->changes ? w->change[high].from_min * (int64_t)MINUTE_MS : INT64_MAX;
    return w->change[low].offset_min * (int64_t)MINUTE_MS;
}

int64_t wall_local(const struct wall *w, instant t)
{
    instant until;
    return t.ms + wall_offset_ms(w, t, &until);
}

// The offset of a day before is the one before any change nearby: right for the hour that does
// not exist and for the first pass of the one that exists twice.
instant wall_instant(const struct wall *w, int64_t local)
{
    instant until;
    int64_t before = wall_offset_ms(w, (instant){local - 86400000}, &until);
    if (local - before < until.ms)
        return (instant){local - before};
    int64_t after = wall_offset_ms(w, until, &(instant){0});
    return (instant){local - after < until.ms ? local - before : local - after};
}
