// SPDX-License-Identifier: GPL-3.0-or-later
#include "workplace/classify.h"

enum { SHORTEST = 3 };

static bool has_word(str words, str word)
{
    while (words.n > 0)
        if (str_eq_nocase(str_token(&words, ' '), word))
            return true;
    return false;
}

static bool is_shared(str word, const struct category *all, isize n)
{
    int owners = 0;
    for (isize i = 0; i < n && owners <= CLASSIFY_SHARED; i++)
        owners += has_word(all[i].words, word);
    return owners > CLASSIFY_SHARED;
}

// S3: the words before this one, to know it again.
static bool comes_again(str words, str word)
{
    return has_word((str){words.p, word.p - words.p}, word);
}

static int score(str text, const struct category *c, const struct category *all, isize n)
{
    int found = 0;
    for (str rest = c->words; rest.n > 0;) {
        str word = str_token(&rest, ' ');
        if (word.n < SHORTEST || str_find_nocase(text, word) < 0)
            continue;
        found += !comes_again(c->words, word) && !is_shared(word, all, n);
    }
    return found;
}

isize classify_hints(struct arena *a, str text, const struct category *all, isize n,
                     const struct category *out[CLASSIFY_HINTS])
{
    isize found = 0;
    int *points = make(a, int, n + 1);
    for (isize i = 0; i < n; i++)
        points[i] = score(text, &all[i], all, n);
    while (found < CLASSIFY_HINTS) {
        isize best = -1;
        for (isize i = 0; i < n; i++)
            if (points[i] > 0 && (best < 0 || points[i] > points[best]))
                best = i;
        if (best < 0)
            break;
        points[best] = 0;
        out[found++] = &all[best];
    }
    return found;
}
