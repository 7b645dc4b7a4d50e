// SPDX-License-Identifier: GPL-3.0-or-later
#include "staff/skill_http.h"

#include "base/limits.h"
#include "skill.html.h"

static enum err offer_skills(struct ctx *cx, struct skill_page *v)
{
    struct skill *s;
    TRY(skill_list(cx, &s, &v->skills));
    struct staff_choice *c = make(cx->arena, struct staff_choice, v->skills + 3);
    for (isize i = 0; i < v->skills; i++)
        c[i] = (struct staff_choice){s[i].id.n, s[i].name, false};
    v->skill = c;
    v->depth = c + v->skills;
    for (int i = 1; i <= 3; i++)
        c[v->skills + i - 1] = (struct staff_choice){i, skill_depths[i], false};
    return OK;
}

static enum err show(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct skill_page *v = make(cx->arena, struct skill_page, 1);
    struct skill_need *need;
    TRY(offer_skills(cx, v));
    TRY(pick_topics(cx, rq, "thema", (category_id){0}, form_int(rq, "thema", 0), &v->topic));
    TRY(pick_products(cx, rq, "produkt", (product_id){0}, form_int(rq, "produkt", 0),
                      &v->product));
    v->list = staff_list_of(rq, "ab");
    struct choice_wish wish = {v->list.typed, false, v->list.skip, LIMIT_PAGE_ROWS};
    TRY(skill_need_count(cx, wish.typed, &v->list.all));
    TRY(skill_needs(cx, &wish, &need, &v->needs));
    v->need = need;
    html_skills(page_begin(cx, rq, rp, 200), v);
    return OK;
}

static enum err add_need(struct ctx *cx, const struct request *rq)
{
    struct skill_need n = {.skill = {form_int(rq, "faehigkeit", 0)},
                           .depth = (int)form_int(rq, "tiefe", 0)};
    TRY(pick_topic(cx, rq, "thema", (category_id){0}, &n.category));
    TRY(pick_product(cx, rq, "produkt", (product_id){0}, &n.product));
    return skill_need_add(cx, &n);
}

static enum err change(struct ctx *cx, struct request *rq, struct reply *rp)
{
    skill_id id;
    str what = form_text(rq, "tun");
    struct words name = {form_text(rq, "name_en"), form_text(rq, "name")};
    if (str_eq(what, S("neu")))
        TRY(skill_add(cx, name, &id));
    else if (str_eq(what, S("braucht")))
        TRY(add_need(cx, rq));
    else if (str_eq(what, S("weg")))
        TRY(skill_need_forget(cx, form_int(rq, "id", 0)));
    else
        return invalid(cx, "", "Choose what is to be done.", "Wähle aus, was geschehen soll.");
    return see_other(cx, rp, "/a/faehigkeiten?ok=1");
}

// clang-format off
const struct route skill_routes[] = {
    {GET,  "/a/faehigkeiten", CAN_CONFIGURE, show,   .summary = "skills and what needs them"},
    {POST, "/a/faehigkeiten", CAN_CONFIGURE, change, show, .summary = "add a skill or a need, or remove a need"},
    {0},
};
// clang-format on
