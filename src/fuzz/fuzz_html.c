// SPDX-License-Identifier: GPL-3.0-or-later
// Any HTML is rebuilt into something that stays as it is when it is rebuilt again.
#include "html/html.h"
#include "mail/charset.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct arena arena;
    if (arena.base == NULL)
        arena = arena_new((isize)64 << 20);
    arena_reset(&arena);
    struct html_how how = {.keep_cid = true};
    str in = charset_to_utf8(&arena, (str){(const char *)data, (isize)size}, S(""));
    struct html_result once = html_rebuild(&arena, in, &how);
    struct html_result twice = html_rebuild(&arena, once.html, &how);
    if (!str_is_utf8(once.html) || (!once.cut && !str_eq(once.html, twice.html)))
        abort();
    return 0;
}
