// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/test.h"

static void what_fails_quietly_is_said_to_nobody(struct world *w)
{
    struct ctx *cx = begin(w);
    check(invalid(cx, "text", "Say something.", "Sag etwas.") == ERR_INVALID);
    struct ctx quiet = ctx_quiet(cx);
    check(quiet.problems == NULL && quiet.detail.en.n == 0);
    check(invalid(&quiet, "number", "No number.", "Keine Nummer.") == ERR_INVALID);
    check(cx->problems->next == NULL);
    check_text(cx->detail.en, S("Say something."));
    check_text(str_from_z(quiet.problems->field), S("number"));
    check(end(w, ERR_INVALID) == ERR_INVALID);
}

const struct test ctx_tests[] = {
    T(what_fails_quietly_is_said_to_nobody),
    {0},
};
