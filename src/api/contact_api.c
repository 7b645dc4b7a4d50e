// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/contact_api.h"

#include "api/put_api.h"

static enum err find(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct contact_found *found;
    isize n;
    TRY(contact_find(cx, form_text(rq, "q"), &found, &n));
    struct json_out *j = api_items_begin(cx, rq, rp);
    for (isize i = 0; i < n; i++)
        api_put_found(j, &found[i]);
    api_items_end(j, S(""));
    return OK;
}

static enum err give(struct ctx *cx, struct request *rq, struct reply *rp, contact_id id,
                     int status)
{
    struct contact c;
    TRY(contact_load(cx, id, &c));
    api_put_contact(cx, api_begin(cx, rq, rp, status), &c);
    api_etag(rp, c.version);
    return OK;
}

static enum err show(struct ctx *cx, struct request *rq, struct reply *rp)
{
    return give(cx, rq, rp, (contact_id){path_int(rq, 0)}, 200);
}

struct addresses {
    struct contact_address row[CONTACT_ADDRESSES];
    isize n;
};

static enum err take_addresses(struct ctx *cx, const char *field, const struct json *list,
                               enum address_kind kind, struct addresses *to)
{
    for (const struct json *a = list == NULL ? NULL : list->child; a != NULL; a = a->next) {
        if (a->kind != JS_TEXT)
            return invalid(cx, field, "This is a list of strings.",
                           "Das ist eine Liste von Texten.");
        if (to->n == CONTACT_ADDRESSES)
            return invalid(cx, field, "A contact has at most %d addresses and numbers.",
                           "Ein Kontakt hat höchstens %d Adressen und Nummern.",
                           CONTACT_ADDRESSES);
        to->row[to->n++] = (struct contact_address){.kind = kind, .shown = a->s};
    }
    return OK;
}

// Of one kind only, when the body names the other.
static void keep_others(const struct contact *old, const struct json *mails,
                        const struct json *phones, struct addresses *to)
{
    for (isize i = 0; i < old->addresses; i++)
        if ((old->address[i].kind == ADDRESS_MAIL ? mails : phones) == NULL)
            to->row[to->n++] = old->address[i];
}

static const struct contact blank = {.lang = LANG_DE, .formal = true};

static bool is_null(const struct json *v)
{
    return v != NULL && v->kind == JS_NULL;
}

static bool flag(const struct json *v, bool stored, bool otherwise)
{
    return v == NULL ? stored : is_null(v) ? otherwise : v->n != 0;
}

// What the body does not name stays as it is in *c; what it says null to is as in a new contact
// (RFC 7396).
static enum err take(struct ctx *cx, const struct json *o, struct contact *c)
{
    const struct json *mails = json_get(o, "mails"), *phones = json_get(o, "phones");
    struct addresses *all = make(cx->arena, struct addresses, 1);
    if (json_get(o, "name") != NULL)
        c->name = json_text(o, "name");
    if (json_get(o, "org") != NULL)
        c->org = json_text(o, "org");
    if (json_get(o, "reach") != NULL)
        c->reach = json_text(o, "reach");
    c->formal = flag(json_get(o, "formal"), c->formal, blank.formal);
    c->vip = flag(json_get(o, "vip"), c->vip, blank.vip);
    if (is_null(json_get(o, "language")))
        c->lang = blank.lang;
    TRY(api_lang(cx, o, &c->lang));
    keep_others(c, mails, phones, all);
    TRY(take_addresses(cx, "mails", mails, ADDRESS_MAIL, all));
    TRY(take_addresses(cx, "phones", phones, ADDRESS_PHONE, all));
    c->address = all->row;
    c->addresses = all->n;
    return OK;
}

// K12.  Of the firm that the contact has now.
static enum err take_firm(struct ctx *cx, const struct json *o, str org)
{
    const struct json *vip = json_get(o, "firm_vip");
    if (vip == NULL)
        return OK;
    if (str_trim(org).n == 0)
        return invalid(cx, "firm_vip", "Without a firm there is none to mark.",
                       "Ohne Firma gibt es keine zu markieren.");
    return contact_mark_firm(cx, org, flag(vip, false, false));
}

static enum err create(struct ctx *cx, struct request *rq, struct reply *rp)
{
    const struct json *o;
    struct contact c = blank;
    contact_id id;
    TRY(api_body(cx, rq, &o));
    TRY(take(cx, o, &c));
    TRY(contact_add(cx, &c, &id));
    TRY(take_firm(cx, o, c.org));
    http_set_header(rq->x, "Location",
                    arena_fmt(cx->arena, "/api/v1/contacts/%lld", (long long)id.n));
    return give(cx, rq, rp, id, 201);
}

static enum err change(struct ctx *cx, struct request *rq, struct reply *rp)
{
    const struct json *o;
    struct contact c;
    TRY(api_body(cx, rq, &o));
    TRY(contact_load(cx, (contact_id){path_int(rq, 0)}, &c));
    TRY(api_version(cx, rq, &c.version));
    TRY(take(cx, o, &c));
    TRY(contact_change(cx, &c));
    TRY(take_firm(cx, o, c.org));
    return show(cx, rq, rp);
}

// clang-format off
const struct route contact_api_routes[] = {
    {GET,   "/api/v1/contacts",      CAN_CALL, find,   .rate = RATE_API, .asks = "q", .summary = "the first contacts whose name, mail or phone begins so (q); there is no list of all", .lists = &api_found_schema},
    {POST,  "/api/v1/contacts",      CAN_CALL, create, .rate = RATE_API, .summary = "a new contact", .gives = &api_contact_schema, .takes = &api_contact_schema, .wants = "name"},
    {GET,   "/api/v1/contacts/{id}", CAN_CALL, show,   .rate = RATE_API, .summary = "one contact", .gives = &api_contact_schema},
    {PATCH, "/api/v1/contacts/{id}", CAN_CALL, change, .rate = RATE_API, .matches = true, .summary = "change a contact; what is not named stays, null takes it away", .gives = &api_contact_schema, .takes = &api_contact_schema},
    {0},
};
// clang-format on
