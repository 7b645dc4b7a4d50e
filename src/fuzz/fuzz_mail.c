// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes are a mail, or are refused with a reason; what comes out is UTF-8 (mail/message.h).
#include "base/secret.h"
#include "mail/inspect.h"
#include "mail/message.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct arena arena;
    if (arena.base == NULL) {
        if (!secret_start())
            abort();
        mail_start();
        arena = arena_new((isize)64 << 20);
    }
    arena_reset(&arena);
    struct ctx cx = {.arena = &arena, .lang = size & 1 ? LANG_DE : LANG_EN};
    struct buf out = buf_new(&arena, 4096);
    str line = {0};
    if (mail_inspect_json(&cx, (str){(const char *)data, (isize)size}, S("fuzz"), &out) == OK)
        line = buf_str(&out);
    if (!str_is_utf8(line) || !str_ends(line, S("}\n")))
        abort();
    return 0;
}
