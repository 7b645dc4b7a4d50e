// SPDX-License-Identifier: GPL-3.0-or-later
// Lives of a case, one for each seed (src/testing/property.h):
//
//   staffel-property LIVES [FIRST-SEED]
//
// Ends in 1 with the seed and the story of the first life that breaks a rule;
// `staffel-property 1 SEED` lives it again.
#include "testing/property.h"

static int64_t number(const char *s, int64_t otherwise)
{
    int64_t n = otherwise;
    if (s != NULL && !str_to_int(str_from_z(s), &n))
        exit(2);
    return n;
}

int main(int argc, char **argv)
{
    struct arena a = arena_new((isize)1 << 30);
    int64_t lives = number(argc > 1 ? argv[1] : NULL, 1000000), steps = 0;
    uint64_t first = (uint64_t)number(argc > 2 ? argv[2] : NULL, 1);
    for (int64_t i = 0; i < lives; i++) {
        struct property_life life;
        arena_reset(&a);
        property_live(&a, first + (uint64_t)i, &life);
        steps += life.steps;
        if (life.broken == NULL && lives > 1)
            continue;
        printf("seed %llu, step %d: %s\n" STR_FMT, (unsigned long long)(first + (uint64_t)i),
               life.step, life.broken == NULL ? "every rule holds" : life.broken,
               STR_ARG(life.story));
        if (life.broken != NULL)
            return 1;
    }
    printf("%lld lives of a case, %lld steps, every rule holds (seeds %llu to %llu)\n",
           (long long)lives, (long long)steps, (unsigned long long)first,
           (unsigned long long)(first + (uint64_t)lives - 1));
    return 0;
}
