// SPDX-License-Identifier: GPL-3.0-or-later
#include "message/blob_sweep.h"

#include "base/io.h"
#include "base/limits.h"
#include "base/now.h"
#include "base/secret.h"
#include "message/blob.h"
#include "testing/test.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static const isize SIZE = LIMIT_MAIL_INLINE + 1;

static str filled(struct arena *a, char c)
{
    char *p = make(a, char, SIZE);
    memset(p, c, (size_t)SIZE);
    return (str){p, SIZE};
}

static bool is_there(struct world *w, str path)
{
    return access(arena_z(&w->kept, path), F_OK) == 0;
}

static str path_of(struct world *w, str sha256)
{
    str hex = secret_hex(&w->kept, sha256);
    return arena_fmt(&w->kept, "%s/blob/%.2s/" STR_FMT, arena_z(&w->kept, w->place.dir), hex.p,
                     STR_ARG(hex));
}

// Stores it, or lets it fail at last; the file's name.
static str put(struct world *w, char c, enum err err)
{
    struct blob b = {0};
    struct ctx *cx = begin(w);
    check(blob_put(cx, filled(cx->arena, c), &b) == OK);
    str path = path_of(w, b.sha256);
    end(w, err);
    return path;
}

static void sweep(struct world *w)
{
    struct ctx *cx = begin(w);
    check(end(w, OK) == OK && job_drain(cx, blob_sweep_jobs) == OK);
}

static void write_at(struct world *w, str path)
{
    int fd = -1;
    struct ctx *cx = begin(w);
    check(io_create(cx, path, &fd) == OK && io_write(cx, fd, S("x")) == OK
          && io_close_synced(cx, fd) == OK);
    end(w, OK);
}

static void V1_bytes_without_a_row_go(struct world *w)
{
    str kept = put(w, 'a', OK), lost = put(w, 'b', ERR_BUSY);
    str half = arena_fmt(&w->kept, STR_FMT ".token.part", STR_ARG(kept));
    str other = arena_join(&w->kept, str_head(kept, kept.n - 64), S("notes"));
    write_at(w, half);
    write_at(w, other);
    check(is_there(w, lost));
    sweep(w);
    check(is_there(w, kept) && !is_there(w, lost) && !is_there(w, half) && is_there(w, other));
    check(ask(w, "select count(*) from blob") == 1);
    lost = put(w, 'b', ERR_BUSY);
    sweep(w);
    check(is_there(w, lost));    // once a day
    later(w, 86400);
    sweep(w);
    check(!is_there(w, lost) && is_there(w, kept));
    put(w, 'b', OK);
    later(w, 86400);
    sweep(w);
    check(is_there(w, lost));    // it has a row by now
}

static void V1_a_fault_takes_nothing_that_has_a_row(struct world *w)
{
    str kept = put(w, 'a', OK), lost = put(w, 'b', ERR_BUSY);
    EACH_FAULT(w) {
        struct job job = {.kind = S("blob.sweep")};
        struct ctx *cx = begin(w);
        enum err err = blob_sweep_jobs[0].prepare(cx, &job);
        err = end(w, err == OK ? blob_sweep_jobs[0].apply(cx, &job) : err);
        check(is_there(w, kept) && ask(w, "select count(*) from blob") == 1);
        check(err != OK || !is_there(w, lost));
    }
    db_fail_at(w->db, 0);
}

static void aged(struct world *w, str path, int64_t seconds)
{
    time_t at = (time_t)(w->now.ms / 1000 - seconds);
    struct timespec t[2] = {{.tv_sec = at}, {.tv_sec = at}};
    write_at(w, path);
    check(utimensat(AT_FDCWD, arena_z(&w->kept, path), t, 0) == 0);
}

static void V1_what_nobody_works_on_any_more_goes(struct world *w)
{
    static const struct {
        const char *path;
        int64_t age_s;
        bool stays;
    } k[] = {{"tmp/a", 86399, true},
             {"tmp/b", 86401, false},
             {"held/c", 7 * 86400 - 1, true},
             {"held/d", 7 * 86400 + 1, false}};
    str path[countof(k)];
    struct ctx *cx = begin(w);
    check(io_mkdir(cx, arena_join(cx->arena, cx->data_dir, S("/tmp"))) == OK);
    check(io_mkdir(cx, arena_join(cx->arena, cx->data_dir, S("/held"))) == OK);
    end(w, OK);
    for (isize i = 0; i < countof(k); i++) {
        path[i] = arena_fmt(&w->kept, "%s/%s", arena_z(&w->kept, w->place.dir), k[i].path);
        aged(w, path[i], k[i].age_s);
    }
    sweep(w);
    for (isize i = 0; i < countof(k); i++)
        check(is_there(w, path[i]) == k[i].stays);
}

static void V2_nor_while_somebody_stores_them(struct world *w)
{
    str lost = put(w, 'b', ERR_BUSY);
    struct job job = {.kind = S("blob.sweep")};
    struct ctx *cx = begin(w);
    struct blob b;
    check(blob_sweep_jobs[0].prepare(cx, &job) == OK);
    check(blob_put(cx, filled(cx->arena, 'b'), &b) == OK);    // after it was seen without a row
    check(end(w, blob_sweep_jobs[0].apply(cx, &job)) == OK);
    check(is_there(w, lost) && ask(w, "select count(*) from blob") == 1);
}

const struct test blob_sweep_tests[] = {
    T(V1_bytes_without_a_row_go),
    T(V1_a_fault_takes_nothing_that_has_a_row),
    T(V1_what_nobody_works_on_any_more_goes),
    T(V2_nor_while_somebody_stores_them),
    {0},
};
