// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/demo.h"

#include "base/json.h"
#include "base/now.h"
#include "base/secret.h"
#include "clock/agreement.h"
#include "contact/contact.h"
#include "demo/replay.h"
#include "exchange/exchange.h"
#include "portal/portal_fact.h"
#include "staff/level.h"
#include "tenant/tenant.h"
#include "vendor/vendor.h"

const char demo_password[] = "nordlicht-demo";

str demo_content(const char *name)
{
    for (const struct demo_file *f = demo_files; f->name != NULL; f++)
        if (strcmp(f->name, name) == 0)
            return f->bytes;
    return (str){0};
}

struct demo *demo_new(struct arena *a, instant now, str base_url)
{
    struct demo *d = make(a, struct demo, 1);
    d->arena = a;
    d->now = now;
    d->base_url = arena_str(a, base_url);
    d->tickets = arena_join(a, demo_content("history.jsonl"), demo_content("ticket.jsonl"));    // O8
    return d;
}

str demo_ticket_key(const struct demo *d)
{
    return d->ticket;
}

// Every line of a file, as an object, to one function.
static enum err each_line(struct ctx *cx, struct demo *d, const char *name,
                          enum err (*take)(struct ctx *, struct demo *, const struct json *))
{
    str rest = demo_content(name);
    while (rest.n > 0) {
        str line = str_token(&rest, '\n');
        struct json *o;
        if (line.n == 0)
            continue;
        TRY(json_read(cx, line, &o));
        TRY(take(cx, d, o));
    }
    return OK;
}

void demo_remember(struct demo *d, struct demo_key *list, isize *n, const struct json *o,
                   int64_t id)
{
    if (*n < DEMO_KEYS)
        list[(*n)++] = (struct demo_key){arena_str(d->arena, json_text(o, "key")), id};
}

int64_t demo_find(const struct demo_key *list, isize n, str key)
{
    for (isize i = 0; i < n; i++)
        if (str_eq(list[i].key, key))
            return list[i].id;
    return 0;
}

static enum err take_team(struct ctx *cx, struct demo *d, const struct json *o)
{
    team_id id;
    struct team t = {.name = {json_text(o, "name_en"), json_text(o, "name_de")},
                     .level = (int)json_number(o, "level", 1)};
    t.intake = d->teams == 0;
    TRY(team_add(cx, &t, &id));
    demo_remember(d, d->team, &d->teams, o, id.n);
    if (t.level < LEVEL_VENDOR)
        return OK;
    struct vendor v = {.team.id = id,
                       .address = json_text(o, "address"),
                       .lang = LANG_DE,
                       .contract = json_text(o, "contract")};
    return vendor_save(cx, &v);
}

static enum err take_person(struct ctx *cx, struct demo *d, const struct json *o)
{
    struct person p = {.login = json_text(o, "login"),
                       .name = json_text(o, "name"),
                       .lang = str_eq(json_text(o, "language"), S("en")) ? LANG_EN : LANG_DE,
                       .password = d->password};
    person_id id;
    if (!person_role_from(json_text(o, "role"), &p.role))
        return broken(cx, "demo: a role is not known");
    TRY(person_add(cx, &p, &id));
    if (d->people < DEMO_KEYS)
        d->person[d->people++] = (struct demo_key){arena_str(d->arena, p.login), id.n};
    if (p.role == ROLE_LEAD)
        d->lead = id;
    const struct json *teams = json_get(o, "teams");
    for (const struct json *t = teams == NULL ? NULL : teams->child; t != NULL; t = t->next) {
        int64_t team = demo_find(d->team, d->teams, t->s);
        TRY(person_join(cx, id, (team_id){team}));
        if (d->members < DEMO_KEYS)
            d->member[d->members++] = (struct demo_member){id, {team}};
    }
    return OK;
}

static enum err take_contact(struct ctx *cx, struct demo *d, const struct json *o)
{
    contact_id id;
    TRY(exchange_contact(cx, o, S("demo"), json_text(o, "key"), &id));
    demo_remember(d, d->contact, &d->contacts, o, id.n);
    return OK;
}

static enum err take_product(struct ctx *cx, struct demo *d, const struct json *o)
{
    product_id id;
    struct product p = {.name = json_text(o, "name")};
    TRY(exchange_product(cx, o, &p));
    TRY(product_add(cx, &p, &id));
    demo_remember(d, d->product, &d->products, o, id.n);
    return OK;
}

static enum err take_category(struct ctx *cx, struct demo *d, const struct json *o)
{
    category_id id;
    struct category c = {
        .name = {json_text(o, "name_en"), json_text(o, "name_de")},
        .parent = {demo_find(d->category, d->categories, json_text(o, "parent"))}};
    c.words = arena_fmt(cx->arena, STR_FMT " " STR_FMT,
                        STR_ARG(exchange_list(cx, o, "customer_words_de", S(" "))),
                        STR_ARG(exchange_list(cx, o, "customer_words_en", S(" "))));
    TRY(category_add(cx, &c, &id));
    demo_remember(d, d->category, &d->categories, o, id.n);
    return OK;
}

static enum err take_fact(struct ctx *cx, struct demo *d, const struct json *o)
{
    (void)cx;
    for (int i = 1; i < FACTS; i++)
        if (str_eq(json_text(o, "key"), str_from_z(portal_facts[i].name)))
            d->facts.value[i] = arena_str(d->arena, json_text(o, "value"));
    return OK;
}

enum err demo_people(struct ctx *cx, void *demo)
{
    struct demo *d = demo;
    tenant_id id;
    cx->now = instant_plus(d->now, -400 * 86400);
    TRY(tenant_create(cx,
                      (struct tenant){.name = S("Nordlicht Netz"),
                                      .lang = LANG_DE,
                                      .mail_address = S(DEMO_ADDRESS),
                                      .base_url = d->base_url},
                      &id));
    cx->who = d->system = tenant_system(id);
    d->password = secret_password_hash(d->arena, str_from_z(demo_password));
    TRY(agreement_begin(cx));
    TRY(each_line(cx, d, "team.jsonl", take_team));
    TRY(each_line(cx, d, "person.jsonl", take_person));
    TRY(each_line(cx, d, "contact.jsonl", take_contact));
    TRY(each_line(cx, d, "product.jsonl", take_product));
    TRY(each_line(cx, d, "category.jsonl", take_category));
    TRY(each_line(cx, d, "fact.jsonl", take_fact));
    return portal_fact_save(cx, &d->facts);
}

static enum err take_solution(struct ctx *cx, struct demo *d, const struct json *o)
{
    solution_id id;
    cx->now = instant_plus(d->now, -json_number(o, "age_days", 200) * 86400);    // O7
    TRY(exchange_solution(cx, o, S("demo"), json_text(o, "key"), &id));
    demo_remember(d, d->solution, &d->solutions, o, id.n);
    return OK;
}

enum err demo_solutions(struct ctx *cx, void *demo)
{
    struct demo *d = demo;
    cx->who = d->system;
    return each_line(cx, d, "solution.jsonl", take_solution);
}

enum err demo_next_ticket(struct ctx *cx, void *demo)
{
    struct demo *d = demo;
    str line = str_token(&d->tickets, '\n');
    struct json *o;
    if (line.n == 0)
        return ERR_ABSENT;
    TRY(json_read(cx, line, &o));
    d->ticket = arena_str(d->arena, json_text(o, "key"));
    enum err err = demo_replay(cx, d, o);
    return err == ERR_ABSENT ? broken(cx, "something it names is not there") : err;
}
