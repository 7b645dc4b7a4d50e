// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/organisation.h"

#include "base/buf.h"
#include "exchange/exchange.h"

#include "staff/authority.h"
#include "staff/crew.h"
#include "staff/skill.h"
#include "staff/staff.h"

typedef enum err finder(struct ctx *cx, str name, int64_t *out);

static enum err find_team(struct ctx *cx, str name, int64_t *out)
{
    struct team t;
    TRY(team_by_name(cx, name, &t));
    *out = t.id.n;
    return OK;
}

static enum err find_category(struct ctx *cx, str name, int64_t *out)
{
    category_id id;
    TRY(category_by_name(cx, name, &id));
    *out = id.n;
    return OK;
}

static enum err find_product(struct ctx *cx, str name, int64_t *out)
{
    product_id id;
    TRY(product_by_name(cx, name, &id));
    *out = id.n;
    return OK;
}

// O3
static enum err find(struct ctx *cx, finder *how, str name, int64_t *out)
{
    enum err err = how(cx, name, out);
    if (err != ERR_ABSENT)
        return err;
    ctx_forgive(cx);
    return fail(cx, ERR_INVALID, "There is no “" STR_FMT "”.", "„" STR_FMT "“ gibt es nicht.",
                STR_ARG(name));
}

// The keys of a list of names; NULL when the line has no such list.
static enum err keys_of(struct ctx *cx, const struct json *o, const char *key, finder *how,
                        const int64_t **out, isize *n)
{
    const struct json *list = json_get(o, key);
    if (list == NULL || list->kind != JS_LIST)
        return OK;
    isize most = 0, found = 0;
    for (const struct json *c = list->child; c != NULL; c = c->next)
        most++;
    int64_t *id = make(cx->arena, int64_t, most);
    for (const struct json *c = list->child; c != NULL; c = c->next)
        TRY(find(cx, how, c->s, &id[found++]));
    *out = id;
    *n = found;
    return OK;
}

static fallible no_role(struct ctx *cx, str code)
{
    struct buf b = buf_new(cx->arena, 256);
    for (int i = 1; person_roles[i].code != NULL; i++)
        buf_fmt(&b, "%s%s", i > 1 ? ", " : "", person_roles[i].code);
    return exchange_unknown(cx, "role", code, buf_str(&b));
}

enum err organisation_person(struct ctx *cx, const struct json *o)
{
    struct staff s = {0};
    struct person known;
    str login = json_text(o, "login");
    person_id id;
    bool there;
    TRY(exchange_found(cx, person_by_login(cx, login, &known), &there));
    if (there)
        TRY(staff_load(cx, known.id, &s));
    struct person *p = &s.person;
    p->login = login;
    p->password = S("");    // O2
    p->name = json_text(o, "name");
    p->email = json_text(o, "email");
    p->lang = str_eq(json_text(o, "language"), S("en")) ? LANG_EN : LANG_DE;
    if (!person_role_from(json_text(o, "role"), &p->role))    // O3
        return no_role(cx, json_text(o, "role"));
    TRY(keys_of(cx, o, "teams", find_team, &s.team, &s.teams));
    return staff_save(cx, &s, &id);
}

static enum err assign_of(struct ctx *cx, const struct json *o, enum crew_assign *out)
{
    str code = json_text(o, "assign");
    struct buf known = buf_new(cx->arena, 64);
    for (int i = CREW_PULL; crew_assigns[i].code != NULL; i++) {
        if (str_eq(code, str_from_z(crew_assigns[i].code)))
            return *out = (enum crew_assign)i, OK;
        buf_fmt(&known, "%s%s", i > CREW_PULL ? ", " : "", crew_assigns[i].code);
    }
    return json_get(o, "assign") == NULL
               ? OK
               : exchange_unknown(cx, "assign", code, buf_str(&known));
}

static bool has_settings(const struct json *o)
{
    static const char *const keys[] = {"address", "assign", "capacity", "categories",
                                       "products"};
    for (isize i = 0; i < countof(keys); i++)
        if (json_get(o, keys[i]) != NULL)
            return true;
    return false;
}

enum err organisation_team(struct ctx *cx, const struct json *o, int64_t team)
{
    struct crew c;
    team_id id = {team};
    if (!has_settings(o))
        return OK;
    TRY(crew_load(cx, id, &c));
    if (json_get(o, "address") != NULL)
        c.address = json_text(o, "address");
    TRY(assign_of(cx, o, &c.assign));
    c.capacity = (int)json_number(o, "capacity", c.capacity);
    TRY(keys_of(cx, o, "categories", find_category, &c.category, &c.categories));
    TRY(keys_of(cx, o, "products", find_product, &c.product, &c.products));
    return crew_save(cx, &c, &id);
}

static enum err add_need(struct ctx *cx, const struct json *o, skill_id skill)
{
    struct skill_need n = {.skill = skill, .depth = (int)json_number(o, "depth", 1)};
    if (json_text(o, "category").n > 0)
        TRY(find(cx, find_category, json_text(o, "category"), &n.category.n));
    if (json_text(o, "product").n > 0)
        TRY(find(cx, find_product, json_text(o, "product"), &n.product.n));
    return skill_need_add(cx, &n);
}

enum err organisation_skill(struct ctx *cx, const struct json *o)
{
    skill_id id;
    struct words name = {json_text(o, "name_en"), json_text(o, "name_de")};
    enum err err = skill_by_name(cx, name.de, &id);
    if (err == ERR_ABSENT) {
        ctx_forgive(cx);
        TRY(skill_add(cx, name, &id));
    } else {
        TRY(err);
    }
    const struct json *needs = json_get(o, "needs");
    for (const struct json *c = needs == NULL ? NULL : needs->child; c != NULL; c = c->next)
        TRY(add_need(cx, c, id));
    return OK;
}

enum err organisation_authority(struct ctx *cx, const struct json *o)
{
    struct authority_rule r = {.level = (int)json_number(o, "level", 0),
                               .allowed = json_number(o, "allowed", 1) != 0,
                               .amount = json_number(o, "amount_cents", 0),
                               .verb = authority_named(json_text(o, "act"))};
    if (json_text(o, "category").n > 0)
        TRY(find(cx, find_category, json_text(o, "category"), &r.category.n));
    return authority_save(cx, &r);
}
