// SPDX-License-Identifier: GPL-3.0-or-later
#include "ticket/choice.h"

#include "base/buf.h"
#include "base/limits.h"

str choice_like(struct arena *a, str typed)
{
    struct buf b = buf_new(a, 100);
    typed = str_head(str_trim(typed), LIMIT_LINE);
    buf_char(&b, '%');
    for (isize i = 0; i < typed.n; i++) {
        if (typed.p[i] == '%' || typed.p[i] == '_' || typed.p[i] == '!')
            buf_char(&b, '!');
        buf_char(&b, typed.p[i]);
    }
    buf_char(&b, '%');
    return buf_str(&b);
}
