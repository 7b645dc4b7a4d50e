// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/now.h"

static int64_t read_clock(clockid_t which)
{
    struct timespec t;
    if (clock_gettime(which, &t) != 0)
        abort();
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

instant now_utc(void)
{
    return (instant){read_clock(CLOCK_REALTIME)};
}

int64_t now_monotonic_ms(void)
{
    return read_clock(CLOCK_MONOTONIC);
}

void now_sleep_ms(int64_t ms)
{
    struct timespec t = {.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000};
    nanosleep(&t, NULL);
}

instant instant_plus(instant t, int64_t seconds)
{
    return (instant){t.ms + seconds * 1000};
}
