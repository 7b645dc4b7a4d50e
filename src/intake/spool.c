// SPDX-License-Identifier: GPL-3.0-or-later
#include "intake/spool.h"

#include "base/io.h"
#include "base/limits.h"
#include "pack/pack.h"

enum { FIRST_BYTES = 8 << 10, WRITE_BYTES = 256 << 10 };

enum err spool_prepare(struct ctx *cx)
{
    TRY(io_mkdir(cx, arena_fmt(cx->arena, STR_FMT "/tmp", STR_ARG(cx->data_dir))));
    return io_mkdir(cx, arena_fmt(cx->arena, STR_FMT "/mail", STR_ARG(cx->data_dir)));
}

str spool_path(struct ctx *cx, str sha256)
{
    return arena_fmt(cx->arena, STR_FMT "/mail/" STR_FMT, STR_ARG(cx->data_dir),
                     STR_ARG(secret_hex(cx->arena, sha256)));
}

void spool_start(struct spool *s, struct ctx *cx)
{
    *s = (struct spool){.cx = cx, .fd = -1};
    s->bytes = buf_new(cx->arena, FIRST_BYTES);
    secret_sum_start(&s->all);
    secret_sum_start(&s->same);
}

// --- K2 --------------------------------------------------------------------------------

// clang-format off
static const char *const trace[] = {
    "received", "received-spf", "return-path", "delivered-to", "x-original-to", "envelope-to",
    "delivery-date", "authentication-results", "dkim-filter", NULL,
};
static const char *const trace_begin[] = {"arc-", "x-spam-", "x-virus-", NULL};
// clang-format on

static bool is_trace(str name)
{
    for (isize i = 0; trace[i] != NULL; i++)
        if (str_eq(name, str_from_z(trace[i])))
            return true;
    for (isize i = 0; trace_begin[i] != NULL; i++)
        if (str_starts(name, str_from_z(trace_begin[i])))
            return true;
    return false;
}

// The line's name is over (by a colon, or because it is none): does the line count?
static void name_over(struct spool *s)
{
    s->named = true;
    s->counts = !is_trace((str){s->name, s->name_n});
    if (s->counts)
        secret_sum_add(&s->same, (str){s->name, s->name_n});
}

// A byte at the beginning of a header line.  False when the line goes on as the last one did.
static bool begins(struct spool *s, char c)
{
    if (s->name_n == 0 && (c == ' ' || c == '\t')) {
        s->named = true;    // folded: belongs to the line before
        return false;
    }
    bool letter = c > ' ' && c != ':' && c != 127;
    if (!letter || s->name_n == (isize)sizeof s->name) {
        name_over(s);
        return false;
    }
    s->name[s->name_n++] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
    return true;
}

static void header_byte(struct spool *s, char c)
{
    if (!s->named && s->name_n == 0 && c == '\r')
        s->in_body = true;    // the empty line
    if (!s->in_body && !s->named && begins(s, c))
        return;
    if (s->in_body || s->counts)
        secret_sum_add(&s->same, (str){&c, 1});
    if (c == '\n') {
        s->named = false;
        s->name_n = 0;
    }
}

static void identify(struct spool *s, str bytes)
{
    isize i = 0;
    while (i < bytes.n && !s->in_body)
        header_byte(s, bytes.p[i++]);
    secret_sum_add(&s->same, str_cut(bytes, i));
}

// --- K1 --------------------------------------------------------------------------------

static enum err make_file(struct spool *s)
{
    char raw[16];
    secret_random(raw, sizeof raw);
    str name = secret_hex(s->cx->arena, (str){raw, sizeof raw});
    str tmp = arena_fmt(s->cx->arena, STR_FMT "/tmp/" STR_FMT, STR_ARG(s->cx->data_dir),
                        STR_ARG(name));
    TRY(io_create(s->cx, tmp, &s->fd));
    s->tmp = tmp;
    return OK;
}

static enum err write_out(struct spool *s)
{
    if (s->fd < 0)
        TRY(make_file(s));
    TRY(io_write(s->cx, s->fd, buf_str(&s->bytes)));
    secret_sum_add(&s->all, buf_str(&s->bytes));
    s->bytes.n = 0;
    return OK;
}

void spool_drop(struct spool *s)
{
    io_close(s->fd);
    if (s->tmp.n > 0)
        io_remove(s->cx, s->tmp);
    s->fd = -1;
    s->tmp = (str){0};
    s->bytes.n = 0;
}

static void give_up(struct spool *s, enum err err)
{
    s->err = err;
    spool_drop(s);
}

static void too_large(struct spool *s)
{
    give_up(s, fail(s->cx, ERR_INVALID, "The mail is larger than %lld bytes.",
                    "Die Mail ist größer als %lld Bytes.", (long long)LIMIT_MAIL_BYTES));
}

void spool_add(struct spool *s, str bytes)
{
    s->size += bytes.n;    // to its end, so that what is too large can be told how large
    if (s->err != OK)
        return;
    if (s->size > LIMIT_MAIL_BYTES) {
        too_large(s);    // K4
        return;
    }
    identify(s, bytes);
    buf_put(&s->bytes, bytes);
    isize room = s->fd < 0 ? LIMIT_MAIL_INLINE : WRITE_BYTES;
    if (s->bytes.n <= room)
        return;
    enum err err = write_out(s);
    if (err != OK)
        give_up(s, err);
}

static enum err publish(struct spool *s)
{
    TRY(write_out(s));
    s->sha256 = secret_sum_end(&s->all, s->cx->arena);
    int fd = s->fd;
    s->fd = -1;    // closed below, whether or not it could be synced
    TRY(io_close_synced(s->cx, fd));
    TRY(io_publish(s->cx, s->tmp, spool_path(s->cx, s->sha256)));
    s->tmp = (str){0};
    return OK;
}

enum err spool_end(struct spool *s)
{
    if (!s->named && s->name_n > 0)
        name_over(s);    // a mail that ends in the middle of a name
    if (s->err == OK && s->fd >= 0) {
        enum err err = publish(s);
        if (err != OK)
            give_up(s, err);
    }
    s->digest = secret_sum_end(&s->same, s->cx->arena);
    if (s->err == OK && s->sha256.n == 0)
        s->packed = pack_in(s->cx->arena, buf_str(&s->bytes));
    return s->err;
}
