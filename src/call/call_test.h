// SPDX-License-Identifier: GPL-3.0-or-later
// What the tests of this folder share: a call that was begun, and ways to it.
#pragma once

#include "testing/web.h"

static inline str number_behind(struct world *w, const struct seen *s, const char *before)
{
    isize at = str_find(s->to, str_from_z(before));
    check(at >= 0);
    str rest = str_cut(s->to, at + (isize)strlen(before));
    return keep(w, str_head(rest, 9));
}

static inline const char *path(struct world *w, const char *before, str number,
                               const char *after)
{
    return arena_z(&w->kept,
                   arena_fmt(&w->kept, "%s" STR_FMT "%s", before, STR_ARG(number), after));
}

static inline str called(struct world *w, const char *says)
{
    const char *form = arena_z(
        &w->kept,
        arena_fmt(&w->kept, "tun=suchen&wer=Karin Brandt&erreichbar=040 66969 114&sagt=%s",
                  says));
    struct seen s = web_post(w, ADA, "/w/call", form);
    check(s.status == 303);
    return number_behind(w, &s, "/w/call/");
}

// How many a page needs.
static inline int64_t statements(struct world *w, const char *url)
{
    enum { MANY = 1000000 };
    db_fail_at(w->db, MANY);
    web_get(w, ADA, url);
    return MANY - db_fail_at(w->db, 0);
}
