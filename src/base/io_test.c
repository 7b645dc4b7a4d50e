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

static void a_socket_without_its_folder_says_what_to_do(struct world *w)
{
    int fd, port;
    struct ctx *cx = begin(w);
    str there = arena_join(cx->arena, S("unix:"), w->place.dir);
    str lost = arena_join(cx->arena, there, S("/lost/lmtp"));
    check(io_listen(cx, lost, &fd, &port) == ERR_INVALID);
    check(str_find(cx->detail.en, S("/lost” for the socket. Make it")) > 0);
    ctx_forgive(cx);
    check(io_listen(cx, arena_join(cx->arena, there, S("/lmtp")), &fd, &port) == OK);
    io_close(fd);
    check(end(w, OK) == OK);
}

const struct test io_tests[] = {
    T(a_disk_is_low_by_bytes_or_by_percent),
    T(a_socket_without_its_folder_says_what_to_do),
    {0},
};
