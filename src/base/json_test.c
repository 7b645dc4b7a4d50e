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

static void what_is_no_json_is_told_in_one_language(struct world *w)
{
    static const struct {
        str text, en, de;
    } table[] = {
        {WORD("{\"a\": "), WORD("line 1, column 6: it ends too early."),
         WORD("Zeile 1, Spalte 6: es hört zu früh auf.")},
        {WORD("{\"a\":1,\"a\":2}"), WORD("a key stands twice."),
         WORD("ein Schlüssel steht doppelt.")},
        {WORD("[\"\xff\"]"), WORD("this is not UTF-8."), WORD("das ist kein UTF-8.")},
        {WORD("[1e999]"), WORD("a number is too large."), WORD("eine Zahl ist zu groß.")},
        {WORD("kaputt"), WORD("something else belongs here."),
         WORD("hier gehört etwas anderes hin.")},
    };
    struct json *o;
    for (isize i = 0; i < countof(table); i++) {
        struct ctx cx = {.arena = &w->arena};
        check(json_read(&cx, table[i].text, &o) == ERR_INVALID);
        check(str_starts(cx.detail.en, S("This is not JSON: "))
              && str_ends(cx.detail.en, table[i].en));
        check(str_starts(cx.detail.de, S("Das ist kein JSON: "))
              && str_ends(cx.detail.de, table[i].de));
    }
}

const struct test json_tests[] = {
    T(nesting_ends_with_a_sentence),
    T(what_is_no_json_is_told_in_one_language),
    {0},
};
