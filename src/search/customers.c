// SPDX-License-Identifier: GPL-3.0-or-later
#include "search/customers.h"

#include "contact/fold.h"

enum { DIGITS = 5 };

// C2: contact_find() has looked whether it fits.
static bool is_way(str typed)
{
    int digits = 0;
    for (isize i = 0; i < typed.n; i++)
        digits += str_is_digit(typed.p[i]);
    return str_find(typed, S("@")) >= 0 || digits >= DIGITS;
}

static bool has(const struct fold *words, str word)
{
    for (int i = 0; i < words->n; i++)
        if (str_eq(words->word[i], word))
            return true;
    return false;
}

// C1
static bool is_called(struct arena *a, const struct contact_found *c, str typed, bool typing)
{
    struct fold want = {0}, words = {0};
    fold_typed(a, typed, &want);
    fold_stored(a, c->name, &words);
    fold_stored(a, c->org, &words);
    int whole = want.n - typing;    // the last one was found by its beginning
    for (int i = 0; i < whole; i++)
        if (!has(&words, want.word[i]))
            return false;
    return want.n > 0;
}

enum err customers_meant(struct ctx *cx, str typed, bool typing, struct contact_found **out,
                         isize *n)
{
    struct contact_found *found;
    isize founds;
    typed = str_trim(typed);
    *n = 0;
    TRY(contact_find(cx, typed, &found, &founds));
    *out = found;
    for (isize i = 0; i < founds; i++)
        if (is_way(typed) || is_called(cx->arena, &found[i], typed, typing))
            found[(*n)++] = found[i];
    return OK;
}
