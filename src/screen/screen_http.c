// SPDX-License-Identifier: GPL-3.0-or-later
#include "screen/screen_http.h"

#include "screen.html.h"

static struct screen_rules read_rules(const struct request *rq)
{
    return (struct screen_rules){.marks = form_has(rq, "marks"),
                                 .score = form_int(rq, "score", -1),
                                 .forged = form_has(rq, "forged"),
                                 .megabytes = form_int(rq, "megabytes", -1)};
}

static enum err show(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct screen_page *v = make(cx->arena, struct screen_page, 1);
    struct screen_entry *entry;
    TRY(screen_list(cx, &entry, &v->n));
    TRY(screen_rules(cx, &v->rules));
    v->entry = entry;
    v->what = form_text(rq, "what");
    v->allow = form_int(rq, "kind", SCREEN_BLOCK) == SCREEN_ALLOW;
    if (rq->again && form_has(rq, "score"))
        v->rules = read_rules(rq);
    html_screen(page_begin(cx, rq, rp, 200), v);
    return OK;
}

static enum err add(struct ctx *cx, struct request *rq, struct reply *rp)
{
    bool allow = form_int(rq, "kind", SCREEN_BLOCK) == SCREEN_ALLOW;
    TRY(screen_add(cx, allow ? SCREEN_ALLOW : SCREEN_BLOCK, form_text(rq, "what")));
    return see_other(cx, rp, "/a/absender?ok=1");
}

static enum err keep(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct screen_rules r = read_rules(rq);
    TRY(screen_keep(cx, &r));
    return see_other(cx, rp, "/a/absender?ok=1");
}

static enum err drop(struct ctx *cx, struct request *rq, struct reply *rp)
{
    TRY(screen_remove(cx, path_int(rq, 0)));
    return see_other(cx, rp, "/a/absender?ok=1");
}

// clang-format off
const struct route screen_routes[] = {
    {GET,  "/a/absender",        CAN_SEE_QUEUES, show, .summary = "senders that are blocked or always taken"},
    {POST, "/a/absender",        CAN_SEE_QUEUES, add,  show, .summary = "block a sender, or always take its mails"},
    {POST, "/a/absender/regeln", CAN_SEE_QUEUES, keep, show, .summary = "which marks of the filter count, and what is too large"},
    {POST, "/a/absender/{id}",   CAN_SEE_QUEUES, drop, show, .summary = "take an entry off the list"},
    {0},
};
// clang-format on
