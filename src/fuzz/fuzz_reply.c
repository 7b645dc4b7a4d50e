// SPDX-License-Identifier: GPL-3.0-or-later
// Any text is split without loss (mail/reply_text.h Q1) and read for forwards; what comes out
// of UTF-8 is UTF-8.
#include "mail/charset.h"
#include "mail/clean.h"
#include "mail/forward.h"
#include "mail/reply_text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static isize ink(str s)
{
    isize n = 0;
    for (isize i = 0; i < s.n; i++)
        n += s.p[i] != ' ' && s.p[i] != '\n' && s.p[i] != '\t';
    return n;
}

static bool is_sound(const struct forward *f)
{
    return str_is_utf8(f->from.name) && str_is_utf8(f->from.address) && str_is_utf8(f->date)
           && str_is_utf8(f->subject) && str_is_utf8(f->body) && str_is_utf8(f->before);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct arena arena;
    if (arena.base == NULL)
        arena = arena_new((isize)64 << 20);
    arena_reset(&arena);
    str text = charset_to_utf8(&arena, (str){(const char *)data, (isize)size}, S(""));
    text = clean_text(&arena, text);
    str line = text, sender = str_token(&line, '\n');
    struct reply_text r = reply_text_split(&arena, text, sender);
    struct forward f = {0};
    forward_in_text(&arena, text, sender, &f);
    if (ink(r.reply) + ink(r.quoted) + ink(r.signature) != ink(text) || !is_sound(&f))
        abort();
    return 0;
}
