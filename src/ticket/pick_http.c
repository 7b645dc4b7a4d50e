// SPDX-License-Identifier: GPL-3.0-or-later
#include "ticket/pick_http.h"

#include "base/buf.h"
#include "base/limits.h"

enum { NEAR = 3 };    // names in a sentence

// Topics and products as one (P1 P2).
struct source {
    enum err (*offer)(struct ctx *cx, int64_t kept, struct pick *out);
    enum err (*used)(struct ctx *cx, struct pick *out);
    enum err (*like)(struct ctx *cx, str typed, struct pick *out);
    enum err (*name)(struct ctx *cx, int64_t id, struct words *out);
    enum err (*find)(struct ctx *cx, str typed, int64_t kept, int64_t *out,
                     enum choice_found *found);
};

// --- topics ----------------------------------------------------------------------------------

static void put_topics(struct ctx *cx, const struct category *c, isize n, struct pick *out)
{
    struct pick_option *o = make(cx->arena, struct pick_option, n);
    for (isize i = 0; i < n; i++)
        o[i] = (struct pick_option){c[i].id.n, category_path(cx->arena, &c[i])};
    out->option = o;
    out->options = n;
}

static enum err topics_offer(struct ctx *cx, int64_t kept, struct pick *out)
{
    struct category *c;
    isize n;
    TRY(category_offer(cx, (category_id){kept}, &c, &n));
    put_topics(cx, c, n, out);
    return OK;
}

static enum err tops_offer(struct ctx *cx, int64_t kept, struct pick *out)
{
    struct category *c;
    isize n;
    TRY(category_offer_tops(cx, (category_id){kept}, &c, &n));
    put_topics(cx, c, n, out);
    return OK;
}

static enum err topics_used(struct ctx *cx, struct pick *out)
{
    struct category *c;
    isize n;
    TRY(category_used(cx, &c, &n));
    put_topics(cx, c, n, out);
    return OK;
}

static enum err topics_like(struct ctx *cx, str typed, struct pick *out)
{
    struct category *c;
    struct choice_wish wish = {.typed = typed, .most = LIMIT_PAGE_ROWS};
    isize n;
    TRY(category_page(cx, &wish, &c, &n));
    put_topics(cx, c, n, out);
    return OK;
}

static enum err topic_name(struct ctx *cx, int64_t id, struct words *out)
{
    struct category c;
    TRY(category_load(cx, (category_id){id}, &c));
    *out = category_path(cx->arena, &c);
    return OK;
}

static enum err topic_find(struct ctx *cx, str typed, int64_t kept, int64_t *out,
                           enum choice_found *found)
{
    category_id id = {0};
    TRY(category_find(cx, typed, (category_id){kept}, &id, found));
    *out = id.n;
    return OK;
}

// --- products --------------------------------------------------------------------------------

static void put_products(struct ctx *cx, const struct product *p, isize n, struct pick *out)
{
    struct pick_option *o = make(cx->arena, struct pick_option, n);
    for (isize i = 0; i < n; i++)
        o[i] = (struct pick_option){p[i].id.n, {p[i].name, p[i].name}};
    out->option = o;
    out->options = n;
}

static enum err products_offer(struct ctx *cx, int64_t kept, struct pick *out)
{
    struct product *p;
    isize n;
    TRY(product_offer(cx, (product_id){kept}, &p, &n));
    put_products(cx, p, n, out);
    return OK;
}

static enum err products_used(struct ctx *cx, struct pick *out)
{
    struct product *p;
    isize n;
    TRY(product_used(cx, &p, &n));
    put_products(cx, p, n, out);
    return OK;
}

static enum err products_like(struct ctx *cx, str typed, struct pick *out)
{
    struct product *p;
    struct choice_wish wish = {.typed = typed, .most = LIMIT_PAGE_ROWS};
    isize n;
    TRY(product_page(cx, &wish, &p, &n));
    put_products(cx, p, n, out);
    return OK;
}

static enum err product_name(struct ctx *cx, int64_t id, struct words *out)
{
    struct product p;
    TRY(product_load(cx, (product_id){id}, &p));
    *out = (struct words){p.name, p.name};
    return OK;
}

static enum err product_find_it(struct ctx *cx, str typed, int64_t kept, int64_t *out,
                                enum choice_found *found)
{
    product_id id = {0};
    TRY(product_find(cx, typed, (product_id){kept}, &id, found));
    *out = id.n;
    return OK;
}

static const struct source topics = {topics_offer, topics_used, topics_like, topic_name,
                                     topic_find},
                           tops = {tops_offer, topics_used, topics_like, topic_name,
                                   topic_find},
                           products = {products_offer, products_used, products_like,
                                       product_name, product_find_it};

// --- what a form shows (P1) ------------------------------------------------------------------

static const char *typed_field(struct ctx *cx, const char *field)
{
    return arena_z(cx->arena, arena_fmt(cx->arena, "%s_name", field));
}

// What is chosen may be a key of an address that somebody wrote himself.
static enum err fill_text(struct ctx *cx, const struct source *s, struct pick *out)
{
    struct words name = {0};
    enum err err = out->chosen == 0 ? OK : s->name(cx, out->chosen, &name);
    if (err == ERR_ABSENT)
        ctx_forgive(cx);
    else
        TRY(err);
    out->text = words_in(name, cx->lang);
    return OK;
}

static enum err fill(struct ctx *cx, const struct request *rq, const struct source *s,
                     int64_t kept, struct pick *out)
{
    const char *typed = typed_field(cx, out->field);
    TRY(s->offer(cx, kept, out));
    if (out->options <= LIMIT_CHOICES)
        return OK;
    out->typed = true;
    if (!form_has(rq, typed)) {
        TRY(fill_text(cx, s, out));
        return s->used(cx, out);
    }
    out->text = str_trim(form_text(rq, typed));
    return out->text.n > 0 ? s->like(cx, out->text, out) : s->used(cx, out);
}

enum err pick_topics(struct ctx *cx, const struct request *rq, const char *field,
                     category_id kept, int64_t chosen, struct pick *out)
{
    *out = (struct pick){.field = field, .chosen = chosen};
    return fill(cx, rq, &topics, kept.n, out);
}

enum err pick_tops(struct ctx *cx, const struct request *rq, const char *field,
                   category_id kept, int64_t chosen, struct pick *out)
{
    *out = (struct pick){.field = field, .chosen = chosen};
    return fill(cx, rq, &tops, kept.n, out);
}

enum err pick_products(struct ctx *cx, const struct request *rq, const char *field,
                       product_id kept, int64_t chosen, struct pick *out)
{
    *out = (struct pick){.field = field, .chosen = chosen};
    return fill(cx, rq, &products, kept.n, out);
}

void pick_without(struct pick *p, int64_t value)
{
    isize n = 0;
    for (isize i = 0; i < p->options; i++)
        if (p->option[i].value != value)
            p->option[n++] = p->option[i];
    p->options = n;
}

// --- what it says (P2 P3) --------------------------------------------------------------------

static str near_names(struct ctx *cx, const struct pick *p)
{
    struct buf b = buf_new(cx->arena, 100);
    for (isize i = 0; i < p->options && i < NEAR; i++) {
        buf_put(&b, i > 0 ? S(", ") : S(""));
        buf_put(&b, words_in(p->option[i].name, cx->lang));
    }
    if (p->options > NEAR)
        buf_put(&b, words_in(SAY(" and others", " und andere"), cx->lang));
    return buf_str(&b);
}

static enum err refuse(struct ctx *cx, const struct source *s, const char *field, str typed,
                       enum choice_found found)
{
    struct pick near = {0};
    TRY(s->like(cx, typed, &near));
    if (found == CHOICE_SEVERAL)
        return invalid(cx, field, "“" STR_FMT "” is the name of several: " STR_FMT ".",
                       "„" STR_FMT "“ heißen mehrere: " STR_FMT ".", STR_ARG(typed),
                       STR_ARG(near_names(cx, &near)));
    if (near.options == 0)
        return invalid(cx, field, "There is no “" STR_FMT "” to choose.",
                       "„" STR_FMT "“ steht nicht zur Auswahl.", STR_ARG(typed));
    return invalid(cx, field,
                   "There is no “" STR_FMT "” to choose. Similar names: " STR_FMT ".",
                   "„" STR_FMT "“ steht nicht zur Auswahl. Ähnlich heißen: " STR_FMT ".",
                   STR_ARG(typed), STR_ARG(near_names(cx, &near)));
}

static enum err named(struct ctx *cx, const struct source *s, const char *field, str name,
                      int64_t kept, int64_t *out)
{
    enum choice_found found;
    TRY(s->find(cx, name, kept, out, &found));
    return found == CHOICE_ONE ? OK : refuse(cx, s, field, name, found);
}

static enum err take(struct ctx *cx, const struct request *rq, const struct source *s,
                     const char *field, int64_t kept, int64_t *out)
{
    const char *typed = typed_field(cx, field);
    str name = str_trim(form_text(rq, typed));
    if (form_has(rq, typed) && name.n > 0)
        return named(cx, s, field, name, kept, out);
    *out = form_has(rq, typed) ? 0 : form_int(rq, field, *out);
    return OK;
}

enum err pick_topic(struct ctx *cx, const struct request *rq, const char *field,
                    category_id kept, category_id *out)
{
    return take(cx, rq, &topics, field, kept.n, &out->n);
}

enum err pick_product(struct ctx *cx, const struct request *rq, const char *field,
                      product_id kept, product_id *out)
{
    return take(cx, rq, &products, field, kept.n, &out->n);
}

enum err pick_topic_named(struct ctx *cx, const char *field, str name, int64_t *out)
{
    return named(cx, &topics, field, name, 0, out);
}

enum err pick_product_named(struct ctx *cx, const char *field, str name, int64_t *out)
{
    return named(cx, &products, field, name, 0, out);
}
