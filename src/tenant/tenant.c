// SPDX-License-Identifier: GPL-3.0-or-later
#include "tenant/tenant.h"

#include "base/secret.h"
#include "tenant.sql.h"
#include "tenant/subaddress.h"

enum err tenant_create(struct ctx *cx, struct tenant t, tenant_id *out)
{
    char secret[HASH_BYTES];
    secret_random(secret, sizeof secret);
    struct q_tenant_insert row;
    TRY(q_tenant_insert(cx, t.name, t.lang, t.mail_address, t.base_url,
                        (str){secret, sizeof secret}, &row));
    *out = row.id;
    return OK;
}

enum err tenant_load(struct ctx *cx, tenant_id id, struct tenant *out)
{
    struct q_tenant_by_id t;
    TRY(q_tenant_by_id(cx, id, &t));
    *out = (struct tenant){id,         t.name,   t.language, t.mail_address,
                           t.base_url, t.secret, t.version,  t.link_key};
    return OK;
}

enum err tenant_change(struct ctx *cx, const struct tenant *t)
{
    struct tenant before;
    int64_t changed;
    str address = arena_lower(cx->arena, t->mail_address);
    TRY(tenant_mine(cx, &before));
    str old = arena_lower(cx->arena, before.mail_address);
    TRY(q_tenant_change(cx, t->version, t->name, t->lang, address, t->base_url, &changed));
    if (changed == 0)    // D4
        return fail(cx, ERR_STALE, "Somebody changed this meanwhile; please look again.",
                    "Das wurde inzwischen geändert. Bitte noch einmal nachsehen.");
    if (str_eq(address, old))
        return OK;
    TRY(q_tenant_take_back(cx, address));
    return q_tenant_remember(cx, old);    // D3
}

enum err tenant_renew_links(struct ctx *cx)
{
    return q_tenant_renew_links(cx);
}

enum err tenant_mine(struct ctx *cx, struct tenant *out)
{
    return tenant_load(cx, cx->who.tenant, out);
}

enum err tenant_for_host(struct ctx *cx, str host, tenant_id *out)
{
    struct q_tenant_for_host row;
    TRY(q_tenant_for_host(cx, arena_lower(cx->arena, host), &row));
    *out = row.id;
    return OK;
}

enum err tenant_for_address(struct ctx *cx, str address, tenant_id *out)
{
    struct q_tenant_for_address row;
    TRY(q_tenant_for_address(cx, arena_lower(cx->arena, address), &row));
    *out = row.id;
    return row.id.n != 0 ? OK : db_absent(cx);
}

enum err tenant_of_before(struct ctx *cx, str address, tenant_id *out)
{
    struct q_tenant_of_before *row;
    isize n;
    TRY(q_tenant_of_before(cx, subaddress_box(cx->arena, address), &row, &n));
    *out = n > 0 ? row->tenant : (tenant_id){0};
    return OK;
}

enum err tenant_addresses_before(struct ctx *cx, str **out, isize *n)
{
    struct q_tenant_addresses_before *row;
    TRY(q_tenant_addresses_before(cx, &row, n));
    *out = make(cx->arena, str, *n);
    for (isize i = 0; i < *n; i++)
        (*out)[i] = row[i].address;
    return OK;
}

struct who tenant_system(tenant_id id)
{
    return (struct who){.tenant = id, .see = SEE_TENANT, .level = 3};
}
