// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/size.h"

enum { KILOBYTE = 1000 };

long long size_has_megabytes(int64_t bytes)
{
    return bytes / SIZE_MEGABYTE + (bytes % SIZE_MEGABYTE != 0);    // any number of a stranger's
}

long long size_may_megabytes(int64_t bytes)
{
    return bytes / SIZE_MEGABYTE;
}

str size_short(struct arena *a, int64_t bytes)
{
    if (bytes < SIZE_MEGABYTE)
        return arena_fmt(a, "%lld kB", (long long)(bytes + KILOBYTE - 1) / KILOBYTE);
    return arena_fmt(a, "%lld MB", (long long)(bytes + SIZE_MEGABYTE / 2) / SIZE_MEGABYTE);
}
