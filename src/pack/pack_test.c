// SPDX-License-Identifier: GPL-3.0-or-later
#include "pack/pack.h"

#include "base/secret.h"
#include "testing/test.h"

#include <stdlib.h>

static str of_words(struct world *w, isize n)
{
    char *p = make(&w->kept, char, n);
    for (isize i = 0; i < n; i++)
        p[i] = "Die Leitung ist tot.\r\n"[(i * 7 + i / 50) % 22];
    return (str){p, n};
}

static str of_chance(struct world *w, isize n)
{
    char *p = make(&w->kept, char, n);
    secret_random(p, n);
    return (str){p, n};
}

static enum err out(struct world *w, str packed, isize size, str *bytes)
{
    struct ctx cx = {.arena = &w->arena};
    return pack_out(&cx, packed, size, bytes);
}

static void Z1_what_was_put_in(struct world *w)
{
    for (isize n = 0; n < 200000; n = n * 3 + 1)
        for (int words = 0; words < 2; words++) {
            str in = words ? of_words(w, n) : of_chance(w, n), back;
            str packed = pack_in(&w->arena, in);
            check(out(w, packed, n, &back) == OK && str_eq(back, in));
        }
}

static void Z2_what_is_packed_is_smaller(struct world *w)
{
    str words = of_words(w, 20000), chance = of_chance(w, 20000);
    check(pack_in(&w->arena, words).n < 8000);
    check(pack_in(&w->arena, chance).p == chance.p);
    str twice = pack_in(&w->kept, words), back;
    str again = pack_in(&w->arena, twice);    // looks packed, and is the thing itself
    check(out(w, again, twice.n, &back) == OK && str_eq(back, twice));
}

// Of its own, so that a sanitizer or valgrind sees what is read beyond its end.
static str copy(str s)
{
    char *p = malloc((size_t)s.n + (s.n == 0));
    memcpy(p, s.p, (size_t)s.n);
    return (str){p, s.n};
}

static void Z3_damage_is_seen_or_of_its_size(struct world *w)
{
    str in = of_words(w, 300), packed = pack_in(&w->kept, in), back;
    check(packed.n < in.n);
    for (isize bit = 0; bit < packed.n * 8; bit++) {
        str bent = copy(packed);
        ((char *)(uintptr_t)bent.p)[bit / 8] ^= (char)(1 << bit % 8);
        enum err err = out(w, bent, in.n, &back);
        check(err == ERR_BROKEN || (err == OK && back.n == in.n));
        free((void *)(uintptr_t)bent.p);
    }
}

static void Z3_no_piece_and_no_other_size(struct world *w)
{
    str in = of_words(w, 300), packed = pack_in(&w->kept, in), back;
    for (isize n = 0; n < packed.n; n++)
        check(out(w, str_head(packed, n), in.n, &back) == ERR_BROKEN);
    for (isize n = 0; n < in.n + 300; n++)
        if (n != in.n && n != packed.n)
            check(out(w, packed, n, &back) == ERR_BROKEN);
}

const struct test pack_tests[] = {
    T(Z1_what_was_put_in),
    T(Z2_what_is_packed_is_smaller),
    T(Z3_damage_is_seen_or_of_its_size),
    T(Z3_no_piece_and_no_other_size),
    {0},
};
