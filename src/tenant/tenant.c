// SPDX-License-Identifier: GPL-3.0-or-later
#include "tenant/tenant.h"

#include "base/secret.h"
#include "tenant.sql.h"

enum err tenant_create(struct ctx *cx, struct tenant t, tenant_id *out)
{
    char secret[HASH_BYTES];
    secret_random(secret, sizeof secret);
    struct q_tenant_insert row;
    TRY(q_tenant_insert(cx, t.name, t.lang, t.formal, t.mail_address, t.base_url,
                        (str){secret, sizeof secret}, &row));
    *out = row.id;
    return OK;
}

enum err tenant_load(struct ctx *cx, tenant_id id, struct tenant *out)
{
    struct q_tenant_by_id t;
    TRY(q_tenant_by_id(cx, id, &t));
    *out = (struct tenant){id,         t.name,   t.language, t.formal, t.mail_address,
                           t.base_url, t.secret, t.link_key};
    return OK;
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
    return OK;
}

struct who tenant_system(tenant_id id)
{
    return (struct who){.tenant = id, .see = SEE_TENANT, .level = 3};
}
