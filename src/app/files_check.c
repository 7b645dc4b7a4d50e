// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/files_check.h"

#include "base/io.h"
#include "base/limits.h"
#include "base/now.h"
#include "base/secret.h"
#include "files_check.sql.h"
#include "intake/spool.h"
#include "message/blob.h"

// A line has less than LINE bytes, so that what is told needs no more memory than it has at first:
// that of each page of rows is given back.
enum { TOLD = 20, LINE = 100 };

static void tell(struct ctx *cx, struct buf *out, int64_t nth, const char *what, str path)
{
    if (nth <= TOLD)
        buf_fmt(out, "%s: " STR_FMT "\n", what, STR_ARG(str_cut(path, cx->data_dir.n + 1)));
}

static void look_for(struct ctx *cx, struct buf *out, str path, struct files_found *f)
{
    instant changed;
    int64_t size;
    if (!io_is_file(cx, path, &changed, &size))
        tell(cx, out, ++f->missing, "missing", path);
}

// --- mails: what is named is struck off the list of what is there ----------------------------

struct folder {
    str *name;    // ascending
    bool *named;
    isize n;
};

static int by_name(const void *x, const void *y)
{
    str a = *(const str *)x, b = *(const str *)y;
    int order = memcmp(a.p, b.p, (size_t)(a.n < b.n ? a.n : b.n));
    return order != 0 ? order : (a.n > b.n) - (a.n < b.n);
}

static fallible read_folder(struct ctx *cx, struct folder *d)
{
    str path = arena_join(cx->arena, cx->data_dir, S("/mail"));
    *d = (struct folder){0};
    if (io_is_folder(cx, path))
        TRY(io_list(cx, path, &d->name, &d->n));
    d->named = make(cx->arena, bool, d->n + 1);
    if (d->n > 0)
        qsort(d->name, (size_t)d->n, sizeof *d->name, by_name);
    return OK;
}

static bool strike(struct folder *d, str name)
{
    const str *at =
        d->n > 0 ? bsearch(&name, d->name, (size_t)d->n, sizeof *d->name, by_name) : NULL;
    if (at != NULL)
        d->named[at - d->name] = true;
    return at != NULL;
}

// A page at a time; what it took is given back.  *after: the last one, or 0 behind the end.
static fallible check_mails(struct ctx *cx, struct buf *out, struct folder *d, int64_t *after,
                            struct files_found *f)
{
    char *mark = arena_mark(cx->arena);
    struct q_files_check_mails *row;
    isize n;
    TRY(q_files_check_mails(cx, *after, LIMIT_ROWS, &row, &n));
    for (isize i = 0; i < n; i++) {
        bool there = strike(d, secret_hex(cx->arena, row[i].sha256));
        f->mails += row[i].kept;
        if (!there && row[i].kept)    // it may have come after the list was read
            look_for(cx, out, spool_path(cx, row[i].sha256), f);
    }
    *after = n > 0 ? row[n - 1].id : 0;
    arena_back(cx->arena, mark);
    return OK;
}

static void tell_strays(struct ctx *cx, struct buf *out, const struct folder *d,
                        struct files_found *f)
{
    instant changed, yesterday = instant_plus(cx->now, -DAY_S);
    int64_t size;
    for (isize i = 0; i < d->n; i++) {
        str path = arena_fmt(cx->arena, STR_FMT "/mail/" STR_FMT, STR_ARG(cx->data_dir),
                             STR_ARG(d->name[i]));
        if (d->named[i] || !io_is_file(cx, path, &changed, &size) || changed.ms > yesterday.ms)
            continue;
        f->stray_bytes += size;
        tell(cx, out, ++f->strays, "of no mail", path);
    }
}

// --- attachments -----------------------------------------------------------------------------

static fallible check_blobs(struct ctx *cx, struct buf *out, char after[32], bool *more,
                            struct files_found *f)
{
    char *mark = arena_mark(cx->arena);
    struct q_files_check_blobs *row;
    isize n;
    TRY(q_files_check_blobs(cx, (str){after, 32}, LIMIT_MAIL_INLINE, LIMIT_ROWS, &row, &n));
    for (isize i = 0; i < n; i++) {
        str path;
        TRY(blob_path(cx, row[i].sha256, &path));
        look_for(cx, out, path, f);
    }
    f->blobs += n;
    *more = n > 0;
    if (n > 0)
        memcpy(after, row[n - 1].sha256.p, 32);
    arena_back(cx->arena, mark);
    return OK;
}

enum err files_check(struct ctx *cx, struct buf *out, struct files_found *found)
{
    struct files_found f = {0};
    struct folder mail;
    struct buf told = buf_new(cx->arena, (isize)2 * TOLD * LINE);
    int64_t after = -1;
    char last[32] = {0};
    bool more = true;
    TRY(read_folder(cx, &mail));
    while (after != 0)
        TRY(check_mails(cx, &told, &mail, &after, &f));
    tell_strays(cx, &told, &mail, &f);
    while (more)
        TRY(check_blobs(cx, &told, last, &more, &f));
    buf_put(out, buf_str(&told));
    *found = f;
    return OK;
}
