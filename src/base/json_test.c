// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/json.h"

#include "base/limits.h"
#include "testing/test.h"

static str nested(struct world *w, int64_t levels, const char *open, const char *close)
{
    struct buf b = buf_new(&w->arena, 1000);
    for (int64_t i = 0; i < levels; i++)
        buf_put(&b, str_from_z(open));
    for (int64_t i = 0; i < levels; i++)
        buf_put(&b, str_from_z(close));
    return buf_str(&b);
}

static void nesting_ends_with_a_sentence(struct world *w)
{
    static const char *const brackets[][2] = {{"[", "]"}, {"{\"a\":[", "]}"}};
    struct ctx cx = {.arena = &w->arena};
    struct json *o;
    for (int i = 0; i < 2; i++) {
        int64_t most = LIMIT_JSON_DEPTH / (i + 1);
        check(json_read(&cx, nested(w, most, brackets[i][0], brackets[i][1]), &o) == OK);
        str more = nested(w, most + 1, brackets[i][0], brackets[i][1]);
        check(json_read(&cx, more, &o) == ERR_INVALID);
        check_text(cx.detail.en, S("The JSON is nested too deeply (at most 32)."));
    }
    check(json_read(&cx, nested(w, 100000, "[", "]"), &o) == ERR_INVALID);
}

const struct test json_tests[] = {T(nesting_ends_with_a_sentence), {0}};
