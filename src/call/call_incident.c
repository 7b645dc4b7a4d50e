// SPDX-License-Identifier: GPL-3.0-or-later
#include "call/call_incident.h"

#include "search/stem.h"

struct line {
    struct stemmer *s;
    struct problem_face said;
};

static int in_common(struct ctx *cx, const struct line *line, str text, int *words)
{
    struct problem_likeness l;
    struct problem_face f =
        problem_alike_face(line->s, cx->arena, (category_id){0}, (product_id){0}, text);
    *words = f.words;
    (void)problem_alike(&line->said, &f, &l);
    return l.words;
}

// N1: 0, or how many words.
static int fits(struct ctx *cx, const struct line *line, const struct major *m)
{
    int of_title, of_all;
    int title = in_common(cx, line, m->title, &of_title);
    str text = arena_fmt(cx->arena, STR_FMT "\n" STR_FMT, STR_ARG(m->title), STR_ARG(m->words));
    int all = in_common(cx, line, text, &of_all);
    return 2 * all >= line->said.words || (title > 0 && 2 * title >= of_title) ? all : 0;
}

enum err call_incident(struct ctx *cx, str line, struct major *out)
{
    struct major *m, best = {0};
    isize n;
    int most = 0;
    TRY(major_list(cx, &m, &n));
    struct line l = {.s = stem_open(cx->arena)};
    l.said = problem_alike_face(l.s, cx->arena, (category_id){0}, (product_id){0}, line);
    for (isize i = 0; i < n; i++) {
        int words = m[i].state == MAJOR_DECLARED ? fits(cx, &l, &m[i]) : 0;    // N2
        if (words > most) {
            most = words;
            best = m[i];
        }
    }
    stem_close(l.s);
    *out = best;
    return OK;
}
