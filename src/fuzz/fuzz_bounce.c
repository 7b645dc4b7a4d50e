// SPDX-License-Identifier: GPL-3.0-or-later
// Any text of a mailer daemon is read; each recipient found has a name and a
// reason (mail/bounce.h).  The first bytes become the report, the rest the notice.
#include "mail/bounce.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct arena arena;
    if (arena.base == NULL)
        arena = arena_new((isize)64 << 20);
    arena_reset(&arena);
    str all = {(const char *)data, (isize)size};
    isize half = size > 0 ? data[0] * (all.n - 1) / 255 + 1 : 0;
    struct bounce_parts parts = {.delivery = {all.p, half}, .returned = str_cut(all, half)};
    struct mail m = {.is_auto = MAIL_AUTO_BOUNCE, .text = str_cut(all, half)};
    bounce_read(&arena, &parts, &m);
    for (isize i = 0; i < m.bounces; i++)
        if (m.bounce[i].reason == BOUNCE_NONE || m.bounce[i].recipient.n == 0)
            abort();
    return 0;
}
