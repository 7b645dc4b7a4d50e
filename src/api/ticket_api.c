// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/ticket_api.h"

#include "api/put_api.h"
#include "base/limits.h"
#include "promise/promise.h"
#include "routing/routing.h"
#include "ticket/ticket_list.h"

// --- lists ---------------------------------------------------------------------------------

static void put_row(struct ctx *cx, struct json_out *j, const struct ticket_row *r)
{
    json_open(j, '{');
    json_key_str(j, "number", ticket_number_shown(cx->arena, r->number));
    json_key_int(j, "version", r->version);
    json_key_str(j, "subject", r->subject);
    json_key_str(j, "status", str_from_z(ticket_words_status[r->status].code));
    json_key_int(j, "level", r->level);
    json_key_int(j, "priority", r->priority);
    json_key_str(j, "contact_name", r->contact_name);
    json_key_bool(j, "contact_vip", r->contact_vip);
    json_key_str(j, "ball", str_from_z(ticket_words_ball[r->ball].code));
    json_key_str(j, "work_team", words_in(r->work_team_name, cx->lang));
    api_put_time(cx, j, "due", r->due);
    api_put_time(cx, j, "created", r->created);
    json_close(j, '}');
}

static fallible no_view(struct ctx *cx)
{
    str views = ticket_words_codes(cx->arena, ticket_list_views);
    return invalid(cx, "view", "There is no such view. It is one of: " STR_FMT ".",
                   "Diese Ansicht gibt es nicht. Möglich: " STR_FMT ".", STR_ARG(views));
}

static enum err list(struct ctx *cx, struct request *rq, struct reply *rp)
{
    int view = VIEW_OPEN;
    str name = form_text(rq, "view");
    if (name.n > 0 && !ticket_words_find(ticket_list_views, name, &view))
        return no_view(cx);
    struct ticket_filter f = {.view = (enum ticket_view)view,
                              .team = {form_int(rq, "team", 0)},
                              .contact = {form_int(rq, "contact", 0)},
                              .rows = (int)api_limit(rq)};
    TRY(api_mark(cx, rq, &f.after.key, &f.after.id));
    struct ticket_page page;
    TRY(ticket_list(cx, &f, &page));
    struct json_out *j = api_items_begin(cx, rq, rp);
    for (isize i = 0; i < page.n; i++)
        put_row(cx, j, &page.row[i]);
    api_items_end(j, page.more ? api_mark_of(cx, page.next.key, page.next.id) : S(""));
    return OK;
}

static enum err show(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct ticket t;
    TRY(api_ticket(cx, rq, &t));
    api_put_ticket(cx, api_begin(cx, rq, rp, 200), &t);
    api_etag(rp, t.version);
    return OK;
}

// --- making --------------------------------------------------------------------------------

static enum err who_asks(struct ctx *cx, const struct json *o, enum lang lang, contact_id *out)
{
    str mail = json_text(o, "mail");
    struct contact known;
    out->n = json_number(o, "contact", 0);
    if (out->n != 0)
        return contact_load(cx, *out, &known);
    if (mail.n == 0)
        return invalid(cx, "mail", "Who asks? Send mail or contact.",
                       "Wer fragt? Es fehlt mail oder contact.");
    return contact_of_sender(cx, json_text(o, "name"), mail, lang, out);
}

// What can be chosen no more (category.h C5, product.h R7) only a case has that has it already.
static enum err named_topic(struct ctx *cx, str name, category_id *out)
{
    category_id id;
    if (name.n == 0)
        return OK;
    if (category_by_name(cx, name, &id) != OK)
        return invalid(cx, "category", "There is no such topic.",
                       "Dieses Thema gibt es nicht.");
    TRY(category_choose(cx, id, *out));
    *out = id;
    return OK;
}

static enum err named_product(struct ctx *cx, str name, product_id *out)
{
    product_id id;
    if (name.n == 0)
        return OK;
    if (product_by_name(cx, name, &id) != OK)
        return invalid(cx, "product", "There is no such product.",
                       "Dieses Produkt gibt es nicht.");
    TRY(product_choose(cx, id, *out));
    *out = id;
    return OK;
}

static enum err named_class(struct ctx *cx, const struct json *o, category_id *category,
                            product_id *product)
{
    TRY(named_topic(cx, json_text(o, "category"), category));
    return named_product(cx, json_text(o, "product"), product);
}

static enum err read_new(struct ctx *cx, const struct json *o, struct ticket_new *n)
{
    int type = TICKET_QUESTION;
    TRY(api_code(cx, o, "type", ticket_words_type, &type));
    n->type = (enum ticket_type)type;
    n->channel = CHANNEL_API;
    n->subject = json_text(o, "subject");
    n->problem = json_text(o, "text");
    n->impact = (int)json_number(o, "impact", 0);
    n->urgency = (int)json_number(o, "urgency", 0);
    TRY(api_lang(cx, o, &n->lang));
    TRY(named_class(cx, o, &n->category, &n->product));
    return who_asks(cx, o, n->lang != 0 ? n->lang : LANG_DE, &n->contact);
}

static enum err create(struct ctx *cx, struct request *rq, struct reply *rp)
{
    const struct json *o;
    struct ticket_new n = {0};
    struct ticket_made made;
    struct ticket t;
    message_id message;
    instant due;
    TRY(api_body(cx, rq, &o));
    TRY(read_new(cx, o, &n));
    TRY(ticket_create(cx, &n, &made));
    TRY(routing_begin(cx, &made, CHANNEL_API, S(""), &t));
    struct message_new m = {.kind = MESSAGE_CUSTOMER,
                            .channel = CHANNEL_API,
                            .contact = n.contact,
                            .body = n.problem,
                            .seen = MESSAGE_SEEN_ALL};
    TRY(message_add(cx, &made.at, &m, &message));
    TRY(promise_first(cx, &made, CHANNEL_API, &due));
    str shown = ticket_number_shown(cx->arena, made.number);
    struct json_out *j = api_begin(cx, rq, rp, 201);
    json_open(j, '{');
    json_key_str(j, "number", shown);
    json_key_int(j, "version", made.at.version);
    json_key_int(j, "level", made.level);
    json_key_int(j, "priority", made.priority);
    api_put_time(cx, j, "due", due);
    json_close(j, '}');
    api_etag(rp, made.at.version);
    http_set_header(rq->x, "Location",
                    arena_fmt(cx->arena, "/api/v1/tickets/" STR_FMT, STR_ARG(shown)));
    return OK;
}

// --- changing ------------------------------------------------------------------------------

static bool has_any(const struct json *o, const char *const *keys)
{
    for (; *keys != NULL; keys++)
        if (json_get(o, *keys) != NULL)
            return true;
    return false;
}

static enum err change_class(struct ctx *cx, const struct json *o, const struct ticket *t,
                             struct ticket_at *at)
{
    static const char *const keys[] = {"type",    "category", "product",      "impact",
                                       "urgency", "priority", "priority_why", NULL};
    if (!has_any(o, keys))
        return OK;
    int type = (int)t->type;
    TRY(api_code(cx, o, "type", ticket_words_type, &type));
    struct ticket_class c = {.type = (enum ticket_type)type,
                             .category = t->category,
                             .product = t->product,
                             .impact = (int)json_number(o, "impact", t->impact),
                             .urgency = (int)json_number(o, "urgency", t->urgency),
                             .priority = (int)json_number(o, "priority", 0),
                             .why = json_text(o, "priority_why")};
    TRY(named_class(cx, o, &c.category, &c.product));
    return ticket_classify(cx, at, &c);
}

static str text_or(const struct json *o, const char *key, str stored)
{
    return json_get(o, key) != NULL ? json_text(o, key) : stored;
}

static enum err change_lagebild(struct ctx *cx, const struct json *o, const struct ticket *t,
                                struct ticket_at *at)
{
    static const char *const keys[] = {"problem", "tried", "current", NULL};
    if (!has_any(o, keys))
        return OK;
    struct lagebild l = {text_or(o, "problem", t->problem), text_or(o, "tried", t->tried),
                         text_or(o, "current", t->current)};
    return ticket_set_lagebild(cx, at, l);
}

static enum err change_contact(struct ctx *cx, const struct json *o, struct ticket_at *at)
{
    if (json_get(o, "contact") == NULL)
        return OK;
    if (!access_can(&cx->who, CAN_CALL))    // as for the contacts themselves
        return fail(cx, ERR_DENIED, "Your role does not include this.",
                    "Das gehört nicht zu deiner Rolle.");
    enum err err = message_set_contact(cx, at, (contact_id){json_number(o, "contact", 0)});
    if (err == ERR_ABSENT)
        return invalid(cx, "contact", "There is no such contact.",
                       "Diesen Kontakt gibt es nicht.");
    return err;
}

static enum err change(struct ctx *cx, struct request *rq, struct reply *rp)
{
    const struct json *o;
    struct ticket t;
    TRY(api_body(cx, rq, &o));
    TRY(api_ticket(cx, rq, &t));
    struct ticket_at at = {.id = t.id};
    TRY(api_version(cx, rq, &at.version));
    TRY(change_class(cx, o, &t, &at));
    TRY(change_lagebild(cx, o, &t, &at));
    TRY(change_contact(cx, o, &at));
    return show(cx, rq, rp);
}

// clang-format off
const struct route ticket_api_routes[] = {
    {GET,   "/api/v1/tickets",               CAN_WORK, list,   .rate = RATE_API, .asks = "view team contact limit after", .summary = "cases of a view", .lists = &api_ticket_schema},
    {POST,  "/api/v1/tickets",               CAN_WORK, create, .rate = RATE_API, .summary = "a new case", .gives = &api_ticket_schema, .takes = &api_ticket_new_schema, .wants = "text"},
    {GET,   "/api/v1/tickets/{number}",      CAN_WORK, show,   .rate = RATE_API, .summary = "one case", .gives = &api_ticket_schema},
    {PATCH, "/api/v1/tickets/{number}",      CAN_WORK, change, .rate = RATE_API, .matches = true, .summary = "classify, change the state card, or say who asks", .gives = &api_ticket_schema, .takes = &api_ticket_schema},
    {0},
};
// clang-format on
