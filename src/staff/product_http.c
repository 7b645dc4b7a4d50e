// SPDX-License-Identifier: GPL-3.0-or-later
#include "staff/product_http.h"

#include "product.html.h"

static enum err show(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct product_page v;
    struct product *all;
    TRY(product_list(cx, &all, &v.n));
    v.product = all;
    html_products(page_begin(cx, rq, rp, 200), &v);
    return OK;
}

static enum err offer_next(struct ctx *cx, struct product_form *f)
{
    struct product *all;
    isize n;
    TRY(product_list(cx, &all, &n));
    struct staff_choice *c = make(cx->arena, struct staff_choice, n + 1);
    c[f->nexts++] = (struct staff_choice){0, SAY("nothing", "nichts"), false};
    for (isize i = 0; i < n; i++)
        if (all[i].id.n != f->p.id.n)
            c[f->nexts++] =
                (struct staff_choice){all[i].id.n, {all[i].name, all[i].name}, false};
    f->next = c;
    return OK;
}

static enum err load(struct ctx *cx, const struct request *rq, struct product_form *f)
{
    *f = (struct product_form){0};
    if (!str_eq(path_text(rq, 0), S("0")))
        TRY(product_load(cx, (product_id){path_int(rq, 0)}, &f->p));
    f->sold = product_day_shown(cx->arena, f->p.life.sold_until, cx->lang);
    f->supported = product_day_shown(cx->arena, f->p.life.supported_until, cx->lang);
    return OK;
}

static void take(const struct request *rq, struct product_form *f)
{
    struct product *p = &f->p;
    p->version = form_int(rq, "version", p->version);
    p->name = form_text(rq, "name");
    p->words = form_text(rq, "words");
    p->successor.n = form_int(rq, "successor", 0);
    p->offer = form_text(rq, "offer");
    f->sold = form_text(rq, "sold");
    f->supported = form_text(rq, "supported");
}

static enum err show_one(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct product_form *f = make(cx->arena, struct product_form, 1);
    TRY(load(cx, rq, f));
    if (form_has(rq, "name"))
        take(rq, f);    // H1
    TRY(offer_next(cx, f));
    html_product_one(page_begin(cx, rq, rp, 200), f);
    return OK;
}

static enum err read_day(struct ctx *cx, const char *field, str typed, int64_t *out)
{
    if (product_day_read(typed, cx->now, out))
        return OK;
    return invalid(cx, field, "A day looks like 30 Jun 2026.",
                   "Ein Tag sieht so aus: 30.06.2026.");
}

static enum err save(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct product_form *f = make(cx->arena, struct product_form, 1);
    product_id id;
    TRY(load(cx, rq, f));
    take(rq, f);
    TRY(read_day(cx, "sold", f->sold, &f->p.life.sold_until));
    TRY(read_day(cx, "supported", f->supported, &f->p.life.supported_until));
    TRY(f->p.id.n == 0 ? product_add(cx, &f->p, &id) : product_change(cx, &f->p));
    return see_other(cx, rp, "/a/produkte?ok=1");
}

// clang-format off
const struct route product_routes[] = {
    {GET,  "/a/produkte",      CAN_CONFIGURE, show,     .summary = "the products"},
    {GET,  "/a/produkte/{id}", CAN_CONFIGURE, show_one, .summary = "a product; 0: a new one"},
    {POST, "/a/produkte/{id}", CAN_CONFIGURE, save,     show_one, .summary = "save a product"},
    {0},
};
// clang-format on
