// SPDX-License-Identifier: GPL-3.0-or-later
// The quick part of tests/property: 20,000 lives of a case.
#include "testing/test.h"

#include "testing/property.h"

enum { LIVES = 20000 };

static void X1_to_X4_hold_in_every_life(struct world *w)
{
    struct property_life life;
    int64_t steps = 0;
    for (uint64_t seed = 1; seed <= LIVES; seed++) {
        arena_reset(&w->arena);
        property_live(&w->arena, seed, &life);
        steps += life.steps;
        if (life.broken != NULL)
            fprintf(stderr, "seed %llu, step %d: %s\n" STR_FMT, (unsigned long long)seed,
                    life.step, life.broken, STR_ARG(life.story));
        check(life.broken == NULL);
        if (life.broken != NULL)
            return;
    }
    check(steps > LIVES * 10);    // lives that get anywhere
}

static void X5_a_life_is_its_seed(struct world *w)
{
    struct property_life one, again, other;
    property_live(&w->kept, 20261127, &one);
    property_live(&w->kept, 20261127, &again);
    property_live(&w->kept, 20261128, &other);
    check_text(again.story, one.story);
    check(again.steps == one.steps && !str_eq(other.story, one.story));
}

const struct test property_tests[] = {
    T(X1_to_X4_hold_in_every_life),
    T(X5_a_life_is_its_seed),
    {0},
};
