// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/io.h"

#include "base/limits.h"
#include "testing/test.h"

static void a_disk_is_low_by_bytes_or_by_percent(struct world *w)
{
    (void)w;
    int64_t small = 100 * LIMIT_DISK_RESERVE / LIMIT_DISK_PERCENT, huge = 8 * small;
    check(!io_is_low(LIMIT_DISK_RESERVE, small, LIMIT_DISK_RESERVE));
    check(io_is_low(LIMIT_DISK_RESERVE - 1, small, LIMIT_DISK_RESERVE));
    int64_t share = huge / 100 * LIMIT_DISK_PERCENT;
    check(!io_is_low(share + 100, huge, LIMIT_DISK_RESERVE));
    check(io_is_low(share - 100, huge, LIMIT_DISK_RESERVE));
    check(!io_is_low(0, 0, 0));    // a file system that counts nothing
}

const struct test io_tests[] = {T(a_disk_is_low_by_bytes_or_by_percent), {0}};
