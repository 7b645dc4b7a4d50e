// SPDX-License-Identifier: GPL-3.0-or-later
#include "staff/product_http.h"

#include "base/limits.h"
#include "product.html.h"

static enum err list(struct ctx *cx, bool ended, struct product_list *l)
{
    struct product *row;
    struct choice_wish wish = {l->list.typed, ended, l->list.skip, LIMIT_PAGE_ROWS};
    TRY(product_page(cx, &wish, &row, &l->n));
    l->product = row;
    return OK;
}

static enum err show(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct product_page v = {.offered = {.list = staff_list_of(rq, "ab")},
                             .ended = {.list = staff_list_of(rq, "alt")}};
    struct choice_count all;
    TRY(product_count(cx, v.offered.list.typed, &all));
    v.offered.list.all = (isize)all.offered;
    v.ended.list.all = (isize)all.ended;
    TRY(list(cx, false, &v.offered));
    TRY(list(cx, true, &v.ended));
    html_products(page_begin(cx, rq, rp, 200), &v);
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
    p->offer = (struct words){form_text(rq, "offer_en"), form_text(rq, "offer_de")};
    f->sold = form_text(rq, "sold");
    f->supported = form_text(rq, "supported");
}

static enum err show_one(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct product_form *f = make(cx->arena, struct product_form, 1);
    TRY(load(cx, rq, f));
    product_id kept = f->p.successor;
    if (form_has(rq, "name"))
        take(rq, f);    // H1
    TRY(pick_products(cx, rq, "successor", kept, f->p.successor.n, &f->next));
    pick_without(&f->next, f->p.id.n);
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

static enum err typed(struct ctx *cx, const struct request *rq, struct product_form *f)
{
    product_id kept = f->p.successor;
    take(rq, f);
    TRY(pick_product(cx, rq, "successor", kept, &f->p.successor));
    TRY(read_day(cx, "sold", f->sold, &f->p.life.sold_until));
    return read_day(cx, "supported", f->supported, &f->p.life.supported_until);
}

// H3
static enum err offer_or_not(struct ctx *cx, struct product *p, int64_t version, str what)
{
    if (str_eq(what, S("weg")))
        return product_remove(cx, p->id, version);
    p->version = version;
    p->ended = str_eq(what, S("heraus")) ? cx->now : (instant){0};
    return product_change(cx, p);
}

static enum err save(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct product_form *f = make(cx->arena, struct product_form, 1);
    product_id id;
    TRY(load(cx, rq, f));
    str what = form_text(rq, "tun");
    if (what.n > 0)
        TRY(offer_or_not(cx, &f->p, form_int(rq, "version", 0), what));
    else {
        TRY(typed(cx, rq, f));
        TRY(f->p.id.n == 0 ? product_add(cx, &f->p, &id) : product_change(cx, &f->p));
    }
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
