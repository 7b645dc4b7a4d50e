// SPDX-License-Identifier: GPL-3.0-or-later
#include "staff/topic_http.h"

#include "base/limits.h"
#include "staff/authority.h"
#include "topic.html.h"

static enum err list(struct ctx *cx, bool ended, struct topic_list *l)
{
    struct category *row;
    struct choice_wish wish = {l->list.typed, ended, l->list.skip, LIMIT_PAGE_ROWS};
    TRY(category_page(cx, &wish, &row, &l->n));
    l->topic = row;
    return OK;
}

static enum err show(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct topic_page v = {.offered = {.list = staff_list_of(rq, "ab")},
                           .ended = {.list = staff_list_of(rq, "alt")}};
    struct choice_count all;
    TRY(category_count(cx, v.offered.list.typed, &all));
    v.offered.list.all = (isize)all.offered;
    v.ended.list.all = (isize)all.ended;
    TRY(list(cx, false, &v.offered));
    TRY(list(cx, true, &v.ended));
    html_topics(page_begin(cx, rq, rp, 200), &v);
    return OK;
}

static enum err load(struct ctx *cx, const struct request *rq, struct category *c)
{
    *c = (struct category){0};
    return str_eq(path_text(rq, 0), S("0"))
               ? OK
               : category_load(cx, (category_id){path_int(rq, 0)}, c);
}

static void take(const struct request *rq, struct category *c)
{
    c->version = form_int(rq, "version", c->version);
    c->parent.n = form_int(rq, "parent", 0);
    c->name = (struct words){form_text(rq, "name_en"), form_text(rq, "name_de")};
    c->words = form_text(rq, "words");
}

static enum err show_one(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct topic_form *f = make(cx->arena, struct topic_form, 1);
    TRY(load(cx, rq, &f->c));
    category_id kept = f->c.parent;
    if (form_has(rq, "name_de"))
        take(rq, &f->c);                                                 // H1
    TRY(pick_tops(cx, rq, "parent", kept, f->c.parent.n, &f->above));    // category.h, C1
    pick_without(&f->above, f->c.id.n);
    html_topic_one(page_begin(cx, rq, rp, 200), f);
    return OK;
}

// H2
static enum err offer_or_not(struct ctx *cx, struct category *c, int64_t version, str what)
{
    if (str_eq(what, S("weg"))) {
        TRY(authority_check_topic(cx, c->id));
        return category_remove(cx, c->id, version);
    }
    c->version = version;
    c->ended = str_eq(what, S("heraus")) ? cx->now : (instant){0};
    return category_change(cx, c);
}

static enum err save(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct category c;
    category_id id;
    TRY(load(cx, rq, &c));
    str what = form_text(rq, "tun");
    if (what.n > 0)
        TRY(offer_or_not(cx, &c, form_int(rq, "version", 0), what));
    else {
        category_id kept = c.parent;
        take(rq, &c);
        TRY(pick_topic(cx, rq, "parent", kept, &c.parent));
        TRY(c.id.n == 0 ? category_add(cx, &c, &id) : category_change(cx, &c));
    }
    return see_other(cx, rp, "/a/themen?ok=1");
}

// clang-format off
const struct route topic_routes[] = {
    {GET,  "/a/themen",      CAN_CONFIGURE, show,     .summary = "the topics"},
    {GET,  "/a/themen/{id}", CAN_CONFIGURE, show_one, .summary = "a topic; 0: a new one"},
    {POST, "/a/themen/{id}", CAN_CONFIGURE, save,     show_one, .summary = "save a topic"},
    {0},
};
// clang-format on
