// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/length.h"

enum err length_check(struct ctx *cx, const char *field, str text, int64_t most)
{
    if (str_characters(text) <= most)
        return OK;
    return invalid(cx, field, "This is too long: at most %d characters.",
                   "Das ist zu lang: höchstens %d Zeichen.", (int)most);
}

enum err length_bytes(struct ctx *cx, const char *field, str text, int64_t most)
{
    if (text.n <= most)
        return OK;
    return invalid(cx, field, "This is too long: at most %d bytes.",
                   "Das ist zu lang: höchstens %d Bytes.", (int)most);
}
