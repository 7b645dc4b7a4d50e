// SPDX-License-Identifier: GPL-3.0-or-later
#include "ticket/choice.h"

#include "base/json.h"
#include "base/limits.h"

str choice_exact(struct arena *a, str typed)
{
    struct buf b = buf_new(a, 100);
    typed = str_head(str_trim(typed), LIMIT_LINE);
    for (isize i = 0; i < typed.n; i++) {
        if (typed.p[i] == '%' || typed.p[i] == '_' || typed.p[i] == '!')
            buf_char(&b, '!');
        buf_char(&b, typed.p[i]);
    }
    return buf_str(&b);
}

str choice_like(struct arena *a, str typed)
{
    return arena_fmt(a, "%%" STR_FMT "%%", STR_ARG(choice_exact(a, typed)));
}

str choice_keys(struct arena *a, const int64_t *key, isize n)
{
    struct buf b = buf_new(a, 8 * n + 10);
    struct json_out j = {&b};
    json_open(&j, '[');
    for (isize i = 0; i < n; i++)
        json_int(&j, key[i]);
    json_close(&j, ']');
    return buf_str(&b);
}
