// SPDX-License-Identifier: GPL-3.0-or-later
#include "engagement/need_http.h"

#include "base/limits.h"
#include "need.html.h"

str need_box(const struct page *p, const char *what, category_id category)
{
    return arena_fmt(p->cx->arena, "%s-%lld", what, (long long)category.n);
}

static enum err show(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct need_page v = {.list = staff_list_of(rq, "ab")};
    struct choice_wish wish = {v.list.typed, false, v.list.skip, LIMIT_PAGE_ROWS};
    struct choice_count all;
    struct engagement_need *need;
    TRY(category_count(cx, wish.typed, &all));
    TRY(engagement_need_list(cx, &wish, &need, &v.needs));
    v.list.all = (isize)all.offered;
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

// D3: the rows that the page showed.
static enum err save(struct ctx *cx, struct request *rq, struct reply *rp)
{
    isize n;
    const int64_t *row = staff_ticked(cx, rq, "zeile", &n);
    for (isize i = 0; i < n; i++) {
        category_id id = {row[i]};
        unsigned wanted = (is_ticked(cx, rq, "bisher", id) ? NEED_TRIED : 0)
                          | (is_ticked(cx, rq, "lage", id) ? NEED_SITUATION : 0);
        TRY(engagement_need_set(cx, id, wanted));
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
