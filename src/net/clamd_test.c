// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/test.h"

#include "net/clamd.h"
#include "testing/scanner.h"

static enum clamd_verdict scan(struct world *w, struct scanner *s, str bytes, str *name)
{
    w->cx = (struct ctx){.arena = &w->arena, .lang = LANG_EN};
    return clamd_scan(&w->cx, scanner_address(s), bytes, 1, name);
}

static void F1_where_it_is(struct world *w)
{
    (void)w;
    check(clamd_is_address(S("unix:/run/clamd")) && clamd_is_address(S("127.0.0.1:3310")));
    check(!clamd_is_address(S("unix:")) && !clamd_is_address(S("localhost"))
          && !clamd_is_address(S("x:0")) && !clamd_is_address(S(":3310"))
          && !clamd_is_address(S("x:70000")));
}

static void F2_F3_clean_or_found(struct world *w)
{
    struct scanner *tcp = scanner_start(S(""));
    struct scanner *local = scanner_start(arena_fmt(&w->kept, "%s/clamd", w->place.dir.p));
    isize n = 300000;
    char *big = make(&w->kept, char, n);
    memset(big, 'x', (size_t)n);
    str name, eicar = scanner_eicar(&w->kept), hidden = {big, n};
    check(scan(w, tcp, hidden, &name) == CLAMD_CLEAN);
    check(scan(w, local, S(""), &name) == CLAMD_CLEAN);
    memcpy(big + 65536 - 20, eicar.p, (size_t)eicar.n);    // across two pieces
    check(scan(w, tcp, hidden, &name) == CLAMD_FOUND);
    check_text(name, S("Eicar-Signature"));
    check(scan(w, local, eicar, &name) == CLAMD_FOUND);
    check(scanner_count(tcp) == 2 && scanner_count(local) == 2);
    scanner_stop(tcp);
    scanner_stop(local);
}

static void F3_another_answer_is_never_clean(struct world *w)
{
    struct scanner *s = scanner_start(S(""));
    str name;
    scanner_is(s, SCANNER_TIRED);
    check(scan(w, s, S("x"), &name) == CLAMD_UNABLE);
    check_text(name, S("INSTREAM size limit exceeded. ERROR"));
    scanner_stop(s);
}

static void F4_down(struct world *w)
{
    struct scanner *s = scanner_start(S(""));
    str name;
    scanner_is(s, SCANNER_RUDE);
    check(scan(w, s, S("x"), &name) == CLAMD_DOWN);
    scanner_is(s, SCANNER_SILENT);
    check(scan(w, s, S("x"), &name) == CLAMD_DOWN);
    str gone = arena_str(&w->kept, scanner_address(s));
    scanner_stop(s);
    check(clamd_scan(&w->cx, gone, S("x"), 1, &name) == CLAMD_DOWN);
    check(clamd_scan(&w->cx, S("unix:/nowhere/clamd"), S("x"), 1, &name) == CLAMD_DOWN);
    check(w->cx.detail.en.n == 0);
}

const struct test clamd_tests[] = {
    T(F1_where_it_is),
    T(F2_F3_clean_or_found),
    T(F3_another_answer_is_never_clean),
    T(F4_down),
    {0},
};
