// SPDX-License-Identifier: GPL-3.0-or-later
// Whatever a server says is a reply or is refused (mailbox/imap_reply.h), and a value never
// reaches beyond what was said.
#include "mailbox/imap_reply.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct arena arena;
    if (arena.base == NULL)
        arena = arena_new((isize)64 << 20);
    arena_reset(&arena);
    str in = {(const char *)data, (isize)size};
    struct imap_reply r;
    int64_t bytes = 0, sum = 0;
    if (imap_reply_goes_on(in, &bytes) && bytes < 0)
        abort();
    if (!imap_reply_read(&arena, in, &r))
        return 0;
    for (isize i = 0; i < r.tokens; i++)    // every byte is there to be read
        for (isize k = 0; k < r.token[i].text.n; k++)
            sum += (unsigned char)r.token[i].text.p[k];
    if (r.tokens > IMAP_TOKENS || r.number < 0 || sum < 0)
        abort();
    return 0;
}
