// SPDX-License-Identifier: GPL-3.0-or-later
#include "message/blob_sweep.h"

#include "base/io.h"
#include "base/now.h"
#include "message.sql.h"

enum { HELD_S = 7 * DAY_S, AT_ONCE = 1000, FOLDERS = 256, HEX = 64 };

struct stray {
    str path, sha256;
};

struct strays {
    struct stray *file;
    isize n;
};

static int digit(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

// The hash a file is named by, of one that is half written, too.
static bool read_name(struct arena *a, str name, str *out)
{
    char *p = make(a, char, HEX / 2);
    if (name.n < HEX)
        return false;
    for (isize i = 0; i < HEX; i++) {
        int d = digit(name.p[i]);
        if (d < 0)
            return false;
        p[i / 2] = (char)(p[i / 2] << 4 | d);
    }
    *out = (str){p, HEX / 2};
    return true;
}

static bool is_part(str path)
{
    return str_ends(path, S(".part"));
}

static enum err look_at(struct ctx *cx, str folder, str name, struct strays *s)
{
    struct q_blob_known known;
    str sha256;
    if (s->n == AT_ONCE || !read_name(cx->arena, name, &sha256))
        return OK;
    TRY(q_blob_known(cx, sha256, &known));
    if (!known.yes || is_part(name))
        s->file[s->n++] = (struct stray){arena_join(cx->arena, folder, name), sha256};
    return OK;
}

static enum err look_into(struct ctx *cx, str folder, struct strays *s)
{
    str *name;
    isize n;
    if (!io_is_folder(cx, folder))
        return OK;
    TRY(io_list(cx, folder, &name, &n));
    for (isize i = 0; i < n; i++)
        TRY(look_at(cx, folder, name[i], s));
    return OK;
}

static enum err prepare(struct ctx *cx, struct job *job)
{
    struct strays *s = make(cx->arena, struct strays, 1);
    s->file = make(cx->arena, struct stray, AT_ONCE);
    job->prepared = s;
    for (int i = 0; i < FOLDERS; i++)
        TRY(look_into(
            cx, arena_fmt(cx->arena, STR_FMT "/blob/%02x/", STR_ARG(cx->data_dir), (unsigned)i),
            s));
    return OK;
}

static enum err remove_stray(struct ctx *cx, const struct stray *f)    // V2
{
    int64_t fresh;
    TRY(q_blob_insert(cx, f->sha256, 0, S(""), &fresh));
    if (fresh > 0 || is_part(f->path))
        io_remove(cx, f->path);
    return fresh > 0 ? q_blob_unclaim(cx, f->sha256) : OK;
}

static enum err remove_old(struct ctx *cx, const char *folder, int64_t seconds)
{
    return io_remove_old(cx, arena_join(cx->arena, cx->data_dir, str_from_z(folder)),
                         instant_plus(cx->now, -seconds));
}

static enum err apply(struct ctx *cx, struct job *job)
{
    const struct strays *s = job->prepared;
    for (isize i = 0; i < s->n; i++)
        TRY(remove_stray(cx, &s->file[i]));
    TRY(remove_old(cx, "/tmp", DAY_S));
    TRY(remove_old(cx, "/held", HELD_S));
    return job_add(cx, "blob.sweep", job->ref, instant_plus(cx->now, DAY_S));
}

static enum err due(struct ctx *cx, bool *yes)
{
    bool known;
    TRY(job_known(cx, "blob.sweep", &known));
    *yes = !known;
    return OK;
}

const struct job_kind blob_sweep_jobs[] = {
    {.name = "blob.sweep", .prepare = prepare, .apply = apply, .due = due},
    {0},
};
