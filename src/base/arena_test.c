// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/test.h"

static void what_was_given_back_is_taken_again_and_is_zero(struct world *w)
{
    (void)w;
    struct arena fresh = arena_new(1 << 16), *a = &fresh;
    char *mark = arena_mark(a);
    for (int i = 0; i < 3; i++) {
        char *p = make(a, char, 100);
        for (int k = 0; k < 100; k++)
            check(p[k] == 0);
        memset(p, 'x', 100);
        memset(arena_room(a, 50 * i), 'y', (size_t)50 * (size_t)i);
        arena_back(a, mark);
        check(p == mark && arena_mark(a) == mark && p[99] == 'x');    // readable until then
    }
    arena_free(a);
}

const struct test arena_tests[] = {T(what_was_given_back_is_taken_again_and_is_zero), {0}};
