// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backup.h"

#include "base/io.h"
#include "base/secret.h"
#include "testing/test.h"

#include <unistd.h>

struct saved {
    str folder, blob;    // a backup with one blob, and where that lies
};

static str in(struct world *w, str folder, const char *name)
{
    return arena_fmt(&w->kept, STR_FMT "/%s", STR_ARG(folder), name);
}

static void put(struct world *w, str path, str bytes)
{
    int fd;
    struct ctx *cx = begin(w);
    check(io_create(cx, path, &fd) == OK && io_write(cx, fd, bytes) == OK);
    check(io_close_synced(cx, fd) == OK && end(w, OK) == OK);
}

static struct saved saved(struct world *w)
{
    struct saved s = {.folder = in(w, w->place.dir, "saved")};
    str hash = secret_hex(&w->kept, secret_hash(&w->kept, S("ein Foto")));
    str below = in(w, in(w, s.folder, "blob"), "ab");
    s.blob = in(w, below, arena_z(&w->kept, hash));
    struct ctx *cx = begin(w);
    check(end(w, OK) == OK && io_mkdir(cx, s.folder) == OK);
    check(io_mkdir(cx, in(w, s.folder, "blob")) == OK && io_mkdir(cx, below) == OK);
    check(db_copy(cx, in(w, s.folder, "staffel.db")) == OK);
    return s;
}

static enum err bring(struct world *w, const struct saved *s, const char *to, int64_t *files)
{
    struct db_place place = {.dir = in(w, w->place.dir, to)};
    struct ctx cx = {.arena = &w->arena, .now = w->now};
    return backup_bring(&cx, s->folder, &place, files);
}

static void E3_nothing_is_overwritten(struct world *w)
{
    int64_t files = 0;
    if (db_is_postgres(w->db))
        return;
    struct saved s = saved(w);
    put(w, s.blob, S("ein Foto"));
    check(bring(w, &s, "new", &files) == OK && files == 1);
    check(bring(w, &s, "new", &files) == ERR_INVALID);
}

static void E4_a_restore_follows_no_link(struct world *w)
{
    int64_t files = 0;
    if (db_is_postgres(w->db))
        return;
    struct saved s = saved(w);
    str secret = in(w, w->place.dir, "secret");
    put(w, secret, S("ein Foto"));    // even one that holds the right bytes
    check(symlink(arena_z(&w->kept, secret), arena_z(&w->kept, s.blob)) == 0);
    check(bring(w, &s, "new", &files) != OK);
    check(unlink(arena_z(&w->kept, s.blob)) == 0);
    str folder = in(w, in(w, s.folder, "blob"), "cd");
    check(symlink("/etc", arena_z(&w->kept, folder)) == 0);
    check(bring(w, &s, "newer", &files) != OK);
    check(unlink(arena_z(&w->kept, folder)) == 0);
    check(symlink("/etc", arena_z(&w->kept, in(w, s.folder, "mail"))) == 0);
    check(bring(w, &s, "newest", &files) == OK && files == 0);
}

static void E4_what_a_file_holds_is_what_its_name_says(struct world *w)
{
    int64_t files = 0;
    if (db_is_postgres(w->db))
        return;
    struct saved s = saved(w);
    put(w, s.blob, S("etwas anderes"));
    check(bring(w, &s, "new", &files) == ERR_INVALID);
}

const struct test backup_tests[] = {
    T(E3_nothing_is_overwritten),
    T(E4_a_restore_follows_no_link),
    T(E4_what_a_file_holds_is_what_its_name_says),
    {0},
};
