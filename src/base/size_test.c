// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/test.h"

#include "base/size.h"

static void Z1_what_is_refused_reads_as_larger_than_what_is_allowed(struct world *w)
{
    (void)w;
    const int64_t limits[] = {1, 999999, 1000000, 1000001, 20971520, 52428800};
    for (isize i = 0; i < countof(limits); i++) {
        check(size_has_megabytes(limits[i] + 1) > size_may_megabytes(limits[i]));
        check(size_has_megabytes(limits[i]) * SIZE_MEGABYTE >= limits[i]);
        check(size_may_megabytes(limits[i]) * SIZE_MEGABYTE <= limits[i]);
    }
    check(size_has_megabytes(0) == 0 && size_has_megabytes(1000000) == 1);
    check(size_may_megabytes(52428800) == 52 && size_has_megabytes(52428801) == 53);
}

static void of_a_file(struct world *w)
{
    static const struct {
        int64_t bytes;
        const char *said;
    } t[] = {{0, "0 kB"},          {1, "1 kB"},          {1000, "1 kB"},
             {1001, "2 kB"},       {999000, "999 kB"},   {1000000, "1 MB"},
             {1499999, "1 MB"},    {1500000, "2 MB"},    {20971520, "21 MB"}};
    struct arena *a = begin(w)->arena;
    for (isize i = 0; i < countof(t); i++)
        check_text(size_short(a, t[i].bytes), str_from_z(t[i].said));
    check(end(w, OK) == OK);
}

static void Z1_of_the_largest_number_there_is(struct world *w)
{
    (void)w;
    check(size_has_megabytes(INT64_MAX) == INT64_MAX / 1000000 + 1);
    check(size_has_megabytes(1000000) == 1 && size_has_megabytes(1000001) == 2);
}

const struct test size_tests[] = {
    T(Z1_of_the_largest_number_there_is),
    T(Z1_what_is_refused_reads_as_larger_than_what_is_allowed),
    T(of_a_file),
    {0},
};
