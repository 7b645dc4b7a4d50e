// SPDX-License-Identifier: GPL-3.0-or-later
#include "contact/contact.h"

#include "base/json.h"
#include "base/length.h"
#include "base/limits.h"
#include "contact.sql.h"
#include "contact/fold.h"
#include "event/event.h"
#include "mail/build.h"
#include "mail/clean.h"

enum { MAIL_BYTES = 254 };    // RFC 5321

bool contact_mail_normal(struct arena *a, str given, str *out)
{
    given = str_trim(given);
    isize at = str_find(given, S("@"));
    str domain = str_cut(given, at + 1);
    if (at < 1 || domain.n == 0 || given.n > MAIL_BYTES || str_find(domain, S("@")) >= 0)
        return false;
    for (isize i = 0; i < given.n; i++)
        if ((unsigned char)given.p[i] <= ' ' || strchr("<>,;\"\x7f", given.p[i]) != NULL)
            return false;
    if (!mail_domain_written(a, domain, &domain))
        domain = str_cut(given, at + 1);    // nobody can be answered there; he can be known
    *out = arena_lower(a, arena_join(a, str_head(given, at + 1), domain));
    return true;
}

static bool normal(struct arena *a, const struct contact_address *given, str *out)
{
    return given->kind == ADDRESS_MAIL ? contact_mail_normal(a, given->shown, out)
                                       : contact_phone_normal(a, given->shown, out);
}

static enum err bad_address(struct ctx *cx, const struct contact_address *a)
{
    if (a->kind == ADDRESS_MAIL)
        return invalid(cx, "mail", "“" STR_FMT "” is no mail address.",
                       "„" STR_FMT "“ ist keine E-Mail-Adresse.", STR_ARG(a->shown));
    return invalid(cx, "phone", "“" STR_FMT "” is no phone number.",
                   "„" STR_FMT "“ ist keine Telefonnummer.", STR_ARG(a->shown));
}

static enum err check_owner(struct ctx *cx, contact_id self, str mail)    // K2
{
    struct q_contact_owner owner;
    enum err err = q_contact_owner(cx, mail, &owner);
    if (err == OK && owner.id.n != self.n)
        return invalid(cx, "mail", STR_FMT " belongs to " STR_FMT " already.",
                       STR_FMT " gehört schon zu " STR_FMT ".", STR_ARG(mail),
                       STR_ARG(owner.name));
    if (err != OK && err != ERR_ABSENT)
        return err;
    ctx_forgive(cx);
    return OK;
}

static struct contact clean(struct arena *a, const struct contact *given)    // K10
{
    struct contact c = *given;
    isize n = c.addresses > CONTACT_ADDRESSES ? 0 : c.addresses;    // more are refused
    struct contact_address *address = make(a, struct contact_address, n);
    for (isize i = 0; i < n; i++) {
        address[i] = given->address[i];
        address[i].shown = clean_line(a, given->address[i].shown);
    }
    c.address = n > 0 ? address : given->address;
    c.name = clean_name(a, given->name);
    c.org = clean_name(a, given->org);
    c.reach = clean_line(a, given->reach);
    return c;
}

static enum err check(struct ctx *cx, const struct contact *c, str *values)
{
    if (c->name.n == 0)
        return invalid(cx, "name", "A name is missing.", "Ein Name fehlt.");
    TRY(length_check(cx, "name", c->name, LIMIT_LINE));
    TRY(length_check(cx, "org", c->org, LIMIT_LINE));
    TRY(length_check(cx, "reach", c->reach, LIMIT_LINE));
    if (c->addresses > CONTACT_ADDRESSES)
        return invalid(cx, "mail", "A contact has at most %d addresses and numbers.",
                       "Ein Kontakt hat höchstens %d Adressen und Nummern.", CONTACT_ADDRESSES);
    for (isize i = 0; i < c->addresses; i++) {
        if (!normal(cx->arena, &c->address[i], &values[i]))
            return bad_address(cx, &c->address[i]);
        if (c->address[i].kind == ADDRESS_MAIL)
            TRY(check_owner(cx, c->id, values[i]));
    }
    return OK;
}

static enum err store_addresses(struct ctx *cx, contact_id id, const struct contact *c,
                                const str *values)
{
    struct fold words = {0};
    for (isize i = 0; i < c->addresses; i++) {
        const struct contact_address *a = &c->address[i];
        TRY(q_contact_address_insert(cx, id, a->kind, values[i], a->shown));
        fold_whole(&words, values[i]);
    }
    fold_stored(cx->arena, c->name, &words);
    fold_stored(cx->arena, c->org, &words);
    for (int i = 0; i < words.n; i++)
        TRY(q_contact_word_insert(cx, id, words.word[i]));
    return OK;
}

static enum err find_org(struct ctx *cx, str name, int64_t *out)
{
    struct q_contact_org row = {0};
    if (name.n > 0)
        TRY(q_contact_org(cx, name, &row));
    *out = row.id;
    return OK;
}

static enum lang lang_of(const struct contact *c)
{
    return c->lang == 0 ? LANG_DE : c->lang;
}

enum err contact_add(struct ctx *cx, const struct contact *c, contact_id *out)
{
    str values[CONTACT_ADDRESSES];
    struct contact fresh = clean(cx->arena, c);
    fresh.id = (contact_id){0};
    TRY(check(cx, &fresh, values));
    int64_t org;
    TRY(find_org(cx, fresh.org, &org));
    struct q_contact_insert row;
    TRY(q_contact_insert(cx, fresh.name, org, lang_of(c), c->formal, c->vip, fresh.reach,
                         c->src, c->src_id, &row));
    TRY(store_addresses(cx, row.id, &fresh, values));
    TRY(event_add(cx, (struct event){.kind = "contact.created", .object = row.id.n}));
    *out = row.id;
    return OK;
}

// K7
static enum err changed_meanwhile(struct ctx *cx, contact_id id)
{
    struct contact now;
    TRY(contact_load(cx, id, &now));
    return fail(cx, ERR_STALE, "Somebody changed this contact meanwhile; please look again.",
                "Der Kontakt wurde inzwischen geändert. Bitte schau noch einmal.");
}

// K12
static enum err tell_marked(struct ctx *cx, const struct contact *c)
{
    struct q_contact_vip *was;
    isize n;
    TRY(q_contact_vip(cx, c->id, &was, &n));
    if (n == 0 || was->vip == c->vip)
        return OK;
    return event_add(cx, (struct event){.kind = "contact.marked", .object = c->id.n});
}

enum err contact_change(struct ctx *cx, const struct contact *c)
{
    str values[CONTACT_ADDRESSES];
    struct contact now = clean(cx->arena, c);
    TRY(check(cx, &now, values));
    int64_t org, changed;
    TRY(find_org(cx, now.org, &org));
    TRY(tell_marked(cx, c));
    TRY(q_contact_update(cx, c->id, c->version, now.name, org, lang_of(c), c->formal, c->vip,
                         now.reach, &changed));
    if (changed == 0)
        return changed_meanwhile(cx, c->id);
    TRY(q_contact_address_clear(cx, c->id));
    TRY(q_contact_word_clear(cx, c->id));
    TRY(store_addresses(cx, c->id, &now, values));
    return event_add(cx, (struct event){.kind = "contact.changed", .object = c->id.n});
}

enum err contact_mark_firm(struct ctx *cx, str org, bool vip)
{
    struct q_contact_org_known firm;
    int64_t changed;
    str name = clean_name(cx->arena, org);
    TRY(q_contact_org_known(cx, name, &firm));
    TRY(q_contact_org_vip(cx, name, vip, &changed));
    if (changed == 0)
        return OK;
    return event_add(cx, (struct event){.kind = "contact.firm_marked", .object = firm.id});
}

bool contact_is_vip(const struct contact *c)
{
    return c->vip || c->firm_vip;
}

// A row for each address, or one without any.
static struct contact gather(struct arena *a, const struct q_contact_rows *r, isize n)
{
    struct contact_address *address = make(a, struct contact_address, n);
    struct contact c = {r->id,       r->name,  r->org, r->language, r->formal,  r->vip,
                        r->firm_vip, r->reach, r->src, r->src_id,   r->version, address};
    for (isize i = 0; i < n; i++)
        if (r[i].kind != 0)
            address[c.addresses++] =
                (struct contact_address){r[i].kind, r[i].value, r[i].shown};
    return c;
}

enum err contact_load(struct ctx *cx, contact_id id, struct contact *out)
{
    struct q_contact_rows *row;
    isize n;
    TRY(q_contact_rows(cx, id, &row, &n));
    if (n == 0)
        return db_absent(cx);
    *out = gather(cx->arena, row, n);
    return OK;
}

enum err contact_names(struct ctx *cx, const int64_t *contact, isize n, str *name)
{
    struct q_contact_names *row;
    isize rows = 0;
    if (n > 0)
        TRY(q_contact_names(cx, json_numbers(cx->arena, contact, n), &row, &rows));
    for (isize i = 0; i < n; i++) {
        name[i] = S("");
        for (isize k = 0; k < rows; k++)
            if (row[k].id.n == contact[i])
                name[i] = row[k].name;
    }
    return OK;
}

static enum err by_value(struct ctx *cx, enum address_kind kind, str value,
                         struct contact **out, isize *n)
{
    struct q_contact_at *row;
    isize rows;
    TRY(q_contact_at(cx, kind, value, CONTACT_FOUND, &row, &rows));
    *out = make(cx->arena, struct contact, rows);
    *n = 0;
    for (isize i = 0; i < rows; i++) {
        enum err err = contact_load(cx, row[i].id, &(*out)[*n]);
        if (err == ERR_ABSENT)
            ctx_forgive(cx);    // gone since
        else
            TRY(err);
        *n += err == OK;
    }
    return OK;
}

enum err contact_by_mail(struct ctx *cx, str mail, struct contact *out)
{
    str value;
    if (!contact_mail_normal(cx->arena, mail, &value))
        return db_absent(cx);
    struct contact *found;
    isize n;
    TRY(by_value(cx, ADDRESS_MAIL, value, &found, &n));
    if (n == 0)
        return db_absent(cx);
    *out = found[0];
    return OK;
}

enum err contact_by_phone(struct ctx *cx, str phone, struct contact **out, isize *n)
{
    str value;
    *n = 0;
    *out = NULL;
    if (!contact_phone_normal(cx->arena, phone, &value))
        return OK;
    return by_value(cx, ADDRESS_PHONE, value, out, n);
}

enum err contact_of_sender(struct ctx *cx, str name, str mail, enum lang lang, contact_id *out)
{
    struct contact known;
    enum err err = contact_by_mail(cx, mail, &known);
    if (err == OK)
        *out = known.id;
    if (err != ERR_ABSENT)
        return err;
    ctx_forgive(cx);
    str local = str_token(&(str){mail.p, mail.n}, '@');
    struct contact_address address = {.kind = ADDRESS_MAIL, .shown = mail};
    struct contact c = {.name = str_trim(name).n > 0 ? str_head(name, LIMIT_LINE) : local,
                        .lang = lang,
                        .formal = true,
                        .address = &address,
                        .addresses = 1};
    return contact_add(cx, &c, out);
}

static enum err add_meant(struct ctx *cx, const struct contact_meant *m, contact_id *out)
{
    struct contact_address address[2];
    isize n = 0;
    if (m->mail.n > 0)
        address[n++] = (struct contact_address){.kind = ADDRESS_MAIL, .shown = m->mail};
    if (m->phone.n > 0)
        address[n++] = (struct contact_address){.kind = ADDRESS_PHONE, .shown = m->phone};
    str name = m->name.n > 0 ? m->name : m->phone.n > 0 ? m->phone : m->mail;
    struct contact c = {
        .name = name, .lang = cx->lang, .formal = true, .address = address, .addresses = n};
    return contact_add(cx, &c, out);
}

enum err contact_meant(struct ctx *cx, const struct contact_meant *m, contact_id *out)
{
    *out = m->id;
    if (out->n != 0 || (m->name.n == 0 && m->mail.n == 0 && m->phone.n == 0))
        return OK;
    struct contact known, *sharing;
    isize n = 0;
    if (m->mail.n > 0 && contact_by_mail(cx, m->mail, &known) == OK) {
        *out = known.id;
        return OK;
    }
    ctx_forgive(cx);
    if (m->name.n == 0 && m->phone.n > 0)
        TRY(contact_by_phone(cx, m->phone, &sharing, &n));
    if (n != 1)
        return add_meant(cx, m, out);
    *out = sharing[0].id;
    return OK;
}

static bool has_address(const struct contact *c, enum address_kind kind, str value)
{
    for (isize i = 0; i < c->addresses; i++)
        if (c->address[i].kind == kind && str_eq(c->address[i].value, value))
            return true;
    return false;
}

enum err contact_also_phone(struct ctx *cx, contact_id id, str phone)
{
    struct contact c;
    str value;
    TRY(contact_load(cx, id, &c));
    if (!contact_phone_normal(cx->arena, phone, &value) || c.addresses >= CONTACT_ADDRESSES
        || has_address(&c, ADDRESS_PHONE, value))
        return OK;
    struct contact_address *all = make(cx->arena, struct contact_address, c.addresses + 1);
    for (isize i = 0; i < c.addresses; i++)
        all[i] = c.address[i];
    all[c.addresses++] = (struct contact_address){.kind = ADDRESS_PHONE, .shown = phone};
    c.address = all;
    return contact_change(cx, &c);
}
