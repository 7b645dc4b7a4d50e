// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes are an invitation or none; whatever is read of it has an end and is UTF-8.
#include "base/limits.h"
#include "invitation/invitation.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct arena arena;
    if (arena.base == NULL)
        arena = arena_new((isize)256 << 20);
    arena_reset(&arena);
    struct invitation v = {0};
    if (!ical_read(&arena, (str){(const char *)data, (isize)size}, &v.event))
        return 0;
    const struct ical *e = &v.event;
    const str all[] = {e->uid,
                       e->summary,
                       e->place,
                       e->organiser,
                       e->guest,
                       e->zone,
                       e->rule.en,
                       e->rule.de,
                       invitation_when(&arena, e, LANG_DE),
                       invitation_title(&arena, &v).en};
    bool ok = e->starts.ms != 0 && (e->ends.ms == 0 || e->ends.ms > e->starts.ms);
    for (isize i = 0; i < countof(all); i++)
        ok &= str_is_utf8(all[i]) && all[i].n <= 2 * LIMIT_LINE
              && memchr(all[i].p == NULL ? "" : all[i].p, '\n', (size_t)all[i].n) == NULL;
    if (!ok)
        abort();
    return 0;
}
