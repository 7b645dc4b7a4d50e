// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/test.h"

#include "base/length.h"

static void characters_count_not_bytes(struct world *w)
{
    struct ctx *cx = begin(w);
    const str five[] = {S("abcde"), S("αβγδε"), S("äöüßé"), S("😀😀😀😀😀")};
    for (isize i = 0; i < countof(five); i++) {
        check(length_check(cx, "text", five[i], 5) == OK && cx->problems == NULL);
        check(length_check(cx, "text", five[i], 4) == ERR_INVALID);
        check_text(cx->problems->text.de, S("Das ist zu lang: höchstens 4 Zeichen."));
        check(strcmp(cx->problems->field, "text") == 0);
        ctx_forgive(cx);
    }
    end(w, OK);
}

static void of_a_message_bytes_count(struct world *w)
{
    struct ctx *cx = begin(w);
    check(length_bytes(cx, "body", S("αβ"), 4) == OK && cx->problems == NULL);
    check(length_bytes(cx, "body", S("αβ"), 3) == ERR_INVALID);
    check_text(cx->problems->text.de, S("Das ist zu lang: höchstens 3 Bytes."));
    check(strcmp(cx->problems->field, "body") == 0);
    ctx_forgive(cx);
    end(w, OK);
}

const struct test length_tests[] = {
    T(characters_count_not_bytes),
    T(of_a_message_bytes_count),
    {0},
};
