// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/test.h"

#include "base/io.h"
#include "base/seal.h"

#include <sys/stat.h>

static void L1_the_key_is_a_file_of_its_own(struct world *w)
{
    struct seal first, again;
    struct stat st;
    struct ctx *cx = begin(w);
    check(seal_load(cx, &first) == OK && seal_load(cx, &again) == OK);
    check(memcmp(first.key, again.key, SEAL_KEY_BYTES) == 0);
    str path = arena_fmt(cx->arena, STR_FMT "/secret.key", STR_ARG(w->place.dir));
    check(stat(arena_z(cx->arena, path), &st) == 0 && (st.st_mode & 0777) == 0600
          && st.st_size == SEAL_KEY_BYTES);
    io_remove(cx, path);
    check(seal_load(cx, &again) == OK && memcmp(first.key, again.key, SEAL_KEY_BYTES) != 0);
    check(end(w, OK) == OK);
}

static void L1_a_disk_that_fails_leaves_no_half_key(struct world *w)
{
    for (int nth = 1; nth < 20; nth++) {
        struct seal s;
        struct ctx *cx = begin(w);
        io_remove(cx, arena_fmt(cx->arena, STR_FMT "/secret.key", STR_ARG(w->place.dir)));
        io_fail_at(nth);
        enum err err = seal_load(cx, &s);
        bool failed = io_failed();
        io_fail_at(0);
        ctx_forgive(cx);
        check(err == OK || failed);
        check(seal_load(cx, &s) == OK);
        check(end(w, OK) == OK);
    }
}

static void L2_L3_opens_for_its_purpose_only(struct world *w)
{
    struct seal s = {{7}}, other = {{8}};
    struct ctx *cx = begin(w);
    str plain = S("drei Boote auf dem Deich"), back = {0};
    str one = seal_lock(cx->arena, &s, "a", plain), two = seal_lock(cx->arena, &s, "a", plain);
    check(!str_eq(one, two) && str_find(one, S("Boote")) < 0);
    check(seal_unlock(cx->arena, &s, "a", one, &back) && str_eq(back, plain));
    check(!seal_unlock(cx->arena, &s, "b", one, &back));
    check(!seal_unlock(cx->arena, &other, "a", one, &back));
    for (isize i = 0; i < one.n; i++) {
        str bent = arena_str(cx->arena, one);
        ((char *)(uintptr_t)bent.p)[i] ^= 1;
        check(!seal_unlock(cx->arena, &s, "a", bent, &back));
        check(!seal_unlock(cx->arena, &s, "a", (str){one.p, i}, &back));
    }
    check(end(w, OK) == OK);
}

const struct test seal_tests[] = {
    T(L1_the_key_is_a_file_of_its_own),
    T(L1_a_disk_that_fails_leaves_no_half_key),
    T(L2_L3_opens_for_its_purpose_only),
    {0},
};
