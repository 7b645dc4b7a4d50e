// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes are a winmail.dat, rich text, or neither; what comes out as text is UTF-8.
#include "mail/rtf.h"
#include "mail/tnef.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct arena arena;
    if (arena.base == NULL)
        arena = arena_new((isize)256 << 20);
    arena_reset(&arena);
    str in = {(const char *)data, (isize)size};
    struct tnef t = {0};
    bool is_html, ok = !tnef_read(&arena, in, &t) || str_is_utf8(t.plain);
    for (isize i = 0; i < t.files; i++)
        ok &= str_is_utf8(t.file[i].name) && str_is_utf8(t.file[i].type);
    ok &= str_is_utf8(rtf_text(&arena, in, &is_html));
    ok &= str_is_utf8(rtf_text(&arena, rtf_uncompress(&arena, in), &is_html));
    if (!ok)
        abort();
    return 0;
}
