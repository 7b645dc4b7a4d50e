// SPDX-License-Identifier: GPL-3.0-or-later
#include "solution/solution_list_http.h"

#include "base/limits.h"
#include "solution_list.html.h"

struct url solution_list_page(const struct page *p, const struct solution_rows *v, isize skip)
{
    return (struct url){arena_fmt(p->cx->arena, "/w/kb?" STR_FMT "&ab=%lld", STR_ARG(v->keep),
                                  (long long)int_max(skip, 0))};
}

str solution_list_product(const struct solution_rows *v, product_id id)
{
    for (isize i = 0; i < v->products; i++)
        if (v->product[i].id.n == id.n)
            return v->product[i].name;
    return (str){0};
}

// A name that is none is said above the list, which is not narrowed by it.
static enum err read_about(struct ctx *cx, const struct request *rq, struct solution_filter *f)
{
    enum err err = pick_topic(cx, rq, "thema", (category_id){CHOICE_ALL}, &f->category);
    if (err == OK || err == ERR_INVALID)
        err = pick_product(cx, rq, "produkt", (product_id){CHOICE_ALL}, &f->product);
    return err == ERR_INVALID ? OK : err;
}

static enum err read_filter(struct ctx *cx, const struct request *rq, struct solution_rows *v)
{
    struct solution_filter *f = &v->filter;
    *f = (struct solution_filter){
        .confidence = (enum confidence)form_int(rq, "stufe", 0),
        .audience = (int)form_int(rq, "fuer", 0),
        .flagged = form_has(rq, "stimmt-nicht"),
        .skip = (isize)int_min(int_max(form_int(rq, "ab", 0), 0), 1 << 20),
        .most = LIMIT_PAGE_ROWS};
    TRY(read_about(cx, rq, f));
    v->keep = arena_fmt(cx->arena, "fuer=%d&stufe=%d&thema=%lld&produkt=%lld%s", f->audience,
                        (int)f->confidence, (long long)f->category.n, (long long)f->product.n,
                        f->flagged ? "&stimmt-nicht=1" : "");
    return OK;
}

static enum err name_products(struct ctx *cx, struct solution_rows *v)
{
    struct product *product;
    int64_t *key = make(cx->arena, int64_t, v->n);
    for (isize i = 0; i < v->n; i++)
        key[i] = v->row[i].product.n;
    TRY(product_among(cx, key, v->n, &product, &v->products));
    v->product = product;
    return OK;
}

static enum err load(struct ctx *cx, const struct request *rq, struct solution_rows *v)
{
    struct solution *row;
    struct solution_filter one_more = v->filter;
    category_id topic = {CHOICE_ALL};
    product_id goods = {CHOICE_ALL};
    one_more.most++;
    TRY(pick_topics(cx, rq, "thema", topic, v->filter.category.n, &v->topic));
    TRY(pick_products(cx, rq, "produkt", goods, v->filter.product.n, &v->goods));
    TRY(solution_list(cx, &one_more, &row, &v->n));
    v->more = v->n > v->filter.most;
    v->n = int_min(v->n, v->filter.most);
    v->row = row;
    return name_products(cx, v);
}

static enum err show(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct solution_rows *v = make(cx->arena, struct solution_rows, 1);
    int64_t key;
    v->q = form_text(rq, "q");
    if (solution_key_read(v->q, &key))    // Q1
        return see_other(cx, rp, "/w/kb/L-%lld", (long long)key);
    TRY(read_filter(cx, rq, v));
    v->may_write = access_can(&cx->who, CAN_WRITE_SOLUTION);
    TRY(load(cx, rq, v));
    html_solutions(page_begin(cx, rq, rp, 200), v);
    return OK;
}

// clang-format off
const struct route solution_list_routes[] = {
    {GET, "/w/kb", CAN_WORK, show, .summary = "the list of solutions, searched and filtered"},
    {0},
};
// clang-format on
