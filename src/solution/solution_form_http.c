// SPDX-License-Identifier: GPL-3.0-or-later
#include "solution/solution_form_http.h"

#include "base/buf.h"

str solution_form_steps(struct arena *a, const struct solution *s)
{
    struct buf b = buf_new(a, 80 * s->steps + 1);
    for (isize i = 0; i < s->steps; i++) {
        buf_put(&b, s->step[i].text);
        if (s->step[i].expected.n > 0) {
            buf_put(&b, S(" -> "));
            buf_put(&b, s->step[i].expected);
        }
        buf_char(&b, '\n');
    }
    return buf_str(&b);
}

bool solution_form_for(const struct solution *s, int bit)
{
    return (s->audience & bit) != 0;
}

bool solution_form_offers(const struct solution_form *f, int bit)
{
    int own = (1 << f->level) - 1;    // the own level and those below
    return f->publisher || (bit & own & ~SOLUTION_OUTSIDE) != 0;
}

static void read_text(const struct request *rq, const char *field, str *out)
{
    if (form_has(rq, field))
        *out = form_text(rq, field);
}

// Boxes that are not ticked are not sent at all, so a hidden field says that they were asked.
static int read_audience(const struct request *rq, int otherwise)
{
    static const char *const box[] = {"for-1", "for-2", "for-3", "for-customer", "for-public"};
    int audience = 0;
    if (!form_has(rq, "audience"))
        return otherwise;
    for (int i = 0; i < countof(box); i++)
        if (form_has(rq, box[i]))
            audience |= 1 << i;
    return audience;
}

static void take(const struct request *rq, struct arena *a, struct solution *s)
{
    read_text(rq, "title", &s->title);
    read_text(rq, "words", &s->words);
    read_text(rq, "environment", &s->environment);
    read_text(rq, "cause", &s->cause);
    read_text(rq, "body", &s->body);
    if (form_has(rq, "steps"))
        solution_steps_read(a, form_text(rq, "steps"), &s->step, &s->steps);
    s->kind = (enum solution_kind)form_int(rq, "kind", s->kind);
    s->lang = (enum lang)form_int(rq, "language", s->lang);
    s->confidence = (enum confidence)form_int(rq, "confidence", s->confidence);
    s->category = (category_id){form_int(rq, "category", s->category.n)};
    s->product = (product_id){form_int(rq, "product", s->product.n)};
    s->audience = read_audience(rq, s->audience);
}

// A key that is not this desk's is none.
static enum err own_or_none(struct ctx *cx, enum err err, int64_t *key)
{
    if (err != ERR_ABSENT)
        return err;
    ctx_forgive(cx);
    *key = 0;
    return OK;
}

enum err solution_form_take(struct ctx *cx, const struct request *rq, struct solution *s)
{
    struct solution before = *s;
    take(rq, cx->arena, s);
    TRY(pick_topic(cx, rq, "category", before.category, &s->category));
    TRY(pick_product(cx, rq, "product", before.product, &s->product));
    TRY(own_or_none(cx, category_choose(cx, s->category, before.category), &s->category.n));
    return own_or_none(cx, product_choose(cx, s->product, before.product), &s->product.n);
}

enum err solution_form_open(struct ctx *cx, const struct request *rq, const struct solution *s,
                            struct solution_form *out)
{
    *out = (struct solution_form){.s = *s, .version = s->version};
    if (rq->x->form != NULL)
        take(rq, cx->arena, &out->s);
    out->steps = form_or(rq, "steps", solution_form_steps(cx->arena, s));
    out->key = s->id.n == 0 ? S("") : solution_key_text(cx->arena, s->key);
    out->publisher = access_can(&cx->who, CAN_PUBLISH);
    out->level = cx->who.level;
    TRY(pick_topics(cx, rq, "category", s->category, out->s.category.n, &out->category));
    return pick_products(cx, rq, "product", s->product, out->s.product.n, &out->product);
}
