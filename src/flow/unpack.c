// SPDX-License-Identifier: GPL-3.0-or-later
#include "flow/unpack.h"

#include "base/buf.h"

#include <zlib.h>

enum { GZIP = 16, CHUNK = 1 << 18 };

static void *take(void *arena, unsigned n, unsigned size)
{
    return arena_alloc(arena, (isize)size, 16, (isize)n);
}

static void leave(void *arena, void *p)    // the arena forgets it as a whole
{
    (void)arena;
    (void)p;
}

static enum err damaged(struct ctx *cx)
{
    return fail(cx, ERR_INVALID, "The file is damaged or too large: it cannot be unpacked.",
                "Die Datei ist beschädigt oder zu groß: Sie lässt sich nicht entpacken.");
}

static enum err inflate_all(struct ctx *cx, z_stream *z, isize most, struct buf *b)
{
    for (int state = Z_OK; state != Z_STREAM_END;) {
        if (b->cap - b->n < CHUNK)
            buf_grow(b, CHUNK);
        isize room = (isize)int_min(b->cap - b->n, 1 << 30);
        z->next_out = (Bytef *)b->p + b->n;
        z->avail_out = (uInt)room;
        state = inflate(z, Z_NO_FLUSH);
        b->n += room - (isize)z->avail_out;
        bool stuck = state == Z_OK && z->avail_in == 0 && z->avail_out > 0;
        if ((state != Z_OK && state != Z_STREAM_END) || stuck || b->n > most)
            return damaged(cx);    // U2
    }
    return OK;
}

enum err unpack(struct ctx *cx, str bytes, isize most, str *out)
{
    if (bytes.n < 2 || (unsigned char)bytes.p[0] != 0x1f || (unsigned char)bytes.p[1] != 0x8b) {
        *out = bytes;    // U1
        return OK;
    }
    z_stream z = {.zalloc = take,
                  .zfree = leave,
                  .opaque = cx->arena,
                  .next_in = (Bytef *)(uintptr_t)bytes.p,
                  .avail_in = (uInt)bytes.n};
    struct buf b = buf_new(cx->arena, bytes.n * 8 + CHUNK);
    if (bytes.n > (isize)1 << 30 || inflateInit2(&z, MAX_WBITS + GZIP) != Z_OK)
        return damaged(cx);
    TRY(inflate_all(cx, &z, most, &b));
    *out = buf_str(&b);
    return OK;
}
