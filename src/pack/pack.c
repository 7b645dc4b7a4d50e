// SPDX-License-Identifier: GPL-3.0-or-later
#include "pack/pack.h"

#include <limits.h>
#include <lz4.h>

str pack_in(struct arena *a, str bytes)
{
    if (bytes.n == 0 || bytes.n > INT_MAX)
        return bytes;
    char *mark = arena_mark(a), *p = make(a, char, bytes.n);
    int n = LZ4_compress_default(bytes.p, p, (int)bytes.n, (int)bytes.n - 1);
    if (n > 0)
        return (str){p, n};
    arena_back(a, mark);    // no room: it would not be smaller (Z2)
    return bytes;
}

enum err pack_out(struct ctx *cx, str packed, isize size, str *out)
{
    *out = packed;
    if (packed.n == size)
        return OK;
    if (packed.n > size || size > INT_MAX)
        return broken(cx, "packed bytes are not of their size");
    char *p = make(cx->arena, char, size);
    int n = LZ4_decompress_safe(packed.p, p, (int)packed.n, (int)size);
    *out = (str){p, size};
    return n == size ? OK : broken(cx, "packed bytes are damaged");
}
