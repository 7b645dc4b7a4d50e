// SPDX-License-Identifier: GPL-3.0-or-later
#include "link/portal_link.h"

#include "base/secret.h"
#include "portal_link.sql.h"
#include "tenant/tenant.h"

#include <assert.h>

// A token is a synthetic IV: a MAC over everything, then the keys masked by a stream that the
// MAC selects.  Equal links are equal, others share nothing (L3).
enum { KEY_BYTES = 5, HIDDEN = 1 + 2 * KEY_BYTES, MAC_BYTES = 19, TOKEN = 48 };

struct parts {
    unsigned char given, ticket[KEY_BYTES], contact[KEY_BYTES];
};

static void put_key(unsigned char *p, int64_t n)
{
    assert(n > 0 && n >> 8 * KEY_BYTES == 0);
    for (int i = KEY_BYTES - 1; i >= 0; i--, n >>= 8)
        p[i] = (unsigned char)n;
}

static int64_t get_key(const unsigned char *p)
{
    int64_t n = 0;
    for (int i = 0; i < KEY_BYTES; i++)
        n = n << 8 | p[i];
    return n;
}

static str bytes_of(const struct parts *p)
{
    static_assert(sizeof *p == HIDDEN, "only bytes, no gaps");
    return (str){(const char *)p, HIDDEN};
}

static str mac_of(struct ctx *cx, const struct tenant *t, const struct parts *p)
{
    str all = arena_fmt(cx->arena, "%lld.%lld.", (long long)t->id.n, (long long)t->link_key);
    str mac = secret_mac(cx->arena, t->secret, "portal link",
                         arena_join(cx->arena, all, bytes_of(p)));
    return (str){mac.p, MAC_BYTES};
}

static void mask(struct ctx *cx, const struct tenant *t, str mac, struct parts *p)
{
    str stream = secret_mac(cx->arena, t->secret, "portal link mask", mac);
    unsigned char *to = (unsigned char *)p;
    for (int i = 0; i < HIDDEN; i++)
        to[i] ^= (unsigned char)stream.p[i];
}

static str seal(struct ctx *cx, const struct tenant *t, ticket_id ticket, contact_id contact,
                enum portal_link_given given)
{
    struct parts *p = make(cx->arena, struct parts, 1);
    p->given = (unsigned char)given;
    put_key(p->ticket, ticket.n);
    put_key(p->contact, contact.n);
    str mac = mac_of(cx, t, p);
    mask(cx, t, mac, p);
    return secret_base32(cx->arena, arena_join(cx->arena, bytes_of(p), mac));
}

static bool unseal(struct ctx *cx, const struct tenant *t, str token, struct parts *p)
{
    str raw;
    if (token.n != TOKEN || !secret_base32_read(cx->arena, token, &raw))
        return false;
    memcpy(p, raw.p, HIDDEN);
    str mac = str_cut(raw, HIDDEN);
    mask(cx, t, mac, p);
    return secret_same(mac, mac_of(cx, t, p));
}

// L4: no link for somebody else's case.
static enum err make_link(struct ctx *cx, ticket_id ticket, contact_id contact,
                          enum portal_link_given given, struct tenant *t, enum lang *lang,
                          str *token)
{
    struct q_portal_link_case row;
    TRY(tenant_mine(cx, t));
    TRY(q_portal_link_case(cx, ticket, contact, &row));
    *lang = row.language;
    *token = seal(cx, t, ticket, contact, given);
    return OK;
}

enum err portal_link(struct ctx *cx, ticket_id ticket, contact_id contact, str *out)
{
    struct tenant t;
    enum lang lang;
    str token;
    TRY(make_link(cx, ticket, contact, LINK_MAILED, &t, &lang, &token));
    *out = arena_fmt(cx->arena, STR_FMT "/%s/v/" STR_FMT, STR_ARG(t.base_url),
                     lang == LANG_EN ? "en" : "de", STR_ARG(token));
    return OK;
}

enum err portal_link_token(struct ctx *cx, ticket_id ticket, contact_id contact,
                           enum portal_link_given given, str *out)
{
    struct tenant t;
    enum lang lang;
    return make_link(cx, ticket, contact, given, &t, &lang, out);
}

enum err portal_link_open(struct ctx *cx, str token, ticket_id *ticket,
                          enum portal_link_given *given)
{
    struct tenant t;
    struct parts p;
    struct q_portal_link_case row;
    TRY(tenant_mine(cx, &t));
    if (!unseal(cx, &t, token, &p))
        return db_absent(cx);
    contact_id contact = {get_key(p.contact)};
    ticket_id id = {get_key(p.ticket)};
    cx->who = (struct who){.tenant = t.id, .contact = contact, .see = SEE_OWN};    // L7
    TRY(q_portal_link_case(cx, id, contact, &row));
    *ticket = id;
    *given = (enum portal_link_given)p.given;
    return OK;
}
