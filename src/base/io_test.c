// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/io.h"

#include "base/limits.h"
#include "base/secret.h"
#include "testing/test.h"

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

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

// A port alone would be open to the whole net; who wants that says so.
static void a_port_alone_is_no_address(struct world *w)
{
    static const char *const wrong[] = {"8161", "127.0.0.1", "127.0.0.1:", ":", "", "lmtp foo"};
    int fd, port;
    struct ctx *cx = begin(w);
    for (int i = 0; i < countof(wrong); i++) {
        check(io_listen(cx, str_from_z(wrong[i]), &fd, &port) == ERR_INVALID);
        check(str_find(cx->detail.en, S(" is no address to listen on. Write ADDRESS:PORT")) > 0);
        ctx_forgive(cx);
    }
    check(io_listen(cx, S(":0"), &fd, &port) == OK && port > 0);
    io_close(fd);
    check(end(w, OK) == OK);
}

static str written(struct ctx *cx, const char *folder, str bytes)
{
    int fd = -1;
    str path = arena_fmt(cx->arena, "%s/" STR_FMT, folder, STR_ARG(secret_token(cx->arena)));
    check(io_create(cx, path, &fd) == OK && io_write(cx, fd, bytes) == OK);
    check(io_close_synced(cx, fd) == OK);
    return path;
}

// The system's folders in memory and on disk: one of them is another file system than ours, where
// it is not a copy does the same.
static void a_second_name_for_the_same_bytes(struct world *w)
{
    static const char *const folders[] = {NULL, "/tmp", "/dev/shm"};
    struct ctx *cx = begin(w);
    const char *ours = arena_z(cx->arena, w->place.dir);
    for (isize i = 0; i < countof(folders); i++) {
        const char *folder = folders[i] == NULL ? ours : folders[i];
        str got, from = written(cx, folder, S("Inhalt"));
        str to = arena_fmt(cx->arena, "%s/name%d", ours, (int)i);
        for (int run = 0; run < 2; run++) {
            check(io_link(cx, from, to) == OK);
            check(io_read_file(cx, to, 100, &got) == OK && str_eq(got, S("Inhalt")));
            check(io_read_file(cx, from, 100, &got) == OK && str_eq(got, S("Inhalt")));
        }
        io_remove(cx, from);
        check(io_link(cx, from, arena_join(cx->arena, to, S("x"))) == ERR_ABSENT);
        ctx_forgive(cx);
        check(io_read_file(cx, to, 100, &got) == OK && str_eq(got, S("Inhalt")));
    }
    check(end(w, OK) == OK);
}

// As somebody without rights: root may read everything.
static bool may_read_as_nobody(struct ctx *cx, str path)
{
    int status = 0;
    pid_t child = fork();
    if (child == 0) {
        if (getuid() == 0 && setuid(65534) != 0)
            _exit(2);
        enum err err = io_may_read(cx, path);
        bool said = str_find(cx->detail.de, path) >= 0;
        _exit(err == OK ? 0 : err == ERR_DENIED && said ? 1 : 3);
    }
    check(child > 0 && waitpid(child, &status, 0) == child && WIFEXITED(status));
    check(WEXITSTATUS(status) < 2);
    return WEXITSTATUS(status) == 0;
}

static void what_may_not_be_read_is_said_before(struct world *w)
{
    int fd;
    struct ctx *cx = begin(w);
    str path = arena_join(cx->arena, w->place.dir, S("/key.pem"));
    check(io_create(cx, path, &fd) == OK);
    io_close(fd);
    check(io_may_read(cx, path) == OK && may_read_as_nobody(cx, S("/etc/passwd")));
    check(chmod(arena_z(cx->arena, path), 0) == 0);
    check(!may_read_as_nobody(cx, path));
    check(end(w, OK) == OK);
}

const struct test io_tests[] = {
    T(a_second_name_for_the_same_bytes),
    T(a_disk_is_low_by_bytes_or_by_percent),
    T(what_may_not_be_read_is_said_before),
    T(a_port_alone_is_no_address),
    T(a_socket_without_its_folder_says_what_to_do),
    {0},
};
