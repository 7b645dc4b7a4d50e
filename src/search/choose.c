// SPDX-License-Identifier: GPL-3.0-or-later
#include "search/choose.h"

#include "base/buf.h"
#include "search/search.h"

enum { NAMED = 3 };

bool choose_key(str typed, int64_t *out)
{
    str rest = str_trim(typed);
    str first = str_token(&rest, ' ');
    bool marked = first.n > 0 && (first.p[0] == 'L' || first.p[0] == 'l');
    return (marked || rest.n == 0) && solution_key_read(first, out);
}

static str named(struct ctx *cx, const struct search_hit *hit, isize n)
{
    struct buf b = buf_new(cx->arena, 200);
    for (isize i = 0; i < n; i++) {
        str key = solution_key_text(cx->arena, hit[i].number);
        buf_fmt(&b, "%s" STR_FMT " " STR_FMT, i > 0 ? "; " : "", STR_ARG(key),
                STR_ARG(hit[i].title));
    }
    return buf_str(&b);
}

static enum err which(struct ctx *cx, const char *field, str words)    // N2
{
    struct search_hit *hit;
    isize n;
    struct search_ask ask = {
        .words = words, .kinds = 1 << SEARCH_SOLUTION, .limit = NAMED, .typing = true};
    TRY(search_run(cx, &ask, &hit, &n));
    str candidates = named(cx, hit, n);
    if (n == 0)
        return invalid(cx, field,
                       "Nothing that is known has these words. A number looks like L-118.",
                       "Dazu steht nichts im Wissen. Eine Nummer sieht so aus: L-118.");
    return invalid(cx, field, "Please enter the number: " STR_FMT,
                   "Bitte die Nummer eintragen: " STR_FMT, STR_ARG(candidates));
}

enum err choose_solution(struct ctx *cx, const char *field, str typed, solution_id *out)
{
    struct ctx quiet = ctx_quiet(cx);
    struct solution s;
    int64_t key;
    if (str_trim(typed).n == 0)
        return invalid(cx, field, "Please name a solution, by its number or in words.",
                       "Hier fehlt die Lösung: ihre Nummer oder ein Stichwort.");
    if (!choose_key(typed, &key))
        return which(cx, field, typed);
    enum err err = solution_by_key(&quiet, solution_key_text(cx->arena, key), &s);
    if (err == ERR_ABSENT)
        return invalid(cx, field, "There is no solution with this number.",
                       "Eine Lösung mit dieser Nummer gibt es nicht.");
    TRY(err);
    *out = s.id;
    return OK;
}
