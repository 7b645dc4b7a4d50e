// SPDX-License-Identifier: GPL-3.0-or-later
#include "staff/topic_http.h"

#include "topic.html.h"

static enum err show(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct topic_page v;
    struct category *all;
    TRY(category_list(cx, &all, &v.n));
    v.topic = all;
    html_topics(page_begin(cx, rq, rp, 200), &v);
    return OK;
}

// Only what stands at the top has something below (category.h, C1).
static enum err offer_above(struct ctx *cx, struct topic_form *f)
{
    struct category *all;
    isize n;
    TRY(category_list(cx, &all, &n));
    struct staff_choice *c = make(cx->arena, struct staff_choice, n + 1);
    c[f->aboves++] =
        (struct staff_choice){0, SAY("nothing: at the top", "nichts: ganz oben"), false};
    for (isize i = 0; i < n; i++)
        if (all[i].parent.n == 0 && all[i].id.n != f->c.id.n)
            c[f->aboves++] = (struct staff_choice){all[i].id.n, all[i].name, false};
    f->above = c;
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
    if (form_has(rq, "name_de"))
        take(rq, &f->c);    // H1
    TRY(offer_above(cx, f));
    html_topic_one(page_begin(cx, rq, rp, 200), f);
    return OK;
}

static enum err save(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct category c;
    category_id id;
    TRY(load(cx, rq, &c));
    take(rq, &c);
    TRY(c.id.n == 0 ? category_add(cx, &c, &id) : category_change(cx, &c));
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
