// SPDX-License-Identifier: GPL-3.0-or-later
#include "message/blob.h"

#include "base/io.h"
#include "base/limits.h"
#include "base/secret.h"
#include "message.sql.h"

static str folder_of(struct ctx *cx, str hex)
{
    return arena_fmt(cx->arena, STR_FMT "/blob/%.2s", STR_ARG(cx->data_dir), hex.p);
}

static str file_of(struct ctx *cx, str sha256)
{
    str hex = secret_hex(cx->arena, sha256);
    return arena_fmt(cx->arena, STR_FMT "/" STR_FMT, STR_ARG(folder_of(cx, hex)), STR_ARG(hex));
}

static enum err make_folders(struct ctx *cx, str sha256)
{
    TRY(io_mkdir(cx, arena_fmt(cx->arena, STR_FMT "/blob", STR_ARG(cx->data_dir))));
    return io_mkdir(cx, folder_of(cx, secret_hex(cx->arena, sha256)));
}

static bool is_large(int64_t size)
{
    return size > LIMIT_MAIL_INLINE;
}

static enum err write_file(struct ctx *cx, str path, str bytes)
{
    int fd = -1;
    TRY(io_create(cx, path, &fd));
    enum err err = io_write(cx, fd, bytes);
    if (err == OK)
        return io_close_synced(cx, fd);
    io_close(fd);
    return err;
}

// Under a name of its own first, so that a reader never meets half a file (Q2).
static enum err store_file(struct ctx *cx, str sha256, str bytes)
{
    str path = file_of(cx, sha256);
    str part = arena_fmt(cx->arena, STR_FMT "." STR_FMT ".part", STR_ARG(path),
                         STR_ARG(secret_token(cx->arena)));
    TRY(make_folders(cx, sha256));
    enum err err = write_file(cx, part, bytes);
    if (err == OK)
        err = io_publish(cx, part, path);
    if (err != OK)
        io_remove(cx, part);
    return err;
}

// The row first: it keeps away who removes what has none (Q5).
enum err blob_put(struct ctx *cx, str bytes, struct blob *out)
{
    struct blob b = {secret_hash(cx->arena, bytes), bytes.n};
    int64_t fresh;
    TRY(q_blob_insert(cx, b.sha256, b.size, is_large(b.size) ? S("") : bytes, &fresh));
    if (fresh > 0 && is_large(b.size))
        TRY(store_file(cx, b.sha256, bytes));
    *out = b;
    return OK;
}

enum err blob_adopt(struct ctx *cx, str path, struct blob b)
{
    str bytes = S("");
    int64_t fresh;
    if (!is_large(b.size))
        TRY(io_read_file(cx, path, LIMIT_MAIL_INLINE, &bytes));
    TRY(q_blob_insert(cx, b.sha256, b.size, bytes, &fresh));
    if (fresh == 0 || !is_large(b.size))
        return OK;
    TRY(make_folders(cx, b.sha256));
    return io_link(cx, path, file_of(cx, b.sha256));    // Q4
}

enum err blob_path(struct ctx *cx, str sha256, str *path)
{
    struct q_blob_row row;
    TRY(q_blob_row(cx, sha256, &row));
    *path = is_large(row.size) ? file_of(cx, sha256) : S("");
    return OK;
}

enum err blob_read(struct ctx *cx, str sha256, isize most, str *out)
{
    struct q_blob_row row;
    TRY(q_blob_row(cx, sha256, &row));
    if (row.size > most)
        return fail(cx, ERR_INVALID, "larger than %lld bytes", "größer als %lld Bytes",
                    (long long)most);
    str bytes = row.bytes;
    if (is_large(row.size))
        TRY(io_read_file(cx, file_of(cx, sha256), most, &bytes));
    if (bytes.n != row.size || !str_eq(secret_hash(cx->arena, bytes), sha256))    // Q3
        return broken(cx, "blob " STR_FMT " is damaged",
                      STR_ARG(secret_hex(cx->arena, sha256)));
    *out = bytes;
    return OK;
}
