// SPDX-License-Identifier: GPL-3.0-or-later
#include "engagement/need_http.h"

#include "need.html.h"

str need_box(const struct page *p, const char *what, category_id category)
{
    return arena_fmt(p->cx->arena, "%s-%lld", what, (long long)category.n);
}

static enum err show(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct need_page v = {0};
    struct engagement_need *need;
    TRY(engagement_need_list(cx, &need, &v.needs));
    v.need = need;
    html_needs(page_begin(cx, rq, rp, 200), &v);
    return OK;
}

static bool is_ticked(struct ctx *cx, const struct request *rq, const char *what,
                      category_id category)
{
    struct page p = {.cx = cx};
    return form_has(rq, arena_z(cx->arena, need_box(&p, what, category)));
}

static enum err save(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct engagement_need *need;
    isize n;
    TRY(engagement_need_list(cx, &need, &n));
    for (isize i = 0; i < n; i++) {
        unsigned wanted = (is_ticked(cx, rq, "bisher", need[i].category) ? NEED_TRIED : 0)
                          | (is_ticked(cx, rq, "lage", need[i].category) ? NEED_SITUATION : 0);
        if (wanted != need[i].needs)
            TRY(engagement_need_set(cx, need[i].category, wanted));
    }
    return see_other(cx, rp, "/a/uebergabe?ok=1");
}

// clang-format off
const struct route need_routes[] = {
    {GET,  "/a/uebergabe", CAN_CONFIGURE, show, .summary = "what hand-overs of a topic must say"},
    {POST, "/a/uebergabe", CAN_CONFIGURE, save, .summary = "say what hand-overs of a topic must say"},
    {0},
};
// clang-format on
